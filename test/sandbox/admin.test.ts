import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, sandboxFor } from "./client.ts";

describe("the sandbox's admin actions", () => {
  test("run in order and return their results in order", async () => {
    const sandbox = await sandboxFor();
    const reply = await call(sandbox, "POST /sandbox/actions", {
      body: {
        actions: [
          { action: "role.grant", subject: "Agent 1", role: "Supervisor", division: "Sales" },
          { action: "role.revoke", subject: "Agent 1", role: "Supervisor", division: "Sales" },
          { action: "role.revoke", subject: "Agent 1", role: "Supervisor", division: "Sales" },
        ],
      },
    });
    expect([reply.at("1.wasHeld"), reply.at("2.wasHeld")]).toEqual([true, false]);
  });

  test("are listed one per line, after a command that calls one", async () => {
    const sandbox = await sandboxFor();
    const reply = await call(sandbox, "GET /sandbox/actions");
    const lines = reply.raw.split("\n").filter((line) => line.includes('"name":'));
    expect(lines).toHaveLength(reply.each("actions", "name").length);
    const [, body = ""] = /-d '(.+)'$/.exec(String(reply.at("call"))) ?? [];
    const done = await call(sandbox, "POST /sandbox/actions", { body: JSON.parse(body) });
    expect(done.status).toBe(200);
  });

  test.each([
    [{ action: "nonsense" }, "there is no action `nonsense`"],
    [{ action: "toString" }, "there is no action `toString`"],
    [{ action: "role.grant", subject: "Agent 1", role: "Nobody" }, "there is no role `Nobody`"],
    [{ action: "role.grant", role: "Supervisor" }, "`subject` is missing"],
    [
      { action: "client.update", client: "Reporting service", state: "asleep" },
      "`state` must be one of active, inactive, disabled",
    ],
    [{ action: "settings.patch", settings: { nonsense: 1 } }, "there is no setting `nonsense`"],
    [
      { action: "settings.patch", settings: { enforceScopes: "yes" } },
      "the setting `enforceScopes` must be a boolean",
    ],
    ["not JSON", "the body is not JSON"],
  ])("refuse %j with a message", async (body, message) => {
    const sandbox = await sandboxFor();
    const reply = await call(sandbox, "POST /sandbox/actions", { body });
    expect(reply.status).toBe(400);
    expect(reply.at("message")).toContain(message);
  });

  test("are documented by the sandbox itself", async () => {
    const sandbox = await sandboxFor();
    const reply = await call(sandbox, "GET /sandbox/actions");
    expect(reply.each("actions", "name")).toContain("role.grant");
  });

  test("can revoke and expire a token and let it go idle", async () => {
    const sandbox = await sandboxFor();
    await act(sandbox, "settings.patch", { settings: { idleTimeout: { enabled: true, seconds: 600 } } });
    const outcomes: unknown[] = [];
    for (const [action, fields] of [
      ["token.revoke", {}],
      ["token.expire", {}],
      ["token.idle", { seconds: 600 }],
    ] as const) {
      const { token } = await clientHolding(sandbox, []);
      await act(sandbox, action, { token, ...fields });
      outcomes.push((await call(sandbox, "GET /api/v2/tokens/me", { token })).at("code"));
    }
    expect(outcomes).toEqual(["bad.credentials", "credentials.expired", "bad.credentials"]);
  });
});

describe("the sandbox's admin endpoint", () => {
  test("shows the state and the requests without their credentials", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await call(sandbox, "GET /api/v2/routing/queues?pageSize=5", { token, headers: { "X-Test": "seen" } });
    const state = await call(sandbox, "GET /sandbox/state");
    expect(state.each("organizations", "name")).toEqual(["Example Contact Center"]);
    expect(state.at("operationCount")).toBe(3315);
    const seen = await call(sandbox, "GET /sandbox/requests");
    expect(seen.at("requests.0")).toMatchObject({
      method: "GET",
      path: "/api/v2/routing/queues?pageSize=5",
      status: 403,
      headers: { authorization: "[secret]", "x-test": "seen" },
    });
    expect(seen.raw).not.toContain(token);
  });

  test("restarts the sandbox, with the same scenario or another", async () => {
    const sandbox = await sandboxFor();
    await act(sandbox, "division.upsert", { name: "Temporary" });
    expect((await call(sandbox, "GET /sandbox/state")).each("organizations.0.divisions", "name")).toContain(
      "Temporary",
    );
    const reply = await call(sandbox, "POST /sandbox/reset", { body: { scenario: "division" } });
    expect(reply.at("client.name")).toBe("Queue service");
    expect((await call(sandbox, "GET /sandbox/state")).each("organizations.0.divisions", "name")).toEqual([
      "Home",
      "Sales",
      "Support",
    ]);
    expect((await call(sandbox, "POST /sandbox/reset", { body: { scenario: "nonsense" } })).status).toBe(400);
  });

  test("refuses a request whose Host header names another host, as a web page could send", async () => {
    const sandbox = await sandboxFor();
    const status = await new Promise((resolve, reject) => {
      request(`${sandbox.url}/sandbox/state`, { headers: { Host: "attacker.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe("the sandbox's faults", () => {
  test("affect the requests that they match, as often as configured", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "fault.add", {
      path: "/api/v2/tokens",
      times: 2,
      status: 502,
      code: "bad.gateway",
      message: "later",
      retryAfterSeconds: 7,
    });
    const first = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect([first.status, first.at("code"), first.at("message"), first.headers.get("retry-after")]).toEqual([
      502,
      "bad.gateway",
      "later",
      "7",
    ]);
    expect((await call(sandbox, "GET /api/v2/organizations/me", { token })).status).toBe(200);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(502);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
  });

  test.each([
    ["html", 503, "text/html", "<html>"],
    ["malformed", 200, "application/json", '{"id": "1", "name": '],
    ["empty", 200, null, ""],
  ])("%s", async (kind, status, type, start) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "fault.add", { kind });
    const reply = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect([reply.status, reply.headers.get("content-type")]).toEqual([status, type]);
    expect(reply.raw.slice(0, start.length)).toBe(start);
    expect(reply.raw === "").toBe(kind === "empty");
  });

  test.each(["truncated", "reset"])("of kind %s break the connection", async (kind) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "fault.add", { kind, path: "/api/" });
    await expect(call(sandbox, "GET /api/v2/tokens/me", { token })).rejects.toThrow(
      /terminated|fetch failed/,
    );
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
  });

  test("of kind gigantic send at least the requested number of bytes, as valid JSON", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "fault.add", { kind: "gigantic", bytes: 5_000_000 });
    const reply = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect(reply.raw.length).toBeGreaterThan(5_000_000);
    // A regular expression over such a long string can overflow the stack.
    expect(new Set(reply.text("id"))).toEqual(new Set(["x"]));
  });

  test("of kind slow wait according to the sandbox's clock", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "fault.add", { kind: "slow", delayMs: 12_345 });
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
    expect(clock.sleeps).toEqual([12_345]);
  });
});
