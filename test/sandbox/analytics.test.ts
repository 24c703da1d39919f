import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { call, clientHolding, type Reply, sandboxFor } from "./client.ts";

const WEEK = "2026-09-24T00:00:00.000Z/2026-10-01T00:00:00.000Z";
const READ = ["analytics:conversationDetail:view"];

async function query(sandbox: Sandbox, token: string, body: unknown): Promise<Reply> {
  return call(sandbox, "POST /api/v2/analytics/conversations/details/query", { token, body });
}

async function start(division = "*"): Promise<{ readonly sandbox: Sandbox; readonly token: string }> {
  const sandbox = await sandboxFor({}, new FakeClock());
  const { token } = await clientHolding(sandbox, [...READ, "analytics:conversationAggregate:view"], division);
  return { sandbox, token };
}

describe("the conversation detail query", () => {
  test("pages through every conversation once, in the order in which they start", async () => {
    const { sandbox, token } = await start();
    const ids: unknown[] = [];
    const starts: unknown[] = [];
    for (const pageNumber of [1, 2, 3, 4]) {
      const reply = await query(sandbox, token, { interval: WEEK, paging: { pageSize: 100, pageNumber } });
      if (reply.at("conversations") === undefined) break;
      ids.push(...reply.each("conversations", "conversationId"));
      starts.push(...reply.each("conversations", "conversationStart"));
    }
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    expect(starts).toEqual([...starts].sort());
  });

  test("shows only the caller's divisions", async () => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const counts: unknown[] = [];
    for (const division of ["Home", "Sales", "Support", "*"]) {
      const { token } = await clientHolding(sandbox, READ, division);
      counts.push((await query(sandbox, token, { interval: WEEK })).at("totalHits"));
    }
    const [home, sales, support, all] = counts.map(Number);
    expect(all).toBe(300);
    expect((home ?? 0) + (sales ?? 0) + (support ?? 0)).toBe(300);
    expect(Math.min(home ?? 0, sales ?? 0, support ?? 0)).toBeGreaterThan(20);
  });

  test("omits conversations that ended before the interval or began on an earlier day", async () => {
    const { sandbox, token } = await start();
    const first = await query(sandbox, token, { interval: WEEK });
    const id = first.at("conversations.0.conversationId");
    const endMs = Date.parse(first.text("conversations.0.conversationEnd"));
    const from = async (startMs: number, until: string) => {
      const interval = `${new Date(startMs).toISOString()}/${until}`;
      const reply = await query(sandbox, token, { interval, paging: { pageSize: 100, pageNumber: 1 } });
      return reply.at("totalHits") === 0 ? [] : reply.each("conversations", "conversationId");
    };
    expect(await from(endMs, "2026-09-25T00:00:00.000Z")).toContain(id);
    expect(await from(endMs + 1, "2026-09-25T00:00:00.000Z")).not.toContain(id);
    // A conversation that spans midnight appears on the day it began and not on the next.
    const finished = await Promise.all(
      [1, 2, 3].map((pageNumber) =>
        query(sandbox, token, { interval: WEEK, paging: { pageSize: 100, pageNumber } }),
      ),
    );
    const crossing = finished
      .flatMap(
        (reply) =>
          reply.at("conversations") as {
            conversationId: string;
            conversationStart: string;
            conversationEnd?: string;
          }[],
      )
      .find(
        (each) =>
          each.conversationEnd !== undefined &&
          each.conversationEnd.slice(0, 10) > each.conversationStart.slice(0, 10),
      );
    const midnight = `${crossing?.conversationEnd?.slice(0, 10)}T00:00:00.000Z`;
    const midnightMs = Date.parse(midnight);
    const hourLater = new Date(midnightMs + 3_600_000).toISOString();
    expect(await from(midnightMs - 60_000, hourLater)).toContain(crossing?.conversationId);
    expect(await from(midnightMs, hourLater)).not.toContain(crossing?.conversationId);
  });

  test("has no list of conversations when nothing is found", async () => {
    const { sandbox, token } = await start();
    const reply = await query(sandbox, token, { interval: "2026-01-01T00:00Z/2026-01-02T00:00Z" });
    expect(reply.value).toEqual({ totalHits: 0 });
  });

  test("returns the conversations that every filter matches", async () => {
    const { sandbox, token } = await start();
    const filtered = async (filters: object) =>
      Number((await query(sandbox, token, { interval: WEEK, ...filters })).at("totalHits"));
    const media = (value: string) => ({
      segmentFilters: [{ type: "or", predicates: [{ dimension: "mediaType", value }] }],
    });
    const finished = {
      conversationFilters: [
        { type: "and", predicates: [{ dimension: "conversationEnd", operator: "exists" }] },
      ],
    };
    expect((await filtered(media("voice"))) + (await filtered(media("message")))).toBe(300);
    expect(await filtered(media("email"))).toBe(0);
    expect(await filtered(finished)).toBe(297);
  });

  test.each([
    ["no interval", {}, "400 bad.request", "does not exceed 7 days"],
    ["a malformed interval", { interval: "yesterday" }, "400 invalid.date", "ISO-8601"],
    [
      "an interval that ends before it starts",
      { interval: "2026-09-30T00:00Z/2026-09-29T00:00Z" },
      "400 invalid.date",
      "ISO-8601",
    ],
    [
      "an interval of 8 days",
      { interval: "2026-09-20T00:00Z/2026-09-28T00:00Z" },
      "400 bad.request",
      "does not exceed 7 days",
    ],
    [
      "an interval of 32 days with a filter",
      {
        interval: "2026-08-01T00:00Z/2026-09-02T00:00Z",
        conversationFilters: [
          { type: "and", predicates: [{ dimension: "originatingDirection", value: "inbound" }] },
        ],
      },
      "400 bad.request",
      "does not exceed 31 days",
    ],
    [
      "a page size that is too large",
      { interval: WEEK, paging: { pageSize: 101, pageNumber: 1 } },
      "400 bad.request",
      "pageSize",
    ],
    [
      "a page after the last",
      { interval: WEEK, paging: { pageSize: 100, pageNumber: 1001 } },
      "400 bad.request",
      "100000 results",
    ],
    [
      "an unknown dimension",
      {
        interval: WEEK,
        segmentFilters: [{ type: "and", predicates: [{ dimension: "toString", value: "x" }] }],
      },
      "400 invalid.property",
      "toString",
    ],
  ])("refuses %s", async (_name, body, expected, words) => {
    const { sandbox, token } = await start();
    const reply = await query(sandbox, token, body);
    expect(`${reply.status} ${reply.at("code")}`).toBe(expected);
    expect(reply.at("message")).toContain(words);
  });

  test("refuses a body that is not JSON", async () => {
    const { sandbox, token } = await start();
    expect((await query(sandbox, token, "{oops")).at("code")).toBe("bad.request");
  });

  test("has the same result for the same seed, and another for another seed", async () => {
    const first: unknown[] = [];
    for (const seed of [7, 7, 8]) {
      const sandbox = await sandboxFor({ seed }, new FakeClock());
      const { token } = await clientHolding(sandbox, READ);
      first.push((await query(sandbox, token, { interval: WEEK })).at("conversations.0.conversationId"));
    }
    expect(first[0]).toBe(first[1]);
    expect(first[2]).not.toBe(first[0]);
  });
});

