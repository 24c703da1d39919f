import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, sandboxFor } from "../sandbox/client.ts";
import { listCommands } from "../support/command-tree.ts";
import { BIN, startGenscope } from "../support/genscope-process.ts";
import { type Keyring, missingForKeyring, startKeyring } from "../support/keyring.ts";
import { searchFor } from "../support/leak-search.ts";
import { type LeakStage, runAll, startLeakStage } from "../support/leak-stage.ts";
import { watchProcesses } from "../support/process-watch.ts";
import { startRecordingFront } from "../support/recording-front.ts";
import { logInAsClient, logInAsUser, quickFileEnvironment } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Of the sandbox whose secrets are searched for; commands that start one of their own print that one's. */
const SEED = 7_007;
const OPERATION = "POST /api/v2/analytics/conversations/details/query";
const isLinux = process.platform === "linux";
const missing = missingForKeyring();
const newSecret = () => randomBytes(24).toString("base64url");

/** Once with words, once with a document. */
const BOTH_WAYS: readonly (readonly string[])[] = [["--verbose"], ["--verbose", "--json"]];

/** Makes the first answer with a token end in a fault that nobody has thought of. */
const FAULT = `
const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (...input) {
  const text = decode.apply(this, input);
  if (text.includes("access_token")) throw new TypeError("forced fault");
  return text;
};
`;

/** A failure as somebody would paste it, with the tokens still in it. */
const pasteOf = (token: string, other: string) => `> ${OPERATION} HTTP/1.1
> Host: 127.0.0.1
> Authorization: Bearer ${token}
> Cookie: session=${other}
>
< HTTP/1.1 403 Forbidden
< Content-Type: application/json
<
{"status":403,"code":"missing.permissions","message":"token ${other} lacks a permission"}
`;

/** Leaves a file with that text where it is not searched: it is the test's own. */
async function fileOf(text: string): Promise<string> {
  const path = join(await tempDir(), "file.mjs");
  await writeFile(path, text);
  return path;
}

/** The official CLI's profiles, in the clear; the import empties them. */
async function writeOfficialProfile(home: string, secret: string): Promise<void> {
  await mkdir(join(home, ".gc"));
  await writeFile(
    join(home, ".gc", "config.toml"),
    `[legacy]\nenvironment = "mypurecloud.com"\ngrant_type = "1"\nclient_credentials = "client-1"\nclient_secret = "${secret}"\n`,
  );
}

/** Ends a process with a token in hand as a fault of the machine would. */
async function crash(stage: LeakStage): Promise<void> {
  const args = ["token", "--watch", join(await tempDir(), "kept")];
  const running = startGenscope(
    ["-c", 'ulimit -c unlimited; exec "$0" "$@"', process.execPath, BIN, ...args],
    stage.env,
    { directory: stage.directory, command: "/bin/sh" },
  );
  await running.says(/has a token/);
  if (isLinux) {
    // The file that would be left is below the working directory here; elsewhere the system may take it away.
    expect(await readFile(`/proc/${running.pid}/coredump_filter`, "utf8")).toBe("00000000\n");
  }
  running.interrupt("SIGSEGV");
  stage.keep(args, await running.ended);
}

