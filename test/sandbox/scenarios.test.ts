import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { listScenarios } from "../../src/sandbox/scenarios/scenarios.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { call, type Reply, requestToken, sandboxFor } from "./client.ts";
import { exchangeCode, obtainCode, outcomeOfLogin } from "./login.ts";

const BODY = { interval: "2026-09-30T00:00:00.000Z/2026-10-01T00:00:00.000Z" };

/**
 * Returns what happens to the client that a scenario affects: the error of a failed login, otherwise status and code
 * of the operation.
 */
async function meet(scenario: string): Promise<string> {
  const sandbox = await sandboxFor({ scenario }, new FakeClock());
  if (sandbox.client.grantType === "CODE" && sandbox.accessToken === null) {
    const outcome = await outcomeOfLogin(sandbox);
    if (outcome !== "code") return `login ${outcome}`;
  }
  let token = sandbox.accessToken;
  if (token === null) {
    const login = await logIn(sandbox);
    if (login.status !== 200) return `login ${login.status} ${login.at("error")}`;
    token = login.text("access_token");
  }
  const body = sandbox.operation.startsWith("GET ") ? undefined : BODY;
  const reply = await call(sandbox, sandbox.operation, { token, body });
  return `${reply.status} ${reply.at("code")}`;
}

/** Logs in as a user if the client is an app for users, otherwise as the client. */
async function logIn(sandbox: Sandbox): Promise<Reply> {
  const { id, secret, grantType } = sandbox.client;
  return grantType === "CODE"
    ? exchangeCode(sandbox, await obtainCode(sandbox))
    : requestToken(sandbox, id, secret);
}

const EXPECTED: Readonly<Record<string, string>> = {
  default: "403 missing.any.permissions",
  "missing-role": "403 missing.any.permissions",
  "user-missing-permission": "403 missing.any.permissions",
  division: "403 missing.division.permission",
  "product-not-owned": "403 missing.any.permissions",
  preview: "403 feature.forbidden",
  "access-policy": "403 authz.policy.denied",
  "role-condition": "403 missing.permissions",
  propagation: "403 missing.any.permissions",
  "stricter-enforcement": "403 missing.any.permissions",
  "availability-only": "403 missing.any.permissions",
  "misleading-message": "403 missing.permissions",
  "trusting-org": "403 missing.any.permissions",
  unreadable: "403 missing.any.permissions",
  stopped: "403 missing.any.permissions",
  healthy: "200 undefined",
  "wrong-secret": "login 401 invalid_client",
  "unknown-client": "login 400 invalid_client",
  "wrong-region": "401 bad.credentials",
  "idle-timeout": "401 bad.credentials",
  "expired-token": "401 credentials.expired",
  "client-disabled": "401 bad.credentials",
  "client-inactive": "login 400 unauthorized_client",
  "user-context": "400 not.a.user",
  "scope-missing": "403 app.not.authorized.for.scope",
  "app-not-approved": "403 app.not.authorized.for.scope",
  "identity-hidden": "403 app.not.authorized.for.scope",
  "ip-allowlist": "401 ip.not.authorized",
  "client-ip-allowlist": "401 ip.not.authorized",
  "low-limits": "200 undefined",
  throttled: "200 undefined",
  "token-throttled": "login 400 invalid_request",
  "wrong-path": "403 missing.permissions",
  "redirect-not-registered": "login OAuth client ID or redirect URI is invalid",
  "consent-denied": "login access_denied",
  "refresh-rotating": "200 undefined",
  "refresh-off": "200 undefined",
  clients: "200 undefined",
};

describe("the sandbox's scenarios", () => {
  test("are all listed with a one-sentence description", () => {
    expect(listScenarios()[0]?.name).toBe("default");
    expect(
      listScenarios()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(EXPECTED).sort());
    expect(listScenarios().filter(({ description }) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
  });

  test.each(Object.entries(EXPECTED))(
    "include %s, in which the call ends with %s",
    async (scenario, expected) => {
      expect(await meet(scenario)).toBe(expected);
    },
  );

  test("are suggested for a misspelled name", async () => {
    await expect(startSandbox({ scenario: "stoped" }, { clock: new FakeClock() })).rejects.toMatchObject({
      hint: expect.stringContaining(
        "did you mean `genscope sandbox --scenario stopped`? Otherwise choose one of",
      ),
    });
  });

  test("are listed in the usage error about an unknown name", async () => {
    await expect(startSandbox({ scenario: "nonsense" }, { clock: new FakeClock() })).rejects.toMatchObject({
      code: "usage.scenario",
      message: "there is no scenario `nonsense`",
      hint: expect.stringContaining("missing-role"),
    });
  });
});

describe("the sandbox", () => {
  test("closes even though clients keep connections open", async () => {
    const sandbox = await startSandbox({}, { clock: new FakeClock() });
    await call(sandbox, "GET /api/v2/tokens/me");
    await sandbox.close();
    await expect(call(sandbox, "GET /api/v2/tokens/me")).rejects.toThrow("fetch failed");
  });

  test("reports a port that is in use", async () => {
    const first = await sandboxFor();
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ port }, { clock: new FakeClock() })).rejects.toMatchObject({
      code: "usage.port",
      exit: "usage",
      message: `the sandbox cannot listen on port \`${port}\`: another program is using it`,
    });
  });

  test("has the same ids for the same seed", async () => {
    const ids: string[] = [];
    for (const seed of [3, 3, 4]) ids.push((await sandboxFor({ seed }, new FakeClock())).client.id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});