describe("a conversation of the sandbox", () => {
  test("has segments that agree with its metrics, and an end unless it is open", async () => {
    const { sandbox, token } = await start();
    const reply = await query(sandbox, token, { interval: WEEK });
    expect(reply.each("conversations.0.participants", "purpose")).toEqual([
      "customer",
      "ivr",
      "acd",
      "agent",
    ]);
    const agent = "conversations.0.participants.3.sessions.0";
    expect(reply.each(`${agent}.segments`, "segmentType")).toEqual(["alert", "interact", "wrapup"]);
    expect(reply.each(`${agent}.metrics`, "name")).toEqual([
      "tAlert",
      "tAnswered",
      "tTalk",
      "tTalkComplete",
      "tAcw",
      "tHandle",
    ]);
    const spoke =
      Date.parse(reply.text(`${agent}.segments.1.segmentEnd`)) -
      Date.parse(reply.text(`${agent}.segments.1.segmentStart`));
    expect(reply.at(`${agent}.metrics.2.value`)).toBe(spoke);
    expect(reply.at("conversations.0.conversationEnd")).toBe(reply.at(`${agent}.segments.2.segmentEnd`));
    const last = await query(sandbox, token, {
      interval: WEEK,
      order: "desc",
      paging: { pageSize: 1, pageNumber: 1 },
    });
    expect(last.at("conversations.0.conversationEnd")).toBe(undefined);
  });

  test("of another division is not found by its id", async () => {
    const { sandbox, token } = await start("Sales");
    const support = await clientHolding(sandbox, READ, "Support");
    const id = (await query(sandbox, support.token, { interval: WEEK })).text(
      "conversations.0.conversationId",
    );
    const operation = `GET /api/v2/analytics/conversations/${id}/details`;
    expect((await call(sandbox, operation, { token: support.token })).at("conversationId")).toBe(id);
    expect((await call(sandbox, operation, { token })).status).toBe(404);
  });
});

describe("the conversation aggregates query", () => {
  test("adds up the details of the conversations", async () => {
    const { sandbox, token } = await start();
    const reply = await call(sandbox, "POST /api/v2/analytics/conversations/aggregates/query", {
      token,
      body: { interval: WEEK, groupBy: ["mediaType"], metrics: ["nOffered"] },
    });
    const counts = reply.each("results", "data.0.metrics.0.stats.count").map(Number);
    expect(reply.each("results", "group.mediaType").sort()).toEqual(["message", "voice"]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300);
  });

  test("requires metrics and known groups", async () => {
    const { sandbox, token } = await start();
    const ask = (body: object) =>
      call(sandbox, "POST /api/v2/analytics/conversations/aggregates/query", {
        token,
        body: { interval: WEEK, ...body },
      });
    expect((await ask({})).status).toBe(400);
    expect((await ask({ metrics: ["tTalk"], groupBy: ["constructor"] })).at("code")).toBe("invalid.property");
  });
});