describe("secrets", () => {
  let keyring: Keyring | null = null;
  beforeAll(async () => {
    keyring = missing === null ? await startKeyring() : null;
  });
  afterAll(async () => await keyring?.stop());

  test("are nowhere but in the stores, whatever is run and however it ends", async () => {
    const sandbox = await sandboxFor({ seed: SEED });
    sandbox.act({ action: "settings.patch", settings: { refreshTokens: "rotating" } });
    const front = await startRecordingFront(sandbox.url);
    const { url } = front;
    const { client } = sandbox;
    const passphrase = newSecret();
    const stage = await startLeakStage({
      ...(await quickFileEnvironment(passphrase)),
      ...(keyring === null ? {} : { ...keyring.env, GENSCOPE_STORE: "" }),
    });
    const { home, directory, env, run, keep } = stage;
    const processes = isLinux ? watchProcesses() : null;
    const state = await call(sandbox, "GET /sandbox/state");
    const names = state.each("organizations.0.clients", "name");
    const app = { id: state.text(`organizations.0.clients.${names.indexOf("Agent workbench")}.id`) };

    // A client's login in the keychain, where there is one; a person's in the encrypted file.
    const person = { GENSCOPE_PROFILE: "person", GENSCOPE_STORE: "file" };
    const asPerson = { ...env, ...person };
    keep(["login"], await logInAsClient({ url, client }, env, ["--verbose"], { directory }));
    keep(
      ["login", "person"],
      await logInAsUser({ url, client: app }, asPerson, ["--verbose"], undefined, { directory }),
    );
    const printed = [await run(["token"]), await run(["token"], person)];
    expect(printed.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const [token = "", personToken = ""] = printed.map(({ stdout }) => stdout.trim());
    const paste = await fileOf(pasteOf(token, personToken));
    const officialSecret = newSecret();
    await writeOfficialProfile(home, officialSecret);
    const inEnvironment = {
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_OAUTHCLIENT_ID: client.id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret,
    };
    const ready = { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: personToken };

    await runAll([
      ...BOTH_WAYS.flatMap((more) => [
        async () => await run(["whoami", ...more]),
        async () => await run(["check-scopes", OPERATION, "--live", ...more], person),
        async () => await run(["explain", paste, ...more]),
        async () => await run(["query", "conversations", "details", "--interval", "yesterday", ...more]),
        async () =>
          await run(["export", "conversations", "details", "--interval", "yesterday", "--resume", ...more]),
        async () => await run(["profile", "show", ...more]),
        async () => await run(["profile", "list", ...more]),
        async () => await run(["token", "--header", ...more], person),
        async () => await run(["doctor", ...more], ready),
      ]),
      async () => await run(["catalog", "search", "details", "--verbose"]),
      async () => await run(["catalog", "show", OPERATION, "--verbose"]),
      async () => await run(["catalog", "update", "--verbose"]),
      async () => await run(["catalog", "diff", "--verbose"]),
      async () => await run(["profile", "import", "--yes", "--verbose"]),
      async () => await run(["profile", "use", "default", "--verbose"]),
      async () => await run(["doctor", "--bundle", join(home, "bundle.json"), "--verbose"]),
      async () => await run(["doctor", "--bundle", join(home, "bundle-2.json")], inEnvironment),
      async () => await run(["whoami", "--verbose", "--json"], inEnvironment),
      async () => await run(["demo", "--verbose"]),
    ]);
    const embedded = startGenscope(["sandbox", "--port", "0", "--seed", "2"], env, { directory });
    await embedded.firstOutput();
    embedded.interrupt("SIGTERM");
    keep(["sandbox"], await embedded.ended);

    // Refused, away, misspelt; then a service that quotes all it is sent.
    const wrong = { ...person, GENSCOPE_STORE_PASSPHRASE: `${passphrase.slice(1)}x` };
    await runAll(
      BOTH_WAYS.flatMap((more) => [
        async () => await run(["whoami", ...more], wrong),
        async () => await run(["whoami", "--region", "http://127.0.0.1:9", ...more], ready),
        async () => await run(["login", "--client-secret", client.secret.slice(0, 11), ...more]),
      ]),
    );
    front.startQuoting();
    const quoted = { url, client: { id: client.id, secret: newSecret() } };
    await runAll([
      async () => keep(["login"], await logInAsClient(quoted, env, ["--verbose"], { directory })),
      ...BOTH_WAYS.flatMap((more) => [
        async () => await run(["whoami", ...more], ready),
        async () => await run(["check-scopes", OPERATION, ...more], ready),
        async () => await run(["whoami", ...more], inEnvironment),
      ]),
      async () => await run(["doctor", "--verbose"], ready),
    ]);
    front.stopQuoting();
    expect(stage.written.filter(({ text }) => text.includes("you sent")).length).toBeGreaterThan(3);

    // A fault of our own with a token in hand, and one of the machine's.
    const broken = {
      ...inEnvironment,
      NODE_OPTIONS: `--import=${pathToFileURL(await fileOf(FAULT)).href}`,
    };
    for (const more of BOTH_WAYS) {
      const { exitCode, stderr } = await run(["whoami", ...more], broken);
      expect([exitCode, stderr]).toEqual([70, expect.stringContaining("forced fault")]);
    }
    await crash(stage);

    // A renewal, and the ways out.
    sandbox.act({ action: "token.expire", token: personToken });
    expect((await run(["whoami", "--verbose"], person)).exitCode).toBe(0);
    await run(["profile", "remove", "person", "--verbose"], person);
    await run(["logout", "--all", "--verbose", "--json"]);

    // Neither a command nor a kind of secret is missing.
    const ran = stage.written.map(({ name }) => name.replace(/^std\w+ of genscope /, ""));
    const leaves = (await listCommands()).filter(({ isGroup }) => !isGroup).map(({ name }) => name);
    expect(leaves.filter((name) => !ran.some((line) => line.startsWith(name)))).toEqual([]);
    expect([...front.secrets.keys()].sort()).toEqual([
      "access_token",
      "basic",
      "client_secret",
      "code",
      "code_verifier",
      "refresh_token",
    ]);

    const search = searchFor(
      new Map([
        ...front.secrets,
        ["passphrase", new Set([passphrase])],
        ["official client_secret", new Set([officialSecret])],
      ]),
    );
    expect(search.findIn(stage.written)).toEqual([]);
    expect(search.findIn(await stage.readFiles())).toEqual([]);
    if (processes !== null) {
      const lines = [...processes.commandLines].map((text) => ({ name: text, text }));
      expect(search.findIn(lines)).toEqual([]);
      expect(lines.some(({ text }) => text.includes("genscope.js whoami"))).toBe(true);
      expect(lines.some(({ text }) => text.includes("keychain-child.js"))).toBe(keyring !== null);
    }
    // What is looked for is what is in use: the command that hands out tokens prints it.
    expect(search.findIn([{ name: "token", text: token }])).toEqual(["access_token in token"]);
  });
});
