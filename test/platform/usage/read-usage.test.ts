import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { readUsage } from "../../../src/platform/usage/read-usage.ts";
import { USAGE_QUERIES, type UsageQuestion } from "../../../src/platform/usage/usage-query.ts";
import { packagedDefinition } from "../../../src/sandbox/server.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { type InProcessSandbox, inProcessSandbox } from "../../support/in-process-sandbox.ts";

const definition = packagedDefinition();
const QUESTION: UsageQuestion = {
  firstDay: "2026-09-01",
  lastDay: "2026-09-30",
  granularity: "Day",
  groupBy: ["client", "method", "path"],
  clientId: null,
};

function usageSandbox(permissions: readonly string[]): InProcessSandbox & { readonly token: string } {
  const sandbox = inProcessSandbox(definition);
  sandbox.act("client.upsert", { name: "Reader" });
  sandbox.act("role.upsert", { name: "Reader", permissions });
  sandbox.act("role.grant", { subject: "Reader", role: "Reader", division: "*" });
  const operation = "GET /api/v2/routing/queues";
  sandbox.act("usage.record", { client: "Reporting service", operation, count: 4, days: 30 });
  return { ...sandbox, token: sandbox.mint("Reader") };
}

test.each(USAGE_QUERIES.flatMap(({ start, result }) => [["POST", start] as const, ["GET", result] as const]))(
  "the read of API usage by %s %o declares the permissions and scopes in the catalog",
  (method, read) => {
    const operation = loadCatalogue().find(method, read.path);
    expect(operation?.path).toBe(read.path);
    expect([...(operation?.permissions ?? [])].toSorted()).toEqual([...read.permissions].toSorted());
    expect([...(operation?.scopes ?? [])].toSorted()).toEqual([...read.scopes].toSorted());
  },
);

describe("reading API usage", () => {
  test.each([
    ["a job", ["usage:organization:view"]],
    ["the older query", ["oauth:client:view"]],
  ])("waits for %s and reads every row", async (_name, permissions) => {
    const { api, clock, token, world } = usageSandbox(permissions);
    world.settings = { ...world.settings, jobPolls: 3 };
    const reading = await readUsage(api(token), { clock }, QUESTION);
    expect(reading.isRead && reading.value.rows.length).toBe(30);
    expect(reading.isRead && reading.value.rows[0]).toMatchObject({
      day: "2026-09-01",
      clientName: "Reporting service",
      method: "GET",
      path: "/api/v2/routing/queues",
      requests: 4,
      succeeded: 4,
    });
    expect(clock.sleeps).toEqual([1_000, 1_500, 2_250]);
  });

  test("for one client needs only the permission to read a single client", async () => {
    const { api, clock, token, world } = usageSandbox(["usage:client:view"]);
    const [clientId = ""] = [...world.usage.values()].map((count) => count.clientId);
    const reading = await readUsage(api(token), { clock }, { ...QUESTION, clientId });
    expect(reading.isRead && reading.value.rows.length).toBe(30);
  });

  test.each([
    ["reads it in parts", 7, [30, false]],
    ["reports it as truncated when one day is too much", 0, [0, true]],
  ])(
    "with the older query, when the service truncates its result, %s",
    async (_name, usageMostRows, expected) => {
      const { api, clock, token, world } = usageSandbox(["oauth:client:view"]);
      world.settings = { ...world.settings, usageMostRows };
      const reading = await readUsage(api(token), { clock }, QUESTION);
      expect(reading.isRead && [reading.value.rows.length, reading.value.isCut]).toEqual(expected);
    },
  );

  test("splits a query until each result is small enough", async () => {
    const { api, clock, token, world } = usageSandbox(["usage:organization:view"]);
    world.settings = { ...world.settings, usageMostJobRows: 8 };
    const reading = await readUsage(api(token), { clock }, QUESTION);
    expect(reading.isRead && [reading.value.rows.length, reading.value.isCut]).toEqual([30, false]);
    // First 30 days, then 15 and 15, then four times 7 or 8.
    expect(reading.calls.filter(({ method }) => method === "POST").length).toBe(7);
  });

  test("names the permissions that would allow it", async () => {
    const { api, clock, token } = usageSandbox(["routing:queue:view"]);
    const reading = await readUsage(api(token), { clock }, QUESTION);
    expect(reading.isRead ? null : [reading.status, reading.read.permissions]).toEqual([
      403,
      ["oauth:client:view", "usage:organization:view"],
    ]);
  });

  test("stops waiting for a usage query that never ends", async () => {
    const { api, clock, token, world } = usageSandbox(["usage:organization:view"]);
    world.settings = { ...world.settings, jobPolls: 1_000_000 };
    const reading = await readUsage(api(token), { clock }, QUESTION);
    expect(reading.isRead ? null : reading.reason).toContain("no result, because the query does not end");
  });

  test.each<[string, object]>([
    ["a number in place of the state", { queryStatus: 7 }],
    ["an object in place of the state", { queryStatus: { a: 1 } }],
    ["no state", {}],
    ["null in place of the rows", { queryStatus: "Succeeded", entities: null }],
    ["an object in place of the rows", { queryStatus: "Succeeded", entities: {} }],
    ["a number in place of the next page", { queryStatus: "Succeeded", entities: [], nextUri: 7 }],
    [
      "no address in place of the next page",
      { queryStatus: "Succeeded", entities: [], nextUri: "http://[::bad" },
    ],
    ["a repeated next page", { queryStatus: "Succeeded", entities: [], nextUri: "/x?after=1" }],
  ])(
    "fails after a few requests at %s, because missing rows would look like unused permissions",
    async (_what, answer) => {
      const body = (fields: object) => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      });
      const { api, sent } = apiOfSteps(body({ id: "q" }), ...Array.from({ length: 9 }, () => body(answer)));
      const reading = await readUsage(api, { clock: new FakeClock() }, QUESTION);
      expect([reading.isRead, sent.length < 5]).toEqual([false, true]);
    },
  );

  test("stops waiting when it is interrupted", async () => {
    const { api, clock, token, world } = usageSandbox(["usage:organization:view"]);
    world.settings = { ...world.settings, jobPolls: 1 };
    await expect(readUsage(api(token), { clock, signal: AbortSignal.abort() }, QUESTION)).rejects.toThrow();
  });
});
