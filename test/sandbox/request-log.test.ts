import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import type { LoggedRequest } from "../../src/sandbox/request-log.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { act, call, requestToken } from "./client.ts";

/** Starts a sandbox. Returns the sandbox, and the log of its requests. */
async function logged(scenario: string) {
  const log: LoggedRequest[] = [];
  const sandbox = await startSandbox(
    { scenario },
    { clock: systemClock, onRequest: (request) => void log.push(request) },
  );
  onTestFinished(async () => await sandbox.close());
  const last = () => log.at(-1) ?? null;
  return { sandbox, log, last };
}

test.each([
  ["missing-role", 403, "permission"],
  ["division", 403, "division"],
  ["role-condition", 403, "condition"],
  ["access-policy", 403, "policy"],
  ["scope-missing", 403, "scope"],
  ["user-context", 400, "context"],
  ["preview", 403, "product"],
  ["expired-token", 401, "token"],
  ["client-disabled", 401, "token"],
  ["ip-allowlist", 401, "ip"],
])("the sandbox's log in scenario %s names status %d and the layer %s", async (scenario, status, layer) => {
  const { sandbox, last } = await logged(scenario);
  const { id, secret } = sandbox.client;
  const token = sandbox.accessToken ?? (await requestToken(sandbox, id, secret)).text("access_token");
  const body = sandbox.operation.startsWith("GET") ? {} : { body: { interval: "2026-10-01/2026-10-02" } };
  const reply = await call(sandbox, sandbox.operation, { token, ...body });

  expect(last()).toMatchObject({
    status,
    refusedBy: { layer, code: reply.text("code") },
    fault: null,
    durationMs: expect.any(Number),
  });
});

test("the sandbox's log names the path and the rate limit as layers", async () => {
  const { sandbox, last } = await logged("throttled");
  const { id, secret } = sandbox.client;
  const token = (await requestToken(sandbox, id, secret)).text("access_token");
  await call(sandbox, "GET /api/v2/nothing", { token });
  expect(last()).toMatchObject({ status: 404, refusedBy: { layer: "path", code: "not.found" } });
  for (let request = 0; request < 400 && last()?.status !== 429; request += 1) {
    await call(sandbox, "GET /api/v2/tokens/me", { token });
  }
  expect(last()).toMatchObject({ status: 429, refusedBy: { layer: "rate-limit" } });
});

test.each([
  ["wrong-secret", "credentials", "invalid_client"],
  ["token-throttled", "throttle", "invalid_request"],
])("the sandbox's log in scenario %s names the token endpoint's layer", async (scenario, layer, code) => {
  const { sandbox, last } = await logged(scenario);
  for (let request = 0; request < 10 && last()?.refusedBy == null; request += 1) {
    await requestToken(sandbox, sandbox.client.id, sandbox.client.secret);
  }
  expect(last()).toMatchObject({ method: "POST", target: "/oauth/token", refusedBy: { layer, code } });
});

test("the sandbox's log contains no secret from a path, a query or a header", async () => {
  const { sandbox, log } = await logged("healthy");
  const { id, secret } = sandbox.client;
  const token = (await requestToken(sandbox, id, secret)).text("access_token");
  await call(sandbox, `GET /api/v2/routing/queues?pageSize=25&access_token=${token}&name=Ada`, { token });
  await call(sandbox, `GET /api/v2/${token}`, { token });
  await call(sandbox, "GET /oauth/authorize?client_id=1&state=s3cret&code_challenge=hash");

  expect(log.map(({ target }) => target)).toEqual([
    "/oauth/token",
    "/api/v2/routing/queues?pageSize=25&access_token=[secret]&name=…",
    "/api/v2/[secret]",
    "/oauth/authorize?client_id=1&state=…&code_challenge=…",
  ]);
  expect(JSON.stringify(log)).not.toContain(token);
});

test("the sandbox's log names a simulated fault, and no status when there was no response", async () => {
  const { sandbox, last } = await logged("healthy");
  await act(sandbox, "fault.add", { kind: "reset", path: "/api/v2/users" });
  await call(sandbox, "GET /api/v2/users").catch(() => undefined);
  expect(last()).toMatchObject({ target: "/api/v2/users", status: null, fault: "reset" });
  await act(sandbox, "fault.add", { kind: "status", status: 503, path: "/api/v2/users" });
  await call(sandbox, "GET /api/v2/users");
  expect(last()).toMatchObject({ status: 503, fault: "status", refusedBy: null });
});
