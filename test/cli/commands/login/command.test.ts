import { describe, expect, test } from "vitest";
import { StoreError } from "../../../../src/core/errors.ts";
import { act, call } from "../../../sandbox/client.ts";
import { withoutAgeWarning } from "../../../support/catalogue-age.ts";
import { answering, atMachine } from "../../../support/login-machine.ts";
import { memoryStore } from "../../../support/memory-store.ts";

describe("login as a client", () => {
  test("prints the output of whoami and stores the secret and the token", async () => {
    const { asClient, run, store, config, sandbox } = await atMachine();
    const login = await asClient();
    const host = new URL(sandbox.url).host;

    expect(login.exitCode).toBe(0);
    expect(login.stdout).toMatch(/^Who {11}OAuth client Reporting service, no user$/m);
    expect(login.stdout).toMatch(/^Token from {4}profile `default`, memory of the test$/m);
    expect(login.stderr).toBe("logged in as profile `default`, stored in memory of the test\n");
    expect([...store.entries.keys()]).toEqual([
      `default@${host}#client-secret`,
      `default@${host}#access-token`,
    ]);
    expect(store.calls[0]).toBe("probe");
    for (const secret of store.entries.values()) {
      expect(`${await config()}${login.stdout}${login.stderr}`).not.toContain(secret);
    }
    const again = await run(["whoami"]);
    expect([again.exitCode, withoutAgeWarning(again.stderr)]).toEqual([0, ""]);
    expect(again.stdout.replace(/in \d+ s/, "")).toBe(
      login.stdout.replace("(--region)", "(profile `default`)").replace(/in \d+ s/, ""),
    );
  });

  test("prints the fields of whoami and of the login as JSON", async () => {
    const { asClient, run, sandbox } = await atMachine();
    const { exitCode, json } = await asClient("--json", "--profile", "ci");
    const whoami = (await run(["whoami", "--json"])).json;

    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      schema: "genscope/login/v1",
      kind: "client",
      login: {
        profile: "ci",
        isCurrent: true,
        grant: "client-credentials",
        store: "keychain",
        storedIn: "memory of the test",
        redirectUri: null,
        isRenewable: true,
        overriddenBy: [],
      },
      region: { apiUrl: sandbox.url },
    });
    expect(Object.keys(json as object)).toEqual([...Object.keys(whoami as object), "login"]);
  });

  test("asks for the client id and the secret at a terminal", async () => {
    const { run, sandbox } = await atMachine();
    const { prompter, asked } = answering(sandbox.client.id, sandbox.client.secret);
    const login = await run(["login", "--grant", "client-credentials", "--region", sandbox.url], {
      prompter,
    });

    expect(login.exitCode).toBe(0);
    expect(asked).toEqual(["Id of the OAuth client", `Secret of OAuth client ${sandbox.client.id}`]);
  });

  test("uses the environment, which takes precedence over the stored login, and reports it", async () => {
    const { run, sandbox } = await atMachine();
    const env = {
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
    };
    const note =
      "using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET, not the login of profile `default`";
    const login = await run(["login"], { env });

    expect(login.exitCode).toBe(0);
    expect(login.stderr).toContain(`warning: ${note}\n`);
    expect(withoutAgeWarning((await run(["whoami"], { env })).stderr)).toBe(`${note}\n`);
  });

  test("stores no secret with the store `none`, and the next run asks for a login", async () => {
    const { asClient, run, store } = await atMachine();
    const login = await asClient("--store", "none");

    expect([login.exitCode, login.stderr]).toEqual([
      0,
      "logged in as profile `default`; no secret is stored\n",
    ]);
    expect((await run(["whoami"])).stderr).toBe(
      "error: profile `default` is not logged in\n\nhint: log in: `genscope login --profile default`\n",
    );
    expect(store.calls).toEqual([]);
  });

  test.each<[string, readonly string[], number, string]>([
    ["a missing client id without a terminal", ["--grant", "client-credentials"], 2, "usage.client_id"],
    [
      "a missing client secret without a terminal",
      ["--grant", "client-credentials", "--client-id", "x"],
      2,
      "usage.client_secret",
    ],
    ["an empty secret", ["--client-secret-stdin", "--client-id", "x"], 2, "usage.secret"],
    [
      "a browser flag with a client secret",
      ["--client-secret-stdin", "--client-id", "x", "--port", "8085"],
      2,
      "usage.arguments",
    ],
    [
      "a client secret for a browser login",
      ["--grant", "pkce", "--client-secret-stdin", "--client-id", "x"],
      2,
      "usage.arguments",
    ],
    [
      "an organization without an identity provider",
      ["--client-id", "x", "--org", "acme"],
      2,
      "usage.login_page",
    ],
    ["an invalid port", ["--client-id", "x", "--port", "http"], 2, "usage.port"],
    ["an invalid duration", ["--client-id", "x", "--timeout", "soon"], 2, "usage.duration"],
    ["a secret as a flag value", ["--client-secret", "s3cret"], 2, "usage.arguments"],
  ])("refuses %s", async (_name, flags, exitCode, code) => {
    const { run, store, sandbox } = await atMachine();
    const login = await run(["login", "--json", "--region", sandbox.url, ...flags]);

    expect([login.exitCode, login.json]).toEqual([
      exitCode,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    ]);
    expect(`${login.stdout}${login.stderr}`).not.toContain("s3cret");
    expect(store.entries.size).toBe(0);
  });

  test.each([
    ["wrong-secret", "auth.wrong_secret"],
    ["unknown-client", "auth.unknown_client"],
  ])("reports %s and stores nothing", async (scenario, code) => {
    const { asClient, store } = await atMachine(scenario);
    const login = await asClient("--json");

    expect([login.exitCode, login.json]).toEqual([
      4,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    ]);
    expect(store.entries.size).toBe(0);
  });

  test.each([
    ["revokes the new token", { GET: 401 }, "the new token was revoked\n"],
    [
      "reports that the new token stays valid when it cannot be revoked",
      { GET: 401, DELETE: 400 },
      "the new token is not stored and stays valid until it expires (400",
    ],
  ])("that cannot be verified %s", async (_name, faults, words) => {
    const { asClient, store, sandbox, run } = await atMachine();
    const path = "/api/v2/tokens/me";
    for (const [method, status] of Object.entries(faults)) {
      await act(sandbox, "fault.add", { path, method, status, times: 1 });
    }
    const login = await asClient();
    const seen = await call(sandbox, "GET /sandbox/requests");

    expect([login.exitCode, login.stderr]).toEqual([4, expect.stringContaining(words)]);
    expect([seen.each("requests", "method").at(-1), seen.each("requests", "path").at(-1)]).toEqual([
      "DELETE",
      path,
    ]);
    expect([store.entries.size, (await run(["profile", "list"])).stdout]).toEqual([
      0,
      expect.not.stringContaining("default"),
    ]);
  });

  test("fails before any question when the credential store cannot be used", async () => {
    const { run, at } = await atMachine();
    const { prompter, asked } = answering();
    const login = await run(["login", ...at, "--grant", "client-credentials"], {
      prompter,
      ports: {
        openStore: () => ({
          ...memoryStore(),
          probe: async () => {
            throw new StoreError("store.absent", "no OS keychain here", { hint: "`--store file`" });
          },
        }),
      },
    });

    expect([login.exitCode, asked]).toEqual([10, []]);
    expect(login.stderr).toBe("error: no OS keychain here\n\nhint: `--store file`\n");
  });

  test("checks the arguments before it opens the credential store", async () => {
    const { run } = await atMachine();
    const opened: string[] = [];
    const openStore = (kind: string) => {
      opened.push(kind);
      return memoryStore();
    };
    const wrong = ["login", "--region", "eu-central-1", "--client-id", "not-an-id"];
    const given = await run(wrong, { ports: { openStore } });
    const none = await run(["login", "--region", "eu-central-1", "--no-input"], { ports: { openStore } });
    expect([given.exitCode, none.exitCode, opened]).toEqual([2, 2, []]);
    expect(none.stderr).toContain("error: no OAuth client id given");
  });
});

