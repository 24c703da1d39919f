import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { byName, clientsWorld } from "../../../support/clients-world.ts";

const AUDITOR = [
  "authorization:grant:view",
  "authorization:policy:view",
  "authorization:role:view",
  "oauth:client:view",
  "oauth:client:authorize",
  "usage:organization:view",
];

async function worldOf(permissions: readonly string[] = AUDITOR) {
  const world = await clientsWorld();
  world.act("role.upsert", { name: "Access auditor", permissions });
  return world;
}

describe("rehearsed scope enforcement", () => {
  test("breaks the calls whose scope a client lacks, and names the scopes to add", async () => {
    const { run, act } = await worldOf();
    act("client.update", { client: "Own agent desktop", scope: ["users:readonly"] });
    const result = await run("--rehearse", "scope-enforcement", "--json");
    expect(result.exitCode).toBe(3);
    const outcomes = byName(result, "rehearsal.outcome");
    expect(outcomes["Own agent desktop"]).toBe("breaks");
    expect(byName(result, "rehearsal.scopesToAdd")["Own agent desktop"]).toContain("conversations:readonly");
    expect(outcomes["Nightly queue sync"]).toBe("not-affected");
    // The usage contains no call of this app, which proves nothing.
    expect(outcomes["CRM side panel"]).toBe("not-seen");
    expect(Object.values(outcomes)).not.toContain("safe");
  });

  test("may break a client whose approval can't be read, and names the permission", async () => {
    const { run } = await worldOf(AUDITOR.filter((name) => name !== "oauth:client:authorize"));
    const result = await run("--rehearse", "scope-enforcement", "--json");
    expect(byName(result, "rehearsal.outcome")["Old agent dashboard"]).toBe("may-break");
    expect(json(result.json).each("organizations.0.unreadable", "permissions")).toContainEqual([
      "oauth:client:authorize",
    ]);
  });

  test("may end the logins of a client without an approval", async () => {
    const { run, act } = await worldOf();
    act("client.update", { client: "Old agent dashboard", isApproved: false });
    const { stdout } = await run("Old agent dashboard", "--rehearse", "scope-enforcement");
    expect(stdout).toMatch(
      /^login +may break: no administrator approved OAuth client "Old agent dashboard"/m,
    );
  });

  test("is unknown without API usage", async () => {
    const { run } = await worldOf(["oauth:client:authorize", "authorization:role:view"]);
    const result = await run("--rehearse", "scope-enforcement", "--json");
    expect(result.exitCode).toBe(5);
  });
});

describe("the rehearsed end of the implicit grant", () => {
  test("ends the logins of a client with the implicit grant, and affects no other client", async () => {
    const { run } = await worldOf();
    const result = await run("--rehearse", "pkce", "--json");
    expect(result.exitCode).toBe(3);
    const outcomes = byName(result, "rehearsal.outcome");
    expect(outcomes["Old agent dashboard"]).toBe("breaks");
    const others = Object.entries(outcomes).filter(([name]) => name !== "Old agent dashboard");
    expect(new Set(others.map(([, outcome]) => outcome))).toEqual(new Set(["not-affected"]));
  });

  test("gives the reason for each outcome, and warns when a service would become a user's app", async () => {
    const { run } = await worldOf();
    const { stdout } = await run("--rehearse", "pkce");
    expect(stdout).toContain("login breaks: every login of the unchanged app fails: `response_type=token`");
    expect(stdout).toMatch(/not affected: a service has no user who could log in.* \(\d+ clients\)/);
    const service = await run("Nightly queue sync", "--rehearse", "pkce");
    expect(service.stdout).toContain("that user's roles would count instead of the client's");
  });

  test("shows one client with its calls and the change that its app needs", async () => {
    const { run } = await worldOf();
    const { stdout, stderr } = await run("Old agent dashboard", "--rehearse", "pkce");
    expect(stdout).toMatch(
      /^login +breaks: every login of the unchanged app fails: `response_type=token` is refused/m,
    );
    expect(stdout).toMatch(/^passes\tGET \/api\/v2\/routing\/queues\t\d+\t/m);
    expect(stderr).toContain("so other calls may break too");
  });
});

describe("users' tokens under rehearsed scope enforcement", () => {
  const APP = "Own agent desktop";

  test("break for the users whose calls lack a scope, and for no other", async () => {
    const { run } = await worldOf();
    const { json: document } = await run("--rehearse", "scope-enforcement", "--json");
    const { users, ...open } = Object(byName({ json: document } as never, "rehearsal.users")[APP]);
    expect(open).toEqual({ unnamedRequests: 0, isCut: false });
    expect(users).toMatchObject([
      { name: "Reporting analyst", outcome: "breaks", requests: 900, scopesToAdd: ["analytics:readonly"] },
      { name: "Agent 1", outcome: "none-seen", requests: 39_000, scopesToAdd: [] },
    ]);
    const { stdout } = await run("--rehearse", "scope-enforcement");
    expect(stdout).toMatch(/^Own agent desktop\tbreaks\t-\t1\t0\t0\t2\t1 of 2\t/m);
    expect(stdout).toContain("outcome unknown for clients whose scopes the organization does not list: ");
  });

  test("are listed for one client, with a note that users without an observed call are not listed", async () => {
    const { run } = await worldOf();
    const { stdout } = await run(APP, "--rehearse", "scope-enforcement");
    expect(stdout).toMatch(/^Reporting analyst\tbreaks\t900\tPOST \/api\/v2\/analytics\S+\t/m);
    expect(stdout).toMatch(/^Agent 1\tno break seen\t39000\t-\t/m);
    expect(stdout).toContain(
      "users without an observed call are not listed, because the use of their tokens is unknown",
    );
    expect(stdout).toContain("the scopes of the tokens in use are not published");
  });

  test("are listed by user id when only the older usage query is permitted, and are unknown when only the usage of single clients can be read", async () => {
    const { run, act } = await worldOf();
    act("role.upsert", {
      name: "Access auditor",
      permissions: AUDITOR.filter((name) => name !== "usage:organization:view"),
    });
    const older = await run(APP, "--rehearse", "scope-enforcement", "--json");
    expect(Object(byName(older, "rehearsal.users")[APP]).users).toMatchObject([
      { name: null },
      { name: null },
    ]);
    act("role.upsert", { name: "Access auditor", permissions: ["usage:client:view"] });
    const { id } = act("client.update", { client: APP }) as { id: string };
    const single = await run(id, "--rehearse", "scope-enforcement", "--json");
    expect(single.exitCode).toBe(5);
    expect(json(single.json).at("organizations.0.clients.0.rehearsal.users")).toBeNull();
    expect(json(single.json).each("organizations.0.unreadable", "what")).toContain("API usage by user");
  });

  test("are null for a client that the change does not affect", async () => {
    const { run } = await worldOf();
    const result = await run("--rehearse", "pkce", "--json");
    expect(byName(result, "rehearsal.users")[APP]).toBeNull();
    expect(Object(byName(result, "rehearsal.users")["Old agent dashboard"]).users).toMatchObject([
      { name: "Agent 1", outcome: "breaks" },
    ]);
  });
});

test.each([
  [["--rehearse", "pkce", "--fail-on", "unused"], "usage.arguments"],
  [["x", "--rehearse", "pkce", "--emit", "role"], "usage.arguments"],
  [["--rehearse", "everything"], "usage.arguments"],
])("refuses %j with exit code 2", async (words, code) => {
  const { run } = await worldOf();
  const result = await run(...words, "--json");
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([2, code]);
});
