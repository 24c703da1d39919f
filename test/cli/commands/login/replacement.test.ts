import { describe, expect, test } from "vitest";
import { StoreError } from "../../../../src/core/errors.ts";
import { act, call } from "../../../sandbox/client.ts";
import { answering, atMachine } from "../../../support/login-machine.ts";
import { memoryStore } from "../../../support/memory-store.ts";

/** Returns a machine with a logged-in client, and another client of the same organization. */
async function loggedIn() {
  const machine = await atMachine();
  expect((await machine.asClient()).exitCode).toBe(0);
  const { sandbox, run, store, config } = machine;
  const other = await act(sandbox, "client.upsert", { name: "Other" });
  const [otherId, otherSecret] = [other.text("id"), other.text("secret")];
  const asOther = async (flags: readonly string[] = [], options = {}) =>
    await run(["login", "--region", sandbox.url, "--client-id", otherId, "--client-secret-stdin", ...flags], {
      input: otherSecret,
      ...options,
    });
  const held = async () => ({ entries: [...store.entries], config: await config() });
  return { ...machine, otherId, asOther, held };
}

type Machine = Awaited<ReturnType<typeof loggedIn>>;

/** Returns method and path of every request that the service received, oldest first. */
async function requestsTo({ sandbox }: Machine): Promise<readonly string[]> {
  const seen = await call(sandbox, "GET /sandbox/requests");
  const methods = seen.each("requests", "method");
  return seen.each("requests", "path").map((path, index) => `${methods[index]} ${path}`);
}

/** Changes the profile into a login of the same client at another organization. */
async function moveToAcme({ editConfig }: Machine): Promise<void> {
  await editConfig((text) =>
    text
      .replace(/^organization = .*$/m, 'organization = "Acme"')
      .replace(/^organization_id = .*$/m, 'organization_id = "acme-id"'),
  );
}

describe("a login as another client", () => {
  test("exits with 2 without a terminal, without sending, storing or losing anything", async () => {
    const machine = await loggedIn();
    const [before, requests] = [await machine.held(), await requestsTo(machine)];
    const { exitCode, json, stderr } = await machine.asOther(["--json"]);
    const { host } = new URL(machine.sandbox.url);

    expect([exitCode, json]).toEqual([
      2,
      expect.objectContaining({ error: expect.objectContaining({ code: "usage.replace" }) }),
    ]);
    expect(stderr).toMatch(
      new RegExp(
        `profile \`default\` holds a login for client \`${machine.sandbox.client.id}\` \\(client-credentials\\) in organization \`[^\`]+\` at \`${host}\`, but the new login is for client \`${machine.otherId}\` \\(client-credentials\\) at \`${host}\``,
      ),
    );
    expect(stderr).toContain("hint: keep both with `--profile NAME`, or replace the login with `--replace`");
    expect(await machine.held()).toEqual(before);
    expect(await requestsTo(machine)).toEqual(requests);
  });

  test("exits with 2 with --no-input, without a question", async () => {
    const { asOther, held } = await loggedIn();
    const before = await held();
    const { prompter, asked } = answering("yes");

    expect((await asOther(["--no-input"], { prompter })).exitCode).toBe(2);
    expect([asked, await held()]).toEqual([[], before]);
  });

  test("asks at a terminal, and keeps the earlier login when the person declines", async () => {
    const { asOther, held, otherId } = await loggedIn();
    const before = await held();
    const { prompter, asked } = answering("no");

    expect((await asOther([], { prompter })).exitCode).toBe(2);
    expect(asked).toEqual([expect.stringMatching(new RegExp(`holds a login .*${otherId}.*Replace it\\?$`))]);
    expect(await held()).toEqual(before);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["when the person agrees", [], ["yes"]],
    ["with --replace, without a question", ["--replace"], []],
  ])("replaces the earlier login %s, and reports it", async (_name, flags, answers) => {
    const { asOther, store, config, otherId, sandbox } = await loggedIn();
    const old = [...store.entries.values()];
    const { prompter, asked } = answering(...answers);
    const { exitCode, stderr } = await asOther(flags, { prompter });

    expect([exitCode, asked.length]).toEqual([0, answers.length]);
    expect(stderr).toContain(`replaced the login of client \`${sandbox.client.id}\``);
    expect(await config()).toContain(`client_id = "${otherId}"`);
    expect(old.filter((secret) => [...store.entries.values()].includes(secret))).toEqual([]);
  });

  test("uses PKCE without a secret, whatever the grant of the profile", async () => {
    const { run, sandbox, otherId, config } = await loggedIn();
    const login = await run(["login", "--region", sandbox.url, "--client-id", otherId, "--json"]);

    expect([login.exitCode, login.stderr]).toEqual([2, expect.stringContaining(`\`${otherId}\` (pkce)`)]);
    // A login as the same client keeps the grant type.
    const again = await run(["login", "--client-id", sandbox.client.id, "--region", sandbox.url], {
      prompter: answering(sandbox.client.secret).prompter,
    });
    expect([again.exitCode, await config()]).toEqual([
      0,
      expect.stringContaining('grant = "client-credentials"'),
    ]);
  });

  test("does not use the redirect URI of the earlier client", async () => {
    const { run, at, sandbox, editConfig } = await atMachine("scope-missing");
    expect((await run(["login", ...at])).exitCode).toBe(0);
    await editConfig((text) => text.replace('"http://localhost"', '"http://localhost:9191/earlier"'));
    const other = await act(sandbox, "client.upsert", {
      name: "Other app",
      grantType: "CODE",
      redirectUris: ["http://localhost"],
      scopes: ["users"],
    });
    const opened: string[] = [];
    await run(
      ["login", "--region", sandbox.url, "--client-id", other.text("id"), "--replace", "--timeout", "1s"],
      { ports: { openBrowser: async (url) => void opened.push(url) } },
    );

    expect(new URL(opened[0] ?? "").searchParams.get("redirect_uri")).toMatch(/^http:\/\/localhost:\d+$/);
    expect(opened[0]).not.toContain("9191");
  });

  test("asks nothing after a logout", async () => {
    const { run, asOther } = await loggedIn();
    await run(["logout"]);

    expect((await asOther()).exitCode).toBe(0);
  });

  test("exits with 2 even with the store `none`", async () => {
    const { run, sandbox, otherId, config } = await loggedIn();
    await run(["logout"]);
    const as = (id: string, secret: string) =>
      run(["login", "--store", "none", "--region", sandbox.url, "--client-id", id, "--client-secret-stdin"], {
        input: secret,
      });
    expect((await as(sandbox.client.id, sandbox.client.secret)).exitCode).toBe(0);

    expect((await as(otherId, "any")).exitCode).toBe(2);
    expect(await config()).toContain(sandbox.client.id);
  });
});