describe("login as a user", () => {
  test("opens no browser with --no-input", async () => {
    const { run, at } = await atMachine("scope-missing");
    const opened: string[] = [];
    const { exitCode, stderr } = await run(["login", ...at, "--no-input"], {
      ports: { openBrowser: async (url) => void opened.push(url) },
    });
    expect([exitCode, opened]).toEqual([2, []]);
    expect(stderr).toContain("a browser login is interactive, and `--no-input` forbids prompts");
  });

  test.each(["…", "...", "<client id>", "your-client-id"])(
    "refuses the placeholder %s, also at a gateway",
    async (id) => {
      const { run, sandbox } = await atMachine("scope-missing");
      const { exitCode, stderr } = await run(["login", "--region", sandbox.url, "--client-id", id]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("the value of --client-id is a placeholder");
      const env = {
        GENESYSCLOUD_REGION: sandbox.url,
        GENESYSCLOUD_OAUTHCLIENT_ID: id,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: "x",
      };
      expect((await run(["whoami"], { env })).stderr).toContain(
        "the value of GENESYSCLOUD_OAUTHCLIENT_ID is a placeholder",
      );
    },
  );

  test("uses the browser, and the refresh token renews the login", async () => {
    const { run, at, store, sandbox } = await atMachine("scope-missing");
    const login = await run(["login", ...at, "--json"]);

    expect(login.exitCode).toBe(0);
    expect(login.json).toMatchObject({
      kind: "user",
      login: { grant: "pkce", redirectUri: "http://localhost", isRenewable: true },
    });
    expect(login.stderr).toMatch(
      /^If OAuth client \S+ does not list this redirect URI yet, add it under .*, exactly as written: http:\/\/localhost\n/,
    );
    expect(login.stderr).toMatch(/^Log in with your browser:\n\n {2}http:\S+\/oauth\/authorize\?\S+\n\n/m);
    const host = new URL(sandbox.url).host;
    expect([...store.entries.keys()]).toEqual([
      `default@${host}#refresh-token`,
      `default@${host}#access-token`,
    ]);

    const first = (await run(["token"])).stdout;
    await act(sandbox, "token.revoke", { token: first.trim() });
    expect((await run(["whoami"])).exitCode).toBe(0);
    expect((await run(["token"])).stdout).not.toBe(first);
  });

  test("asks for a new login when there is no refresh token", async () => {
    const { run, at, sandbox } = await atMachine("scope-missing");
    await act(sandbox, "settings.patch", { settings: { refreshTokens: "off" } });
    const login = await run(["login", ...at]);
    expect(login.stderr).toContain("the token cannot be renewed: log in again when it expires\n");
    await act(sandbox, "token.revoke", { token: (await run(["token"])).stdout.trim() });
    const after = await run(["whoami"]);

    expect(after.exitCode).toBe(4);
    expect(after.stderr).toContain("hint: log in again: `genscope login --profile default`\n");
  });

  test("erases the secrets of the login that it replaces", async () => {
    const { run, asClient, store, sandbox } = await atMachine("scope-missing");
    const client = await act(sandbox, "client.upsert", { name: "Client" });
    await run(["login", "--region", sandbox.url, "--client-id", client.text("id"), "--client-secret-stdin"], {
      input: client.text("secret"),
    });
    expect([...store.entries.keys()].map((name) => name.split("#")[1])).toEqual([
      "client-secret",
      "access-token",
    ]);
    await asClient("--replace");
    const login = await run([
      "login",
      "--replace",
      "--grant",
      "pkce",
      "--region",
      sandbox.url,
      "--client-id",
      sandbox.client.id,
    ]);

    expect(login.exitCode).toBe(0);
    expect([...store.entries.keys()].map((name) => name.split("#")[1]).toSorted()).toEqual([
      "access-token",
      "refresh-token",
    ]);
  });

  test("refuses a port in use before it opens the browser", async () => {
    const { run, at, sandbox } = await atMachine("scope-missing");
    const opened: string[] = [];
    const login = await run(["login", ...at, "--port", new URL(sandbox.url).port], {
      ports: { openBrowser: async (url) => void opened.push(url) },
    });

    expect([login.exitCode, opened]).toEqual([2, []]);
    expect(login.stderr).toMatch(
      /^error: cannot listen on port \d+ on 127\.0\.0\.1 and ::1: another program is using it\n/,
    );
  });
});

describe("a stored login", () => {
  test("is refused for another region before a request", async () => {
    const { asClient, run, store } = await atMachine();
    await asClient();
    store.calls.length = 0;
    const { exitCode, stderr } = await run(["whoami", "--region", "eu-central-1"]);

    expect([exitCode, store.calls]).toEqual([4, []]);
    expect(stderr).toMatch(
      /^error: profile `default` is logged in at `127\.0\.0\.1:\d+`, not at `mypurecloud\.de` \(--region\)\n/,
    );
  });

  test("is refused when another store is selected, and the error names both stores", async () => {
    const { asClient, run } = await atMachine();
    await asClient();
    const { exitCode, stderr } = await run(["whoami"], { env: { GENSCOPE_STORE: "file" } });

    expect(exitCode).toBe(4);
    expect(stderr).toContain("is in the store `keychain`, but GENSCOPE_STORE selects `file`");
  });

  test("is not opened when the environment contains a token", async () => {
    const { asClient, run, store, sandbox } = await atMachine();
    await asClient();
    const token = (await run(["token"])).stdout.trim();
    store.calls.length = 0;
    const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token };

    expect((await run(["whoami"], { env })).exitCode).toBe(0);
    expect(store.calls).toEqual([]);
  });

  test("is not suggested when logout or --diff names an unknown profile", async () => {
    const { asClient, run } = await atMachine();
    await asClient();
    const logout = await run(["logout", "--profile", "nope"]);
    expect([logout.exitCode, logout.stderr]).toEqual([
      2,
      "error: profile `nope` does not exist (--profile)\n\nhint: choose one of `default`\n",
    ]);
    const diff = await run(["check-scopes", "--diff", "dev", "GET /api/v2/routing/queues"]);
    expect([diff.exitCode, diff.stderr.split("\n").find((line) => line.startsWith("error"))]).toEqual([
      2,
      "error: profile `dev` does not exist (--diff)",
    ]);
  });

  test("is not used for a profile that does not exist", async () => {
    const { asClient, run } = await atMachine();
    await asClient();
    const { exitCode, stderr } = await run(["whoami", "--profile", "prod"]);

    expect([exitCode, stderr]).toEqual([
      2,
      "error: profile `prod` does not exist (--profile)\n\nhint: choose one of `default`, or create it with `genscope login --profile prod`\n",
    ]);
  });
});

