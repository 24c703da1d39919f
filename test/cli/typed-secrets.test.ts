import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { type RunOptions, type RunResult, runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let drawn = 0;
/** Returns different bytes on every call. Every run of the tests gets the same bytes. */
const randomBytes = (length: number) => {
  drawn += 1;
  return createHash("shake256", { outputLength: length }).update(String(drawn)).digest();
};
const base64 = (bytes: number) => randomBytes(bytes).toString("base64");
const base64url = (bytes: number) => randomBytes(bytes).toString("base64url");
const part = (value: object) => Buffer.from(JSON.stringify(value), "utf8").toString("base64url");

/** Generators of the secrets that engineers on the platform may have in their clipboard. */
const KINDS: Readonly<Record<string, () => string>> = {
  "a JSON web token": () => `${part({ alg: "RS256" })}.${part({ sub: base64url(12) })}.${base64url(64)}`,
  "an access token": () => base64url(64),
  "a client secret": () => base64url(32),
  "base64 of 32 bytes": () => base64(32),
  "base64 of 64 bytes": () => base64(64),
  "Basic credentials": () => `Basic ${Buffer.from(`client-1:${base64url(32)}`, "utf8").toString("base64")}`,
  "a hexadecimal key": () => randomBytes(32).toString("hex"),
};

/** Command lines with the secret in place of a word. They need no service. */
const COMMANDS: readonly (readonly string[])[] = [
  ["SECRET"],
  ["--SECRET"],
  ["--SECRET=1", "whoami"],
  ["help", "SECRET"],
  ["help", "catalog", "SECRET"],
  ["whoami", "SECRET"],
  ["whoami", "--SECRET"],
  ["--profile", "SECRET", "whoami"],
  ["--region", "SECRET", "whoami"],
  ["--timeout", "SECRET", "whoami"],
  ["--ca-cert", "SECRET", "whoami"],
  ["check-scopes", "SECRET"],
  ["check-scopes", "--offline", "SECRET"],
  ["check-scopes", "--offline", "GET", "/api/v2/SECRET"],
  ["check-scopes", "--offline", "GET", "https://api.mypurecloud.com/api/v2/users/SECRET"],
  ["check-scopes", "--offline", "--permission", "SECRET"],
  ["check-scopes", "--offline", "--permission", "routing:queue:SECRET"],
  ["check-scopes", "--policy", "SECRET"],
  ["check-scopes", "--offline", "--scan", "SECRET"],
  ["check-scopes", "--emit", "SECRET", "getUsers"],
  ["check-scopes", "--as-of", "SECRET", "getUsers"],
  ["check-scopes", "--history", "SECRET", "getUsers"],
  ["check-scopes", "--fail-on", "SECRET", "getUsers"],
  ["check-scopes", "--report", "SECRET", "getUsers"],
  ["check-scopes", "--who", "SECRET"],
  ["check-scopes", "--list", "SECRET"],
  ["query", "SECRET"],
  ["query", "SECRET", "--describe"],
  ["query", "GET", "SECRET"],
  ["query", "GET", "/api/v2/SECRET"],
  ["query", "POST", "/api/v2/routing/queues/SECRET"],
  ["query", "conversations", "SECRET"],
  ["query", "conversations", "details", "--interval", "SECRET"],
  ["query", "conversations", "details", "--filter", "SECRET"],
  ["query", "conversations", "details", "--filter", "SECRET=1"],
  ["query", "conversations", "details", "--interval", "today", "--body", "SECRET"],
  ["query", "conversations", "details", "--interval", "today", "-o", "SECRET"],
  ["query", "conversations", "details", "--interval", "today", "--limit", "SECRET"],
  ["query", "conversations", "details", "--interval", "today", "--time-zone", "SECRET"],
  ["query", "conversations", "aggregates", "--interval", "today", "--metric", "SECRET"],
  ["query", "conversations", "aggregates", "--interval", "today", "--group-by", "SECRET"],
  ["export", "SECRET"],
  ["export", "SECRET", "--describe"],
  ["export", "conversations", "SECRET"],
  ["export", "conversations", "details", "--interval", "SECRET"],
  ["export", "conversations", "details", "--format", "SECRET"],
  ["export", "conversations", "details", "--shard", "SECRET"],
  ["export", "conversations", "details", "--max-wait", "SECRET"],
  ["export", "--verify", "SECRET"],
  ["catalog", "SECRET"],
  ["catalog", "show", "SECRET"],
  ["catalog", "show", "GET /api/v2/SECRET"],
  ["catalog", "search", "SECRET"],
  ["catalog", "search", "--permission", "SECRET"],
  ["catalog", "search", "--scope", "SECRET"],
  ["catalog", "diff", "SECRET"],
  ["catalog", "changes", "SECRET"],
  ["profile", "SECRET"],
  ["profile", "use", "SECRET"],
  ["profile", "show", "SECRET"],
  ["profile", "remove", "SECRET"],
  ["profile", "import", "SECRET"],
  ["login", "SECRET"],
  ["login", "--grant", "SECRET"],
  ["login", "--region", "SECRET"],
  ["logout", "SECRET"],
  ["token", "SECRET"],
  ["clients", "--days", "SECRET"],
  ["completion", "SECRET"],
  ["doctor", "SECRET"],
  ["explain", "SECRET"],
  ["record", "SECRET"],
  ["record", "--from", "SECRET"],
  ["sandbox", "--scenario", "SECRET"],
  ["sandbox", "--port", "SECRET"],
  ["mcp", "SECRET"],
];

/** Command lines with the secret in place of a name that is looked up on the service. */
const ONLINE: readonly (readonly string[])[] = [
  ["check-scopes", "getUsers", "--division", "SECRET"],
  ["check-scopes", "getUsers", "--client", "SECRET"],
  ["check-scopes", "getUsers", "--user", "SECRET"],
  ["check-scopes", "--permission", "routing:queue:SECRET"],
  ["clients", "SECRET"],
  ["query", "GET", "/api/v2/users/SECRET"],
  ["query", "conversations", "details", "--interval", "today", "--filter", "queueId=SECRET"],
  ["query", "conversations", "details", "--interval", "today", "--filter", "mediaType=SECRET"],
  ["query", "conversations", "details", "--interval", "today", "--columns", "SECRET"],
];

const WAYS: readonly { readonly flags: readonly string[]; readonly options: RunOptions }[] = [
  { flags: [], options: {} },
  { flags: ["--json", "--verbose"], options: {} },
  { flags: ["--verbose"], options: { columns: 40 } },
];

/** Minimum length of a part of a secret that counts as shown. */
const PART = 8;

/** Returns a part of the secret that the text contains, ignoring case; null when it contains none. */
function partIn(text: string, secret: string): string | null {
  const shown = text.toLowerCase();
  const word = secret.replace(/^Basic /, "").toLowerCase();
  for (let start = 0; start + PART <= word.length; start += 1) {
    const piece = word.slice(start, start + PART);
    if (shown.includes(piece) || shown.includes(encodeURIComponent(piece).toLowerCase())) return piece;
  }
  return null;
}

async function leaksOf(
  argv: readonly string[],
  secret: string,
  { flags, options }: (typeof WAYS)[number],
  env: RunOptions["env"] = {},
): Promise<readonly string[]> {
  const words = argv.map((word) => word.replace("SECRET", secret));
  const result: RunResult = await runCli([...words, ...flags], { ...options, env: { ...env } });
  const found = partIn(`${result.stdout}\n${result.stderr}`, secret);
  return found === null ? [] : [`${argv.join(" ")} ${flags.join(" ")}: ${found}`];
}

describe("a secret on the command line", () => {
  const kinds = Object.values(KINDS);

  test.each(WAYS.map((way, index) => ({ name: way.flags.join(" ") || "no flags", way, index })))(
    "appears in no output of any command with $name",
    async ({ way, index }) => {
      const leaks: string[] = [];
      for (const [place, argv] of COMMANDS.entries()) {
        // With each set of flags, a command gets another kind of secret.
        const secret = kinds[(place + 2 * index) % kinds.length]?.() ?? "";
        leaks.push(...(await leaksOf(argv, secret, way)));
      }
      expect(leaks).toEqual([]);
    },
  );

  test("appears in no output when the service does not know it", async () => {
    const sandbox = await sandboxFor({ conversations: 5 });
    const leaks: string[] = [];
    for (const argv of ONLINE) {
      for (const way of WAYS) {
        leaks.push(...(await leaksOf(argv, base64url(64), way, credentialsFor(sandbox))));
      }
    }
    expect(leaks).toEqual([]);
  });

  test("appears in no report", async () => {
    const directory = await tempDir();
    const secret = base64url(64);
    const reports = ["junit", "sarif", "markdown", "html"].map(
      (kind) => `--report=${kind}=${directory}/${kind}`,
    );
    await runCli(["check-scopes", secret, ...reports]);
    const sandbox = await sandboxFor({ conversations: 5 });
    const checked = join(directory, "checked");
    await mkdir(checked);
    await runCli(
      [
        "check-scopes",
        `--permission=routing:queue:${secret}`,
        ...reports.map((report) => report.replace(directory, checked)),
      ],
      { env: credentialsFor(sandbox) },
    );
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    const texts = await Promise.all(paths.map(async (path) => await readFile(path, "utf8")));
    expect(paths).toHaveLength(2 * reports.length);
    expect(texts.map((text) => partIn(text, secret))).toEqual(paths.map(() => null));
  });

  test("is hidden when an environment variable for another setting contains it", async () => {
    const secret = base64url(32);
    for (const name of ["GENSCOPE_PROFILE", "GENESYSCLOUD_REGION", "GENSCOPE_STORE"]) {
      const { stdout, stderr } = await runCli(["whoami", "--json"], { env: { [name]: secret } });
      expect(partIn(stdout + stderr, secret), name).toBeNull();
    }
  });
});

describe("a word on the command line that is not a secret", () => {
  const NAMES = [
    "genscope-conversations-details-2026-10-01-to-2026-10-31",
    "postAnalyticsConversationsDetailsQueryOfTheYear2026",
    "custom_-_0f9c3a52-6f1e-4b7e-9a53-0d7c5a1b2c3d",
    "0f9c3a52-6f1e-4b7e-9a53-0d7c5a1b2c3d",
  ];

  test.each(NAMES)("is shown: %s", async (name) => {
    const { stderr } = await runCli(["catalog", "show", name]);
    expect(stderr).toContain(name);
  });

  test("is shown when it is the path of a directory that exists", async () => {
    const directory = join(await tempDir(), randomBytes(20).toString("hex"));
    await mkdir(directory);
    const { stderr } = await runCli(["export", "--verify", directory]);
    expect(stderr).toContain(directory);
  });
});
