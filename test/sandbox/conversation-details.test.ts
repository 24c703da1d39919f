import { describe, expect, test } from "vitest";
import { dataSandbox, daysOf, itemsIn, truth } from "./data.ts";

const QUERY = "POST /api/v2/analytics/conversations/details/query";
const DAY = "2026-09-28";

describe("the detail query over a large organization", () => {
  test("sends the exact bytes of the data, without attributes, page by page", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const texts: string[] = [];
    for (const pageNumber of [1, 2, 3]) {
      const page = await data.ask(QUERY, { interval: daysOf(DAY), paging: { pageSize: 40, pageNumber } });
      expect(page.at("totalHits")).toBe(100);
      texts.push(...itemsIn(page.raw, "conversations"));
    }
    expect(texts).toEqual(await truth(data, `?day=${DAY}&attributes=false`));
    expect(texts.filter((text) => text.includes('"attributes"'))).toEqual([]);
    const beyond = await data.ask(QUERY, { interval: daysOf(DAY), paging: { pageSize: 40, pageNumber: 4 } });
    expect(beyond.value).toEqual({ totalHits: 100 });
  });

  test("finds conversations on the day they began", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const all = (await truth(data, "?attributes=false")).map(
      (text) =>
        JSON.parse(text) as { conversationId: string; conversationStart: string; conversationEnd?: string },
    );
    const noon = `${DAY}T12:00:00.000Z`;
    const interval = `${noon}/2026-09-29T00:00:00.000Z`;
    const expected = all.filter(
      ({ conversationStart, conversationEnd }) =>
        conversationStart.startsWith(DAY) && (conversationEnd ?? "9") >= noon,
    );
    const page = await data.ask(QUERY, { interval, paging: { pageSize: 100, pageNumber: 1 } });
    expect(page.each("conversations", "conversationId")).toEqual(
      expected.map(({ conversationId }) => conversationId),
    );
    expect(expected.some(({ conversationStart }) => conversationStart < noon)).toBe(true);
  });

  test("orders by start or end, in either direction", async () => {
    const { ask } = await dataSandbox({ conversations: 500, days: 5 });
    const ordered = async (order: object, field: string) =>
      (await ask(QUERY, { interval: daysOf(DAY), paging: { pageSize: 100, pageNumber: 1 }, ...order })).each(
        "conversations",
        field,
      );
    const starts = await ordered({ order: "desc" }, "conversationStart");
    expect(starts).toEqual(starts.toSorted().reverse());
    expect(starts).toHaveLength(100);
    const ends = await ordered({ orderBy: "conversationEnd" }, "conversationEnd");
    const finished = ends.filter((end) => end !== undefined);
    expect(finished).toEqual(finished.toSorted());
    expect(finished).not.toEqual(await ordered({}, "conversationEnd"));
  });

  test("accepts 7 days without a filter and 31 with one", async () => {
    const { ask } = await dataSandbox();
    const month = daysOf("2026-08-31", "2026-09-30");
    expect((await ask(QUERY, { interval: month })).text("message")).toContain("does not exceed 7 days");
    const finished = {
      conversationFilters: [
        { type: "and", predicates: [{ dimension: "conversationEnd", operator: "exists" }] },
      ],
    };
    const reply = await ask(QUERY, { interval: month, ...finished });
    expect(reply.status).toBe(200);
    expect(Number(reply.at("totalHits"))).toBeGreaterThan(280);
    expect(Number(reply.at("totalHits"))).toBeLessThan(310);
  });

  test("ends at the hundred thousandth row", async () => {
    const { ask } = await dataSandbox({ conversations: 155_000, days: 1 });
    const page = (pageNumber: number) =>
      ask(QUERY, { interval: daysOf("2026-09-30"), paging: { pageSize: 100, pageNumber } });
    const last = await page(1_000);
    expect(last.at("totalHits")).toBe(155_000);
    expect(last.each("conversations", "conversationId")).toHaveLength(100);
    const beyond = await page(1_001);
    expect(`${beyond.status} ${beyond.at("message")}`).toBe(
      "400 Pagination may not exceed 100000 results. Tip: use smaller intervals",
    );
  });

  test("shows a caller with access to one division only its conversations", async () => {
    const everybody = await dataSandbox({ conversations: 620 });
    const sales = await dataSandbox({ conversations: 620 }, "Sales");
    const body = { interval: daysOf("2026-09-24", "2026-09-30") };
    const all = Number((await everybody.ask(QUERY, body)).at("totalHits"));
    const some = Number((await sales.ask(QUERY, body)).at("totalHits"));
    expect(all).toBe(140);
    expect(some).toBeGreaterThan(5);
    expect(some).toBeLessThan(60);
  });
});

describe("conversations by their ids", () => {
  test("are returned as the query returns them, without unknown ids", async () => {
    const data = await dataSandbox();
    const [first = "", second = ""] = await truth(data, `?day=${DAY}&attributes=false`);
    const [one = "", two = ""] = [first, second].map(
      (text) => (JSON.parse(text) as { conversationId: string }).conversationId,
    );
    const unknown = "00000000-0000-4000-8000-000000000000";
    const several = await data.ask(
      `GET /api/v2/analytics/conversations/details?id=${two},${unknown}&id=${one}`,
    );
    expect(itemsIn(several.raw, "conversations")).toEqual([second, first]);
    expect((await data.ask(`GET /api/v2/analytics/conversations/${one}/details`)).raw).toBe(first);
    expect((await data.ask(`GET /api/v2/analytics/conversations/${unknown}/details`)).status).toBe(404);
    expect((await data.ask(`GET /api/v2/analytics/conversations/details?id=${unknown}`)).value).toEqual({});
    const tooMany = Array.from({ length: 101 }, () => one).join(",");
    expect((await data.ask(`GET /api/v2/analytics/conversations/details?id=${tooMany}`)).status).toBe(400);
  });
});
