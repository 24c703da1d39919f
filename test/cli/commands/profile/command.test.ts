import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { profilesIn } from "../../../../src/auth/profiles/profiles.ts";
import { type Clock, systemClock } from "../../../../src/core/clock.ts";
import { systemRandom } from "../../../../src/core/random.ts";
import { loginStorageIn, processesOf } from "../../../support/login-storage.ts";
import { memoryStore } from "../../../support/memory-store.ts";
import { loggedIn, NOTHING } from "../../../support/profiles.ts";
import { type RunOptions, type RunResult, runCli } from "../../../support/run-cli.ts";
import { tempDir } from "../../../support/temp-dir.ts";

async function atMachine() {
  const directory = await tempDir();
  const store = memoryStore();
  const profiles = profilesIn(directory, {
    clock: systemClock,
    random: systemRandom,
    processes: processesOf(),
  });
  const run = async (argv: readonly string[], options: RunOptions = {}) =>
    await runCli(argv, {
      ...options,
      env: { GENSCOPE_CONFIG_DIR: directory, HOME: directory, ...options.env },
      ports: { openStore: () => store, ...options.ports },
    });
  return { directory, store, profiles, run };
}

async function withTwoProfiles() {
  const machine = await atMachine();
  await machine.profiles.save(
    loggedIn({ identity: "Reporting service", organization: "Example", redirectUri: null }),
  );
  await machine.profiles.save(
    loggedIn({
      name: "person",
      region: "us-east-1",
      grant: "pkce",
      redirectUri: "http://localhost",
      remembered: { ...NOTHING, accessToken: true },
      accessTokenExpiresAt: "2026-10-01T12:00:00.000Z",
    }),
  );
  return machine;
}

