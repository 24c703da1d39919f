import { describe, expect, test } from "vitest";
import { act } from "./client.ts";
import { dataSandbox, daysOf, readPages, runJob } from "./data.ts";

const QUERY = "POST /api/v2/analytics/users/details/query";
const AGGREGATES = "POST /api/v2/analytics/users/aggregates/query";
const JOBS = "/api/v2/analytics/users/details/jobs";
const WEEK = daysOf("2026-09-24", "2026-09-30");

interface Detail {
  readonly userId: string;
  readonly primaryPresence: readonly { startTime: string; endTime?: string; systemPresence: string }[];
}

async function allPages(ask: (page: number) => Promise<readonly Detail[]>): Promise<readonly Detail[]> {
  const users: Detail[] = [];
  for (let page = 1; ; page += 1) {
    const found = await ask(page);
    if (found.length === 0) return users;
    users.push(...found);
  }
}

describe("the sandbox's user details", () => {
  test("are returned in pages that may be short, until an empty page", async () => {
    const { ask } = await dataSandbox();
    const sizes: number[] = [];
    const users = await allPages(async (pageNumber) => {
      const reply = await ask(QUERY, { interval: WEEK, paging: { pageSize: 99, pageNumber } });
      const found = (reply.at("userDetails") ?? []) as readonly Detail[];
      sizes.push(found.length);
      return found;
    });
    expect(Math.max(...sizes)).toBe(50);
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(260);
    expect(users.length).toBeGreaterThan(260);
  });

  test("have whole periods that overlap the interval, and the last period is open while it lasts", async () => {
    const { ask } = await dataSandbox();
    const interval = "2026-09-30T12:00:00.000Z/2026-10-01T00:00:00.000Z";
    const reply = await ask(QUERY, { interval });
    const { primaryPresence } = (reply.at("userDetails.0") ?? {}) as Detail;
    const [first] = primaryPresence;
    expect(first?.startTime.slice(0, 13)).toMatch(/^2026-09-30T(0|1)/);
    expect(first !== undefined && first.startTime < "2026-09-30T12").toBe(true);
    expect(primaryPresence.at(-1)).toEqual({
      organizationPresenceId: "offline",
      startTime: expect.stringMatching(/^2026-09-30T1/),
      systemPresence: "OFFLINE",
    });
  });

  test("accept filters, and at most 7 days without a filter", async () => {
    const { ask } = await dataSandbox();
    const all = await ask(QUERY, { interval: WEEK, paging: { pageSize: 10, pageNumber: 1 } });
    const wanted = all.at("userDetails.3.userId");
    const month = daysOf("2026-09-01", "2026-09-30");
    expect((await ask(QUERY, { interval: month })).status).toBe(400);
    const one = await ask(QUERY, {
      interval: month,
      userFilters: [{ type: "or", predicates: [{ dimension: "userId", value: wanted }] }],
      presenceFilters: [{ type: "or", predicates: [{ dimension: "systemPresence", value: "MEAL" }] }],
    });
    expect(one.each("userDetails", "userId")).toEqual([wanted]);
    expect(new Set(one.each("userDetails.0.primaryPresence", "systemPresence"))).toEqual(new Set(["MEAL"]));
  });

  test("by job have one row per user, up to the watermark", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "settings.patch", { settings: { watermark: "2026-09-30T10:00:00.000Z" } });
    const pages = await readPages(data, await runJob(data, { interval: WEEK }, JOBS), 100, JOBS);
    expect(pages.map((page) => (page.at("userDetails") as unknown[]).length)).toEqual([100, 100, 60]);
    const users = pages.flatMap((page) => page.at("userDetails") as readonly Detail[]);
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(260);
    const starts = users.flatMap(({ primaryPresence }) => primaryPresence.map(({ startTime }) => startTime));
    expect(starts.toSorted().at(-1)?.slice(0, 13)).toBe("2026-09-30T09");
    expect((await data.ask(`GET ${JOBS}/availability`)).at("dataAvailabilityDate")).toBe(
      "2026-09-30T10:00:00.000Z",
    );
    // A job of one family is unknown under the path of another family.
    const other = "/api/v2/analytics/conversations/details/jobs";
    const id = await runJob(data, { interval: WEEK }, JOBS);
    expect((await data.ask(`GET ${other}/${id}`)).status).toBe(404);
  });
});

describe("the sandbox's user aggregates", () => {
  test("add up to the length of the interval, by state and bucket", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "conversations.advance", { seconds: 86_400 });
    const reply = await data.ask(AGGREGATES, {
      interval: daysOf("2026-09-28", "2026-09-29"),
      granularity: "P1D",
      metrics: ["tSystemPresence"],
    });
    expect(reply.at("results.0.group")).toEqual({ userId: expect.any(String) });
    expect(reply.each("results.0.data", "interval")).toEqual([
      "2026-09-28T00:00:00.000Z/2026-09-29T00:00:00.000Z",
      "2026-09-29T00:00:00.000Z/2026-09-30T00:00:00.000Z",
    ]);
    const sums = reply.each("results.0.data.0.metrics", "stats.sum").map(Number);
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(86_400_000);
    expect(reply.each("results.0.data.0.metrics", "qualifier")).toContain("ON_QUEUE");
    expect(reply.at("systemToOrganizationMappings.OFFLINE")).toEqual(["offline"]);
  });

  test("accept at most a hundred user ids, and their own metrics", async () => {
    const { ask } = await dataSandbox();
    const filter = (count: number) => ({
      type: "or",
      predicates: Array.from({ length: count }, (_, index) => ({ dimension: "userId", value: `${index}` })),
    });
    const body = { interval: WEEK, metrics: ["tAgentRoutingStatus"] };
    expect((await ask(AGGREGATES, { ...body, filter: filter(100) })).status).toBe(200);
    expect((await ask(AGGREGATES, { ...body, filter: filter(101) })).status).toBe(400);
    expect((await ask(AGGREGATES, { ...body, metrics: ["tTalk"] })).at("code")).toBe("invalid.property");
    expect((await ask(AGGREGATES, { ...body, groupBy: ["queueId"] })).at("code")).toBe("invalid.property");
  });
});