describe("logout", () => {
  test("revokes the token and erases the secrets", async () => {
    const { asClient, run, store, sandbox } = await atMachine();
    await asClient();
    const token = (await run(["token"])).stdout.trim();
    const { exitCode, stdout, stderr } = await run(["logout"]);

    expect([exitCode, stdout, stderr]).toEqual([
      0,
      "logged out of profile `default`: token revoked; erased: access-token, client-secret\n",
      "",
    ]);
    expect(store.entries.size).toBe(0);
    const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token };
    expect((await run(["whoami"], { env })).exitCode).toBe(4);
    expect((await run(["whoami"])).stderr).toContain("profile `default` is not logged in");
    expect((await run(["logout"])).stdout).toBe("profile `default` was not logged in\n");
  });

  test("logs out of every profile with --all", async () => {
    const { asClient, run, store } = await atMachine();
    await asClient("--profile", "a");
    await asClient("--profile", "b");
    const { exitCode, json } = await run(["logout", "--all", "--json"]);

    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      schema: "genscope/logout/v1",
      profiles: [
        { profile: "a", revocation: "revoked", forgotten: ["access-token", "client-secret"] },
        { profile: "b", revocation: "revoked", forgotten: ["access-token", "client-secret"] },
      ],
    });
    expect(store.entries.size).toBe(0);
  });

  test("erases the secrets and warns when the service cannot be reached", async () => {
    const { asClient, run, store, sandbox } = await atMachine();
    await asClient();
    await sandbox.close();
    const { exitCode, stdout, stderr } = await run(["logout"]);

    expect([exitCode, stdout]).toEqual([
      0,
      "logged out of profile `default`: token not revoked; erased: access-token, client-secret\n",
    ]);
    expect(stderr).toMatch(
      /^warning: the token of profile `default` was not revoked and stays valid until it expires: .*127\.0\.0\.1/,
    );
    expect(store.entries.size).toBe(0);
  });

  test("exits with 10 when the store cannot be changed, and still revokes the token", async () => {
    const { asClient, run, store, sandbox } = await atMachine();
    await asClient();
    const token = (await run(["token"])).stdout.trim();
    const { exitCode, json } = await run(["logout", "--json"], {
      ports: {
        openStore: () => ({
          ...store,
          delete: async () => {
            throw new StoreError("store.locked", "the keychain is locked", { hint: "unlock it" });
          },
        }),
      },
    });

    expect([exitCode, json]).toEqual([
      10,
      {
        schema: "genscope/error/v1",
        error: {
          name: "StoreError",
          code: "store.locked",
          message:
            "the login of profile `default` is still stored in memory of the test: the keychain is locked; its token was revoked",
          hint: "unlock it",
          correlationId: null,
        },
        diagnosis: null,
      },
    ]);
    const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token };
    expect((await run(["whoami"], { env })).exitCode).toBe(4);
    expect(store.entries.size).toBe(2);
  });
});