describe("`profile list` and `profile show`", () => {
  test("list every profile and mark the current one, without opening a credential store", async () => {
    const { run, store } = await withTwoProfiles();
    const { exitCode, stdout } = await run(["profile", "list"]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Profile	Region	Who	Organization	Grant	Store	Login
      person	us-east-1	unknown	unknown	pkce	keychain	logged in until 2026-10-01T12:00:00Z
      * work	eu-central-1	Reporting service	Example	client-credentials	keychain	logged in, renews automatically
      "
    `);
    expect((await run(["profile", "list"], { columns: 80 })).stdout).toMatchInlineSnapshot(`
      "Store: keychain

      Profile  Region        Who                Organization  Login
      person   us-east-1     unknown            unknown       logged in until
                                                                2026-10-01T12:00:00Z
      * work   eu-central-1  Reporting service  Example       logged in, renews
                                                                automatically

      not shown: Grant (--json shows all columns)
      "
    `);
    expect(store.calls).toEqual([]);
  });

  test("list no profile before the first login", async () => {
    const { run, directory } = await atMachine();
    expect((await run(["profile", "list"])).stdout).toBe(
      "no profiles yet: create one with `genscope login`\n",
    );
    expect((await run(["profile", "list", "--json"])).json).toEqual({
      schema: "genscope/profile-list/v1",
      path: join(directory, "config.toml"),
      current: null,
      profiles: [],
    });
  });

  test("show one profile as JSON with the source of the selection", async () => {
    const { run, directory } = await withTwoProfiles();
    const { json } = await run(["profile", "show", "--json"], { env: { GENSCOPE_PROFILE: "person" } });

    expect(json).toEqual({
      schema: "genscope/profile-show/v1",
      name: "person",
      isCurrent: false,
      region: "us-east-1",
      grant: "pkce",
      clientId: "client-1",
      store: "keychain",
      isLoggedIn: true,
      remembered: { accessToken: true, refreshToken: false, clientSecret: false },
      accessTokenExpiresAt: "2026-10-01T12:00:00.000Z",
      accessTokenExpiresAtEpochSeconds: 1_790_856_000,
      redirectUri: "http://localhost",
      organization: null,
      identity: null,
      path: join(directory, "config.toml"),
      selectedBy: "GENSCOPE_PROFILE",
    });
  });
});

describe("`profile use` and `profile remove`", () => {
  test("change the default and warn about a variable that takes precedence", async () => {
    const { run, profiles } = await withTwoProfiles();
    const { stdout, stderr } = await run(["profile", "use", "person"], { env: { GENSCOPE_PROFILE: "work" } });

    expect([stdout, stderr]).toEqual([
      "profile `person` is now the default\n",
      "warning: GENSCOPE_PROFILE is set to `work` and takes precedence\n",
    ]);
    expect((await profiles.list()).current).toBe("person");
  });

  test("remove a profile and its secrets", async () => {
    const { run, store, profiles } = await withTwoProfiles();
    const { stdout, stderr } = await run(["profile", "remove", "person"]);

    expect([stdout, stderr]).toEqual([
      "removed profile `person`\n",
      "its token was not revoked and stays valid until it expires\n",
    ]);
    expect(store.calls).toEqual([
      "delete person@login.mypurecloud.com#refresh-token",
      "delete person@login.mypurecloud.com#access-token",
      "delete person@login.mypurecloud.com#client-secret",
    ]);
    expect((await profiles.list()).profiles.map(({ name }) => name)).toEqual(["work"]);
  });

  test("suggest no login for an unknown profile", async () => {
    const { run } = await withTwoProfiles();
    const { exitCode, stderr } = await run(["profile", "remove", "wrok"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: profile `wrok` does not exist (profile remove)\n\nhint: choose one of `person`, `work`\n",
    ]);
  });

  test.each([["use"], ["show"]])("`profile %s` refuses an unknown profile with exit 2", async (command) => {
    const { run } = await withTwoProfiles();
    const { exitCode, stderr } = await run(["profile", command, "wrok"]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "choose one of `person`, `work`, or create it with `genscope login --profile wrok`",
    );
  });

  test("`profile` refuses an unknown subcommand", async () => {
    const { run } = await atMachine();
    expect((await run(["profile", "lst"])).stderr).toBe(
      "error: `profile` has no command `lst`\n\nhint: run `genscope profile list --help`; the commands are list, use, show, remove and import\n",
    );
  });
});

describe("`profile import`", () => {
  const OFFICIAL = `[DEFAULT]
client_credentials = "client-1"
client_secret = "s3cret-of-gc"
environment = "mypurecloud.de"
grant_type = "1"

[person]
client_credentials = "client-2"
environment = "us-west-2"
grant_type = "3"
redirect_uri = "http://localhost:9191"

[old]
client_credentials = "client-3"
grant_type = "2"
`;

  async function withOfficialCli() {
    const machine = await atMachine();
    const path = join(machine.directory, ".gc", "config.toml");
    await mkdir(join(machine.directory, ".gc"));
    await writeFile(path, OFFICIAL, { mode: 0o644 });
    return { ...machine, path };
  }

  test("moves secrets to the credential store and empties them in the file with --yes", async () => {
    const { run, store, profiles, path } = await withOfficialCli();
    const { exitCode, stdout, stderr } = await run(["profile", "import", "--yes"]);

    expect(exitCode).toBe(0);
    expect([stdout, stderr]).toEqual([
      [
        "imported profile `default` (eu-central-1) into memory of the test",
        "imported profile `person` (us-west-2) into memory of the test",
        "skipped `old`: the implicit grant ends in 2027 and is not supported: create a client for PKCE",
        `removed the secrets from ${path}\n`,
      ].join("\n"),
      "",
    ]);
    expect(Object.fromEntries(store.entries)).toEqual({
      "default@login.mypurecloud.de#client-secret": "s3cret-of-gc",
    });
    expect(await readFile(path, "utf8")).toBe(OFFICIAL.replace("s3cret-of-gc", ""));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await profiles.find("person")).toMatchObject({
      grant: "pkce",
      clientId: "client-2",
      redirectUri: "http://localhost:9191",
      remembered: NOTHING,
    });
    expect(await readFile(profiles.path, "utf8")).not.toContain("s3cret");
    // The secret may be wrong, so the profile does not count as logged in yet.
    expect((await run(["profile", "list"])).stdout).toContain("\tsecret stored, not tried yet\n");
  });

  test.each<[string, RunOptions, boolean]>([
    ["keeps the secrets in the file without a terminal", {}, false],
    ["keeps the secrets in the file when the person declines", { prompter: personSaying(false) }, false],
    ["empties the secrets in the file when the person agrees", { prompter: personSaying(true) }, true],
  ])("%s", async (_name, options, isBlanked) => {
    const { run, path } = await withOfficialCli();
    const { exitCode, json, stderr } = await run(["profile", "import", "--json"], options);

    expect([exitCode, json]).toEqual([0, expect.objectContaining({ blanked: isBlanked })]);
    expect((await readFile(path, "utf8")).includes("s3cret-of-gc")).toBe(!isBlanked);
    expect(stderr.includes("still contains the secrets in plain text")).toBe(!isBlanked);
  });

  test("rejects names that have a special meaning in a terminal, a path or a JavaScript object", async () => {
    const { run, profiles, path } = await withOfficialCli();
    const hostile = [
      "__proto__",
      "../../etc/passwd",
      "a/b",
      "..",
      ".hidden",
      "-rf",
      "\u001b[31mred",
      "a\nb",
      "é",
    ];
    const plain = ["constructor", "toString", "hasOwnProperty", "con.d"];
    const tables = [...hostile, ...plain].map(
      (name) => `[${JSON.stringify(name)}]\nclient_credentials = "c"\ngrant_type = "3"\n`,
    );
    await writeFile(path, tables.join("\n"));
    const { exitCode, stdout, stderr } = await run(["profile", "import", "--yes"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.match(/its name is not a valid profile name/g)).toHaveLength(hostile.length);
    expect(stdout).not.toContain("\u001b");
    expect((await profiles.list()).profiles.map(({ name }) => name)).toEqual(
      plain.map((name) => name.toLowerCase()).toSorted(),
    );
    expect(await profiles.find("constructor")).toMatchObject({ clientId: "c", name: "constructor" });
    expect(await profiles.find("valueof")).toBeNull();
    expect(Object.hasOwn(Object.prototype, "client_credentials")).toBe(false);
  });

  test("does not change an existing profile", async () => {
    const { run, profiles, path } = await withOfficialCli();
    await profiles.save(loggedIn({ name: "default", clientId: "mine" }));
    const { json } = await run(["profile", "import", "--yes", "--json"]);

    expect(json).toMatchObject({
      imported: [{ name: "person" }],
      skipped: [{ profile: "old" }, { profile: "DEFAULT", reason: "profile `default` already exists" }],
    });
    expect((await profiles.find("default"))?.clientId).toBe("mine");
    expect(await readFile(path, "utf8")).toBe(OFFICIAL);
  });

  test("skips a profile that another run stores while the import waits for the lock", async () => {
    const { run, profiles, store, directory } = await withOfficialCli();
    let imported: Promise<RunResult> | null = null;
    await loginStorageIn(directory, systemClock, store).exclusively("default", async () => {
      await new Promise<void>((resolve) => {
        const sleep: Clock["sleep"] = async (delayMs, signal) => {
          resolve();
          await systemClock.sleep(delayMs, signal);
        };
        imported = run(["profile", "import", "--yes", "--json"], {
          ports: { clock: { ...systemClock, sleep } },
        });
      });
      await profiles.save(loggedIn({ name: "default", clientId: "mine" }));
    });

    expect(await imported).toMatchObject({
      exitCode: 0,
      json: { imported: [{ name: "person" }], skipped: [{ profile: "old" }, { profile: "DEFAULT" }] },
    });
    expect((await profiles.find("default"))?.clientId).toBe("mine");
    expect(store.entries.size).toBe(0);
  });

  test.each<[string, readonly string[], string]>([
    ["refuses a missing file", ["profile", "import", "/nonexistent/config.toml"], "usage.file"],
    ["refuses a credential store that keeps nothing", ["profile", "import"], "usage.store"],
  ])("%s, with exit 2", async (_name, argv, code) => {
    const { run } = await withOfficialCli();
    const env = code === "usage.store" ? { GENSCOPE_STORE: "none" } : {};
    const { exitCode, json } = await run([...argv, "--json"], { env });

    expect([exitCode, json]).toEqual([
      2,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    ]);
  });
});

function personSaying(answer: boolean): NonNullable<RunOptions["prompter"]> {
  const unexpected = async (question: string) => {
    throw new Error(`asked: ${question}`);
  };
  return { ask: unexpected, askSecret: unexpected, waitForEnter: unexpected, confirm: async () => answer };
}
