import { describe, expect, test } from "vitest";
import { act, call } from "./client.ts";
import { dataSandbox, daysOf, itemsIn, JOBS, readPages, runJob, truth } from "./data.ts";

const DAY = "2026-09-28";
const BY_START = { interval: daysOf(DAY), startOfDayIntervalMatching: true };

interface Told {
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly conversationEnd?: string;
}

const idsOf = (texts: readonly string[]) => texts.map((text) => (JSON.parse(text) as Told).conversationId);

describe("a conversation job", () => {
  test("returns 202 with an id, 202 while it runs, then 200 with its dates", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "settings.patch", { settings: { jobPolls: 2, jobLifetimeSeconds: 3_600 } });
    const submitted = await data.ask(`POST ${JOBS}`, BY_START);
    expect(submitted.status).toBe(202);
    const path = `${JOBS}/${submitted.text("jobId")}`;
    expect((await data.ask(`GET ${path}/results`)).status).toBe(400);
    const states: unknown[] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const reply = await data.ask(`GET ${path}`);
      states.push(`${reply.status} ${reply.at("state")}`);
    }
    expect(states).toEqual(["202 QUEUED", "202 PENDING", "200 FULFILLED"]);
    const over = await data.ask(`GET ${path}`);
    expect(over.at("submissionDate")).toBe("2026-10-01T00:00:00.000Z");
    expect(over.at("expirationDate")).toBe("2026-10-01T01:00:00.000Z");
    data.clock.advance(3_600_000);
    expect((await data.ask(`GET ${path}`)).at("state")).toBe("EXPIRED");
    expect((await data.ask(`GET ${path}/results`)).status).toBe(404);
  });

  test("ends when it is deleted; the admin endpoint lists the other jobs", async () => {
    const data = await dataSandbox();
    const [first, second] = [await runJob(data, BY_START), await runJob(data, BY_START)];
    expect((await data.ask(`DELETE ${JOBS}/${first}`)).status).toBe(204);
    expect((await data.ask(`GET ${JOBS}/${first}`)).status).toBe(404);
    expect((await data.ask(`DELETE ${JOBS}/${first}`)).status).toBe(404);
    const listed = await call(data.sandbox, "GET /sandbox/jobs");
    expect(listed.each("jobs", "id")).toEqual([first, second]);
    expect(listed.each("jobs", "deleted")).toEqual([true, false]);
    expect(listed.each("jobs", "state")).toEqual(["FULFILLED", "FULFILLED"]);
    expect(listed.at("jobs.0.interval")).toBe(daysOf(DAY));
  });

  test.each([
    ["paging", { ...BY_START, paging: { pageSize: 10, pageNumber: 1 } }, "400 bad.request"],
    ["aggregations", { ...BY_START, aggregations: [] }, "400 bad.request"],
    ["no interval", {}, "400 bad.request"],
    ["an unknown order", { ...BY_START, order: "random" }, "400 invalid.value"],
    [
      "an unknown dimension",
      {
        ...BY_START,
        segmentFilters: [{ type: "and", predicates: [{ dimension: "queueName", value: "x" }] }],
      },
      "400 invalid.property",
    ],
  ])("is refused when its request has %s", async (_name, body, expected) => {
    const { ask } = await dataSandbox();
    const reply = await ask(`POST ${JOBS}`, body);
    expect(`${reply.status} ${reply.at("code")}`).toBe(expected);
  });
});

describe("the results of a conversation job", () => {
  test("are the exact bytes of the data, including attributes, with cursors that need encoding", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const pages = await readPages(data, await runJob(data, BY_START), 30);
    expect(pages.map(({ raw }) => itemsIn(raw, "conversations").length)).toEqual([30, 30, 30, 10]);
    expect(pages.flatMap(({ raw }) => itemsIn(raw, "conversations"))).toEqual(
      await truth(data, `?day=${DAY}`),
    );
    for (const page of pages.slice(0, 3)) expect(page.text("cursor")).toMatch(/^\+\/\+\/.*=$/);
    expect(pages.map((page) => page.at("dataAvailabilityDate"))).toEqual(
      Array.from({ length: 4 }, () => "2026-09-30T18:00:00.000Z"),
    );
  });

  test("end with an empty page after a full one, and repeat a page that is requested again", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const id = await runJob(data, BY_START);
    const pages = await readPages(data, id, 50);
    expect(pages.map(({ raw }) => itemsIn(raw, "conversations").length)).toEqual([50, 50, 0]);
    expect(pages[2]?.value).toEqual({ dataAvailabilityDate: "2026-09-30T18:00:00.000Z" });
    const again = await data.ask(
      `GET ${JOBS}/${id}/results?pageSize=50&cursor=${encodeURIComponent(pages[0]?.text("cursor") ?? "")}`,
    );
    expect(again.raw).toBe(pages[1]?.raw);
  });

  test("are compressed on request, with the same text, and can begin with the cursor", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "settings.patch", { settings: { cursorFirst: true } });
    const id = await runJob(data, BY_START);
    const operation = `GET ${JOBS}/${id}/results?pageSize=5`;
    const plain = await call(data.sandbox, operation, {
      token: data.token,
      headers: { "Accept-Encoding": "identity" },
    });
    const packed = await call(data.sandbox, operation, {
      token: data.token,
      headers: { "Accept-Encoding": "gzip" },
    });
    expect(plain.headers.get("content-encoding")).toBe(null);
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.raw).toBe(plain.raw);
    expect(plain.raw).toMatch(/^\{"cursor":"[^"]*","dataAvailabilityDate":"[^"]*","conversations":\[\{/);
  });

  test.each([
    ["a page size that is too large", "pageSize=10001", "pageSize must be between 1 and 10000"],
    ["a page size of 0", "pageSize=0", "pageSize must be between 1 and 10000"],
    ["an invented cursor", "cursor=abc", "The cursor is not valid or has expired"],
  ])("are refused for a request with %s", async (_name, query, message) => {
    const data = await dataSandbox();
    const reply = await data.ask(`GET ${JOBS}/${await runJob(data, BY_START)}/results?${query}`);
    expect(`${reply.status} ${reply.at("message")}`).toBe(`400 ${message}`);
  });

  test("refuse the cursor of another job, and an unknown job", async () => {
    const data = await dataSandbox();
    const [one, other] = [await runJob(data, BY_START), await runJob(data, BY_START)];
    const cursor = (await data.ask(`GET ${JOBS}/${one}/results?pageSize=5`)).text("cursor");
    const query = `pageSize=5&cursor=${encodeURIComponent(cursor)}`;
    expect((await data.ask(`GET ${JOBS}/${other}/results?${query}`)).status).toBe(400);
    expect((await data.ask(`GET ${JOBS}/${data.sandbox.client.id}/results`)).status).toBe(404);
  });

  test("stop at the limit, and follow the requested order", async () => {
    const data = await dataSandbox();
    const all = idsOf(await truth(data, `?day=${DAY}`));
    const read = async (more: object) =>
      (await readPages(data, await runJob(data, { ...BY_START, ...more }), 100)).flatMap(({ raw }) =>
        idsOf(itemsIn(raw, "conversations")),
      );
    expect(await read({ limit: 3 })).toEqual(all.slice(0, 3));
    expect(await read({ order: "desc" })).toEqual(all.toReversed());
  });
});