describe("a login with another grant or at another host", () => {
  test("exits with 2 before the browser opens", async () => {
    const { run, at, held } = await loggedIn();
    const before = await held();
    const opened: string[] = [];
    const login = await run(["login", ...at, "--grant", "pkce"], {
      ports: { openBrowser: async (url) => void opened.push(url) },
    });

    expect([login.exitCode, opened, await held()]).toEqual([2, [], before]);
  });

  test("sends nothing to a host other than the profile's", async () => {
    const [{ run, held, sandbox }, elsewhere] = [await loggedIn(), await loggedIn()];
    const [before, requests] = [await held(), await requestsTo(elsewhere)];
    const login = await run(
      ["login", "--region", elsewhere.sandbox.url, "--client-id", sandbox.client.id, "--client-secret-stdin"],
      { input: sandbox.client.secret },
    );

    expect([login.exitCode, await held(), await requestsTo(elsewhere)]).toEqual([2, before, requests]);
  });
});

describe("a login to another organization with the same client", () => {
  test("revokes the new token and keeps the earlier login without a terminal", async () => {
    const machine = await loggedIn();
    await moveToAcme(machine);
    const before = await machine.held();
    const { exitCode, stderr } = await machine.asClient();

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /holds a login for client .* in organization `Acme` at .*, but the new login is for client .* in organization `[^`]+` at .*; the new token was revoked\n/,
    );
    expect(await machine.held()).toEqual(before);
    expect((await requestsTo(machine)).at(-1)).toBe("DELETE /api/v2/tokens/me");
    expect((await machine.run(["whoami"])).exitCode).toBe(0);
  });

  test("reports that the new token stays valid when it cannot be revoked", async () => {
    const machine = await loggedIn();
    await moveToAcme(machine);
    await act(machine.sandbox, "fault.add", {
      path: "/api/v2/tokens/me",
      method: "DELETE",
      status: 400,
      times: 9,
    });
    const { exitCode, stderr } = await machine.asClient();

    expect(exitCode).toBe(2);
    expect(stderr).toContain("; the new token is not stored and stays valid until it expires (400");
  });

  test("asks at a terminal, and stores the new login when the person agrees", async () => {
    const machine = await loggedIn();
    await moveToAcme(machine);
    const { prompter, asked } = answering(machine.sandbox.client.secret, "yes");
    const login = await machine.run(["login", ...machine.at], { prompter });

    expect([login.exitCode, asked.length]).toEqual([0, 2]);
    expect(await machine.config()).not.toContain("Acme");
  });
});

describe("a login of the same identity needs no confirmation", () => {
  test.each<[string, (text: string) => string]>([
    ["unchanged", (text) => text],
    [
      "after the organization was renamed",
      (text) => text.replace(/^organization = .*$/m, 'organization = "An earlier name"'),
    ],
    ["in a profile of an earlier version", (text) => text.replace(/^organization_id = .*\n/m, "")],
    ["in a profile without a known organization", (text) => text.replace(/^organization(_id)? = .*\n/gm, "")],
    [
      "with a client id in upper case",
      (text) => text.replace(/^(client_id = )(.*)$/m, (_all, key, id) => key + id.toUpperCase()),
    ],
  ])("%s", async (_name, edit) => {
    const { asClient, editConfig } = await loggedIn();
    await editConfig(edit);

    expect((await asClient()).exitCode).toBe(0);
  });
});

test("a new login that cannot be stored leaves the earlier login in its own credential store", async () => {
  const { run, at, sandbox, store, held } = await loggedIn();
  const before = await held();
  const full = {
    ...memoryStore("file"),
    set: async () => {
      throw new StoreError("store.failed", "no room");
    },
  };
  const login = await run(["login", ...at, "--client-secret-stdin", "--store", "file"], {
    input: sandbox.client.secret,
    ports: { openStore: (kind) => (kind === "file" ? full : store) },
  });

  expect([login.exitCode, await held()]).toEqual([10, before]);
});
