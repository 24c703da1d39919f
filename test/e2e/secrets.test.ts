import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, sandboxFor } from "../sandbox/client.ts";
import { listCommands } from "../support/command-tree.ts";
import { BIN, startGenscope } from "../support/genscope-process.ts";
import { type Keyring, missingForKeyring, startKeyring } from "../support/keyring.ts";
import { type LeakRecorder, runAll, startLeakRecorder } from "../support/leak-recorder.ts";
import { searchFor } from "../support/leak-search.ts";
import { watchProcesses } from "../support/process-watch.ts";
import { startRecordingFront } from "../support/recording-front.ts";
import { logInAsClient, logInAsUser, quickFileEnvironment } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/**
 * Seed of the sandbox whose secrets are searched for, and the operation that is called. A command that starts
 * another sandbox prints that sandbox's secrets.
 */
const SEED = 7_007;
const OPERATION = "POST /api/v2/analytics/conversations/details/query";
const isLinux = process.platform === "linux";
const missing = missingForKeyring();
const newSecret = () => randomBytes(24).toString("base64url");

/** Flags for one run that prints text and one that prints JSON. */
const BOTH_WAYS: readonly (readonly string[])[] = [["--verbose"], ["--verbose", "--json"]];

/** Causes an unexpected error in the program when the first response with a token arrives. */
const FAULT = `
const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (...input) {
  const text = decode.apply(this, input);
  if (text.includes("access_token")) throw new TypeError("forced fault");
  return text;
};
`;

/** Returns a failure as a user would paste it, with the tokens still in it. */
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

/**
 * Writes a file with this text outside the searched directories, because it belongs to the test and not to the
 * program.
 */
async function fileOf(text: string): Promise<string> {
  const path = join(await tempDir(), "file.mjs");
  await writeFile(path, text);
  return path;
}

/** Writes a plain-text profile of the official CLI. `profile import` empties it. */
async function writeOfficialProfile(home: string, secret: string): Promise<void> {
  await mkdir(join(home, ".gc"));
  await writeFile(
    join(home, ".gc", "config.toml"),
    `[legacy]\nenvironment = "mypurecloud.com"\ngrant_type = "1"\nclient_credentials = "client-1"\nclient_secret = "${secret}"\n`,
  );
}

/** Crashes a process that holds a token, as a fault of the machine would. */
async function crash(recorder: LeakRecorder): Promise<void> {
  const args = ["token", "--watch", join(await tempDir(), "kept")];
  const running = startGenscope(
    ["-c", 'ulimit -c unlimited; exec "$0" "$@"', process.execPath, BIN, ...args],
    recorder.env,
    { directory: recorder.directory, command: "/bin/sh" },
  );
  await running.says(/has a token/);
  if (isLinux) {
    // A core file would appear in the working directory, unless the system puts it elsewhere.
    expect(await readFile(`/proc/${running.pid}/coredump_filter`, "utf8")).toBe("00000000\n");
  }
  running.interrupt("SIGSEGV");
  recorder.keep(args, await running.ended);
}

describe("the secrets of all commands", () => {
  let keyring: Keyring | null = null;
  beforeAll(async () => {
    keyring = missing === null ? await startKeyring() : null;
  });
  afterAll(async () => await keyring?.stop());

  test("stay in the credential stores, whatever command runs and however it ends", async () => {
    const sandbox = await sandboxFor({ seed: SEED });
    sandbox.act({ action: "settings.patch", settings: { refreshTokens: "rotating" } });
    const front = await startRecordingFront(sandbox.url);
    const { url } = front;
    const { client } = sandbox;
    const passphrase = newSecret();
    const recorder = await startLeakRecorder({
      ...(await quickFileEnvironment(passphrase)),
      ...(keyring === null ? {} : { ...keyring.desktop, GENSCOPE_STORE: "" }),
    });
    const { home, directory, env, run, keep } = recorder;
    const processes = isLinux ? watchProcesses() : null;
    const state = await call(sandbox, "GET /sandbox/state");
    const names = state.each("organizations.0.clients", "name");
    const app = { id: state.text(`organizations.0.clients.${names.indexOf("Agent workbench")}.id`) };

    // If there is a keychain, it contains the client's login. The encrypted file contains the user's login.
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
        async () => await run(["check-scopes", OPERATION, "--history", "14d", ...more]),
        async () => await run(["explain", paste, ...more]),
        async () => await run(["clients", ...more]),
        async () => await run(["check-scopes", "--client", "Administration", OPERATION, ...more]),
        async () => await run(["record", "--from", paste, ...more]),
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
      async () => await run(["catalog", "changes", "--verbose"]),
      async () => await run(["completion", "bash"]),
      async () => await run(["profile", "import", "--yes", "--verbose"]),
      async () => await run(["profile", "use", "default", "--verbose"]),
      async () => await run(["doctor", "--bundle", join(home, "bundle.json"), "--verbose"]),
      async () => await run(["doctor", "--bundle", join(home, "bundle-2.json")], inEnvironment),
      async () => await run(["whoami", "--verbose", "--json"], inEnvironment),
      async () => await run(["demo", "--verbose"]),
    ]);
    const whoami = { method: "tools/call", params: { name: "whoami", arguments: {} }, id: 1, jsonrpc: "2.0" };
    const agent = startGenscope(["mcp"], { ...env, ...person }, { directory });
    agent.type(`${JSON.stringify(whoami)}\n`);
    expect(await agent.firstOutput()).toContain("genscope/whoami/v1");
    agent.interrupt("SIGTERM");
    keep(["mcp"], await agent.ended);
    const embedded = startGenscope(["sandbox", "--port", "0", "--seed", "2"], env, { directory });
    await embedded.firstOutput();
    embedded.interrupt("SIGTERM");
    keep(["sandbox"], await embedded.ended);

    // Runs with a wrong passphrase, an absent service and a truncated secret, and then against a service that quotes
    // every request.
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
    expect(recorder.written.filter(({ text }) => text.includes("you sent")).length).toBeGreaterThan(3);

    // Runs with an error in the program while it holds a token, and with a crash of the process.
    const broken = {
      ...inEnvironment,
      NODE_OPTIONS: `--import=${pathToFileURL(await fileOf(FAULT)).href}`,
    };
    for (const more of BOTH_WAYS) {
      const { exitCode, stderr } = await run(["whoami", ...more], broken);
      expect([exitCode, stderr]).toEqual([70, expect.stringContaining("forced fault")]);
    }
    await crash(recorder);

    // Renews the token, and logs out in every way.
    sandbox.act({ action: "token.expire", token: personToken });
    expect((await run(["whoami", "--verbose"], person)).exitCode).toBe(0);
    await run(["profile", "remove", "person", "--verbose"], person);
    await run(["logout", "--all", "--verbose", "--json"]);

    // Checks that every command and every kind of secret was covered.
    const ran = recorder.written.map(({ name }) => name.replace(/^std\w+ of genscope /, ""));
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
    expect(search.findIn(recorder.written)).toEqual([]);
    expect(search.findIn(await recorder.readFiles())).toEqual([]);
    if (processes !== null) {
      const lines = [...processes.commandLines].map((text) => ({ name: text, text }));
      expect(search.findIn(lines)).toEqual([]);
      expect(lines.some(({ text }) => text.includes("genscope.js whoami"))).toBe(true);
      expect(lines.some(({ text }) => text.includes("keychain-child.js"))).toBe(keyring !== null);
    }
    // Proves that the search looks for the secrets in use: it finds the token that `token` printed.
    expect(search.findIn([{ name: "token", text: token }])).toEqual(["access_token in token"]);
  });
});