describe("the conversations in a job's results", () => {
  test("are returned for the day on which they began, or for every day they span when overlap is requested", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const all = (await truth(data, "")).map((text) => JSON.parse(text) as Told);
    const read = async (body: object) =>
      (await readPages(data, await runJob(data, body), 1000)).flatMap(({ raw }) =>
        idsOf(itemsIn(raw, "conversations")),
      );
    const [start = "", end = ""] = daysOf(DAY).split("/");
    const overlapping = all.filter(
      ({ conversationStart, conversationEnd }) =>
        conversationStart < end && (conversationEnd ?? "9") >= start,
    );
    const found = await read({ interval: daysOf(DAY) });
    expect(found).toEqual(overlapping.map(({ conversationId }) => conversationId));
    expect(found.length).toBeGreaterThan(100);
    expect(await read(BY_START)).toHaveLength(100);
  });

  test("end silently at the watermark", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const availability = await data.ask(`GET ${JOBS}/availability`);
    expect(availability.value).toEqual({ dataAvailabilityDate: "2026-09-30T18:00:00.000Z" });
    const id = await runJob(data, { interval: daysOf("2026-09-30"), startOfDayIntervalMatching: true });
    expect((await data.ask(`GET ${JOBS}/${id}`)).at("state")).toBe("FULFILLED");
    const found = (await readPages(data, id, 1000)).flatMap(({ raw }) => itemsIn(raw, "conversations"));
    const today = await truth(data, "?day=2026-09-30");
    const early = today.filter((text) => (JSON.parse(text) as Told).conversationStart <= "2026-09-30T18:00");
    expect(found).toEqual(early);
    expect(today).toHaveLength(100);
    expect(early.length).toBe(75);
  });

  test("end at a watermark that follows the clock by whole minutes, or is fixed", async () => {
    const data = await dataSandbox();
    data.clock.advance(119_999);
    const availability = async () => (await data.ask(`GET ${JOBS}/availability`)).at("dataAvailabilityDate");
    expect(await availability()).toBe("2026-09-30T18:01:00.000Z");
    await act(data.sandbox, "settings.patch", { settings: { lakeLagSeconds: 3_600 } });
    expect(await availability()).toBe("2026-09-30T23:01:00.000Z");
    await act(data.sandbox, "settings.patch", { settings: { watermark: "2026-09-29T12:00:00.000Z" } });
    expect(await availability()).toBe("2026-09-29T12:00:00.000Z");
  });

  test("keep the state that they had when the job was submitted", async () => {
    const data = await dataSandbox({ conversations: 500, days: 5 });
    const body = { interval: daysOf("2026-09-29"), startOfDayIntervalMatching: true };
    const before = await runJob(data, body);
    const known = await truth(data, "?day=2026-09-29");
    await act(data.sandbox, "conversations.advance", { seconds: 3 * 86_400 });
    const after = await truth(data, "?day=2026-09-29");
    expect(idsOf(after)).toEqual(idsOf(known));
    expect(after).not.toEqual(known);
    const read = async (id: string) =>
      (await readPages(data, id, 1000)).flatMap(({ raw }) => itemsIn(raw, "conversations"));
    expect(await read(before)).toEqual(known);
    expect(await read(await runJob(data, body))).toEqual(after);
  });

  test("include only the caller's divisions", async () => {
    const sales = await dataSandbox({ conversations: 500, days: 5 }, "Sales");
    const divisionId = (await call(sales.sandbox, "GET /sandbox/state")).each(
      "organizations.0.divisions",
      "id",
    )[1];
    const found = (await readPages(sales, await runJob(sales, BY_START), 1000)).flatMap(({ raw }) =>
      itemsIn(raw, "conversations"),
    );
    const visible = (await truth(sales, `?day=${DAY}`)).filter((text) =>
      (JSON.parse(text) as { divisionIds: string[] }).divisionIds.includes(String(divisionId)),
    );
    expect(found).toEqual(visible);
    expect(found.length).toBeGreaterThan(3);
  });
});
