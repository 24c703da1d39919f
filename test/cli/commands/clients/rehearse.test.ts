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

describe("scope enforcement", () => {
  test("breaks the calls whose scope a client lacks, and names the scopes to add", async () => {
    const { run, act } = await worldOf();
    act("client.update", { client: "Own agent desktop", scope: ["users:readonly"] });
    const result = await run("--rehearse", "scope-enforcement", "--json");
    expect(result.exitCode).toBe(3);
    const outcomes = byName(result, "rehearsal.outcome");
    expect(outcomes["Own agent desktop"]).toBe("breaks");
    expect(byName(result, "rehearsal.scopesToAdd")["Own agent desktop"]).toContain("conversations:readonly");
    expect(outcomes["Nightly queue sync"]).toBe("not-affected");
    // No call of it was seen, which proves nothing.
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

describe("PKCE", () => {
  test("ends the logins of an implicit client, and concerns no other", async () => {
    const { run } = await worldOf();
    const result = await run("--rehearse", "pkce", "--json");
    expect(result.exitCode).toBe(3);
    const outcomes = byName(result, "rehearsal.outcome");
    expect(outcomes["Old agent dashboard"]).toBe("breaks");
    const others = Object.entries(outcomes).filter(([name]) => name !== "Old agent dashboard");
    expect(new Set(others.map(([, outcome]) => outcome))).toEqual(new Set(["not-affected"]));
  });

  test("shows one client with its calls and what its app needs", async () => {
    const { run } = await worldOf();
    const { stdout, stderr } = await run("Old agent dashboard", "--rehearse", "pkce");
    expect(stdout).toMatch(
      /^login +breaks: every login of the app as it is: `response_type=token` is refused/m,
    );
    expect(stdout).toMatch(/^passes\tGET \/api\/v2\/routing\/queues\t\d+\t/m);
    expect(stderr).toContain("a call that is not listed may break as well");
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
