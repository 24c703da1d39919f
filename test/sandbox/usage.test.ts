import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, type Reply, sandboxFor } from "./client.ts";

const DAY_MS = 86_400_000;
/** All of September; both ends are inclusive. */
const SEPTEMBER = "2026-09-01T00:00:00.000Z/2026-09-30T23:59:59.999Z";
const JOBS = "/api/v2/usage/aggregates/query/jobs";
const QUEUES = "GET /api/v2/routing/queues";

async function usageSandbox(settings: object = {}): Promise<{
  readonly sandbox: Sandbox;
  readonly clock: FakeClock;
  readonly clientId: string;
  readonly ask: (operation: string, body?: unknown) => Promise<Reply>;
}> {
  const clock = new FakeClock();
  const sandbox = await sandboxFor({}, clock);
  const { token } = await clientHolding(sandbox, ["oauth:client:view", "usage:organization:view"]);
  await act(sandbox, "settings.patch", { settings: { jobPolls: 0, ...settings } });
  const client = await act(sandbox, "client.upsert", { name: "Busy client" });
  return {
    sandbox,
    clock,
    clientId: client.text("id"),
    ask: (operation, body) => call(sandbox, operation, { token, ...(body === undefined ? {} : { body }) }),
  };
}

const record = (sandbox: Sandbox, fields: object) =>
  act(sandbox, "usage.record", { client: "Busy client", operation: QUEUES, ...fields });

async function rowsOf(ask: (operation: string, body?: unknown) => Promise<Reply>, body: object) {
  const { id } = (await ask(`POST ${JOBS}`, body)).value as { id: string };
  const reply = await ask(`GET ${JOBS}/${id}`);
  expect(reply.at("queryStatus")).toBe("Succeeded");
  return reply.at("entities") as Record<string, unknown>[];
}

describe("the sandbox's API usage by job", () => {
  test("is summed per group and granularity", async () => {
    const { sandbox, ask, clientId } = await usageSandbox();
    await record(sandbox, { count: 3, days: 2 });
    await record(sandbox, { status: 403, count: 2 });
    await record(sandbox, { status: 429, count: 1 });
    await record(sandbox, { operation: "POST /api/v2/routing/queues", status: 503, count: 5 });
    const groupBy = ["OauthClientId", "HttpMethod", "TemplateUri"];
    expect(await rowsOf(ask, { interval: SEPTEMBER, granularity: "Month", groupBy })).toEqual([
      {
        date: "2026-09-01",
        oauthClient: { id: clientId, name: "Busy client" },
        httpMethod: "GET",
        templateUri: "/api/v2/routing/queues",
        ...{ requestCount: 9, status200: 6, status300: 0, status400: 3, status429: 1, status500: 0 },
      },
      {
        date: "2026-09-01",
        oauthClient: { id: clientId, name: "Busy client" },
        httpMethod: "POST",
        templateUri: "/api/v2/routing/queues",
        ...{ requestCount: 5, status200: 0, status300: 0, status400: 0, status429: 0, status500: 5 },
      },
    ]);
    const byDay = { interval: SEPTEMBER, granularity: "Day", groupBy: ["HttpMethod"], metrics: ["Requests"] };
    expect(await rowsOf(ask, { ...byDay, httpMethods: ["GET"] })).toEqual([
      { date: "2026-09-29", httpMethod: "GET", requestCount: 3 },
      { date: "2026-09-30", httpMethod: "GET", requestCount: 6 },
    ]);
    expect(await rowsOf(ask, { ...byDay, oauthClientIds: ["another"] })).toEqual([]);
  });

  test("is read page by page, each row once", async () => {
    const { sandbox, ask } = await usageSandbox();
    await record(sandbox, { days: 30 });
    const body = { interval: SEPTEMBER, granularity: "Day", groupBy: ["TemplateUri"] };
    const { id } = (await ask(`POST ${JOBS}`, body)).value as { id: string };
    const dates: unknown[] = [];
    let next: unknown = `${JOBS}/${id}?pageSize=7`;
    while (next !== undefined) {
      const page = await ask(`GET ${String(next)}`);
      dates.push(...page.each("entities", "date"));
      next = page.at("nextUri");
    }
    expect(dates).toHaveLength(30);
    expect(new Set(dates).size).toBe(30);
    expect((await ask(`GET ${JOBS}/${id}?pageSize=1001`)).status).toBe(400);
  });

  test.each([
    ["more than 90 days", { interval: "2026-06-01T00:00:00Z/2026-09-30T00:00:00Z" }, "query.too.long"],
    ["a year ago", { interval: "2025-06-01T00:00:00Z/2025-06-02T00:00:00Z" }, "bad.request"],
    ["an unknown dimension", { interval: SEPTEMBER, groupBy: ["Weather"] }, "bad.request"],
    ["an unknown granularity", { interval: SEPTEMBER, granularity: "Hour" }, "bad.request"],
  ])("is refused for %s", async (_name, body, code) => {
    const { ask } = await usageSandbox();
    const reply = await ask(`POST ${JOBS}`, body);
    expect([reply.status, reply.at("code")]).toEqual([400, code]);
  });

  test("counts real calls, but only when their day is over and the delay has passed", async () => {
    const { sandbox, clock, ask } = await usageSandbox({ usageDelaySeconds: 3_600 });
    const { token } = await clientHolding(sandbox, ["routing:queue:view"]);
    await call(sandbox, QUEUES, { token });
    await call(sandbox, "GET /api/v2/routing/skills", { token });
    const body = {
      interval: "2026-10-01T00:00:00Z/2026-10-01T23:59:59Z",
      groupBy: ["TemplateUri"],
      templateUris: ["/api/v2/routing/queues", "/api/v2/routing/skills"],
    };
    expect(await rowsOf(ask, body)).toEqual([]);
    clock.advance(DAY_MS - 1_000);
    const later = await clientHolding(sandbox, ["usage:organization:view"]);
    const asLater = (operation: string, given?: unknown) =>
      call(sandbox, operation, { token: later.token, ...(given === undefined ? {} : { body: given }) });
    clock.advance(3_600_000);
    expect(await rowsOf(asLater, body)).toEqual([]);
    clock.advance(1_000);
    expect(
      (await rowsOf(asLater, body)).map((row) => [row["templateUri"], row["status200"], row["status400"]]),
    ).toEqual([
      ["/api/v2/routing/queues", 1, 0],
      ["/api/v2/routing/skills", 1, 0],
    ]);
  });

  test("omits missing days and the platform's own apps", async () => {
    const { sandbox, ask } = await usageSandbox({ usageMissingDays: ["2026-09-29"] });
    await record(sandbox, { days: 3 });
    const { id } = (await act(sandbox, "client.upsert", { name: "Embedded", isInterface: true })).value as {
      id: string;
    };
    const minted = await act(sandbox, "token.mint", { client: id });
    await call(sandbox, "GET /api/v2/tokens/me", { token: minted.text("access_token") });
    const counted = (await call(sandbox, "GET /sandbox/truth/usage")).each("counts", "clientId");
    expect(counted).not.toContain(id);
    expect(
      (await rowsOf(ask, { interval: SEPTEMBER, groupBy: ["HttpMethod"] })).map(({ date }) => date),
    ).toEqual(["2026-09-28", "2026-09-30"]);
  });
});

describe("the sandbox's older usage queries", () => {
  test("accept only callers that may view usage, are polled, and truncate a long result", async () => {
    const { sandbox, ask } = await usageSandbox({ jobPolls: 1, usageMostRows: 2 });
    await record(sandbox, { days: 3 });
    const { executionId } = (
      await ask("POST /api/v2/usage/query", { interval: SEPTEMBER, groupBy: ["HttpMethod"] })
    ).value as { executionId: string };
    const path = `GET /api/v2/usage/query/${executionId}/results`;
    expect((await ask(path)).at("queryStatus")).toBe("Running");
    const done = await ask(path);
    expect([
      done.at("queryStatus"),
      done.each("results", "requests").length,
      done.at("cursors.after"),
    ]).toEqual(["Complete", 2, "2"]);
    const other = await clientHolding(sandbox, ["oauth:client:view"]);
    expect((await call(sandbox, path, { token: other.token })).status).toBe(404);
    expect((await call(sandbox, `POST ${JOBS}`, { token: other.token, body: {} })).status).toBe(403);
  });

  test("include the operations, for one client or by search", async () => {
    const { sandbox, ask, clientId } = await usageSandbox({ usageTemplates: "other-names" });
    await record(sandbox, { operation: "GET /api/v2/routing/queues/{queueId}", count: 4 });
    const one = (await ask(`POST /api/v2/oauth/clients/${clientId}/usage/query`, { interval: SEPTEMBER }))
      .value as { resultsUri: string };
    expect((await ask(`GET ${one.resultsUri}`)).each("results", "templateUri")).toEqual([
      "/api/v2/routing/queues/{id}",
    ]);
    const summary = (await ask(`GET /api/v2/oauth/clients/${clientId}/usage/summary?days=7`)).value as {
      resultsUri: string;
    };
    expect((await ask(`GET ${summary.resultsUri}`)).each("results", "requests")).toEqual([4]);
    const search = (
      await ask("POST /api/v2/usage/simplesearch", { interval: SEPTEMBER, oauthClientNames: ["Busy client"] })
    ).value as { resultsUri: string };
    expect((await ask(`GET ${search.resultsUri}`)).each("results", "clientName")).toEqual(["Busy client"]);
  });
});

test("the scenario `clients` lists its clients without secrets, and counts the calls of an app that is not listed", async () => {
  const sandbox = await sandboxFor({ scenario: "clients" }, systemClock);
  const minted = await act(sandbox, "token.mint", { client: sandbox.client.id });
  const token = minted.text("access_token");
  const listed = await call(sandbox, "GET /api/v2/oauth/clients", { token });
  const ids = new Set(listed.each("entities", "id"));
  expect(ids.size).toBeGreaterThanOrEqual(15);
  expect(listed.raw).not.toContain("secret");
  const counts = (await call(sandbox, "GET /sandbox/truth/usage")).each("counts", "clientId");
  expect(new Set(counts.filter((id) => !ids.has(id))).size).toBe(1);
});
