import { describe, expect, test } from "vitest";
import { act, call } from "./client.ts";
import { type DataSandbox, dataSandbox, daysOf, itemsIn, JOBS, readPages, runJob, truth } from "./data.ts";

const QUERY = "POST /api/v2/analytics/conversations/details/query";
const DAY = "2026-09-28";
const BODY = { interval: daysOf(DAY), startOfDayIntervalMatching: true };
const LARGE = { conversations: 500, days: 5 };

const idsOf = (texts: readonly string[]) =>
  texts.map((text) => (JSON.parse(text) as { conversationId: string }).conversationId);

async function stateOf(data: DataSandbox, id: string): Promise<unknown> {
  return (await data.ask(`GET ${JOBS}/${id}`)).at("state");
}

describe("the sandbox's faulty jobs", () => {
  test("fail or are canceled as often as configured", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "job.fault", { outcome: "FAILED", times: 2 });
    await act(data.sandbox, "job.fault", { outcome: "CANCELLED" });
    const states: unknown[] = [];
    for (let job = 0; job < 4; job += 1) states.push(await stateOf(data, await runJob(data, BODY)));
    expect(states).toEqual(["FAILED", "FAILED", "CANCELLED", "FULFILLED"]);
  });

  test("stay pending for the configured number of polls", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "job.fault", { pendingPolls: 3 });
    const id = (await data.ask(`POST ${JOBS}`, BODY)).text("jobId");
    const states: unknown[] = [];
    for (let poll = 0; poll < 4; poll += 1) states.push(await stateOf(data, id));
    expect(states).toEqual(["QUEUED", "PENDING", "PENDING", "FULFILLED"]);
  });

  test("expire after the configured number of pages", async () => {
    const data = await dataSandbox(LARGE);
    await act(data.sandbox, "job.fault", { expireAfterPages: 2 });
    const id = await runJob(data, BODY);
    const statuses: number[] = [];
    let cursor = "";
    for (let page = 1; page <= 3; page += 1) {
      const query = `pageSize=30&cursor=${encodeURIComponent(cursor)}`;
      const reply = await data.ask(`GET ${JOBS}/${id}/results?${query}`);
      statuses.push(reply.status);
      cursor = String(reply.at("cursor"));
    }
    expect(statuses).toEqual([200, 200, 404]);
    expect(await stateOf(data, id)).toBe("EXPIRED");
    expect(await readPages(data, await runJob(data, BODY), 30)).toHaveLength(4);
  });

  test("have cursors that work once, or that do not survive the next page", async () => {
    const data = await dataSandbox(LARGE);
    const results = async (id: string, cursor: string) =>
      data.ask(`GET ${JOBS}/${id}/results?pageSize=30&cursor=${encodeURIComponent(cursor)}`);
    await act(data.sandbox, "job.fault", { cursorUses: 1 });
    const once = await runJob(data, BODY);
    const first = (await results(once, "")).text("cursor");
    const statuses = [(await results(once, first)).status, (await results(once, first)).status];
    expect(statuses).toEqual([200, 400]);
    await act(data.sandbox, "job.fault", { cursorPages: 1 });
    const fleeting = await runJob(data, BODY);
    const one = (await results(fleeting, "")).text("cursor");
    const two = (await results(fleeting, one)).text("cursor");
    expect((await results(fleeting, one)).status).toBe(200);
    expect((await results(fleeting, two)).status).toBe(200);
    expect((await results(fleeting, one)).status).toBe(400);
  });
});

describe("the sandbox's faulty pages", () => {
  test.each([
    [504, "request.timeout"],
    [413, "request.entity.too.large"],
    [400, "response.entity.too.large"],
  ])("return %i when they are too large", async (status, code) => {
    const data = await dataSandbox(LARGE);
    await act(data.sandbox, "settings.patch", { settings: { heavyPages: { above: 25, status } } });
    const id = await runJob(data, BODY);
    const heavy = await data.ask(`GET ${JOBS}/${id}/results?pageSize=26`);
    expect(`${heavy.status} ${heavy.at("code")}`).toBe(`${status} ${code}`);
    expect((await data.ask(`GET ${JOBS}/${id}/results?pageSize=25`)).status).toBe(200);
  });

  test("of a job repeat rows of the previous page, and skip none", async () => {
    const data = await dataSandbox(LARGE);
    await act(data.sandbox, "settings.patch", {
      settings: { pageDrift: { query: 0, jobs: 3, listings: 0 } },
    });
    const pages = await readPages(data, await runJob(data, BODY), 30);
    const ids = pages.map(({ raw }) => idsOf(itemsIn(raw, "conversations")));
    expect(ids[1]?.slice(0, 3)).toEqual(ids[0]?.slice(-3));
    const expected = idsOf(await truth(data, `?day=${DAY}`));
    expect([...new Set(ids.flat())]).toEqual(expected);
    expect(ids.flat().length).toBeGreaterThan(expected.length);
  });

  test.each([
    ["repeated rows", 4, 4],
    ["omitted rows", -4, 0],
  ])("of a query shift, with %s", async (_name, drift, shared) => {
    const data = await dataSandbox(LARGE);
    await act(data.sandbox, "settings.patch", {
      settings: { pageDrift: { query: drift, jobs: 0, listings: 0 } },
    });
    const page = async (pageNumber: number) =>
      idsOf(
        itemsIn(
          (await data.ask(QUERY, { interval: daysOf(DAY), paging: { pageSize: 20, pageNumber } })).raw,
          "conversations",
        ),
      );
    const all = idsOf(await truth(data, `?day=${DAY}`));
    const [first, second] = [await page(1), await page(2)];
    expect(first).toEqual(all.slice(0, 20));
    expect(second).toEqual(all.slice(20 - drift, 40 - drift));
    expect(second.filter((id) => first.includes(id))).toHaveLength(shared);
  });
});

describe("the sandbox's faulty responses", () => {
  const results = async (data: DataSandbox) => `GET ${JOBS}/${await runJob(data, BODY)}/results?pageSize=20`;

  test("affect only the results, and only from the second request on", async () => {
    const data = await dataSandbox(LARGE);
    await act(data.sandbox, "fault.add", {
      path: JOBS,
      pathEnd: "/results",
      after: 1,
      status: 502,
      times: 2,
    });
    const operation = await results(data);
    const statuses: unknown[] = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await data.ask(operation)).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  test("can be 429 for hours, with the delay in the header", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "fault.add", {
      status: 429,
      code: "too.many.requests",
      retryAfterSeconds: 7_200,
    });
    const reply = await data.ask(QUERY, { interval: daysOf(DAY) });
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "7200"]);
    await act(data.sandbox, "fault.add", { status: 429, code: "too.many.requests" });
    const bare = await data.ask(QUERY, { interval: daysOf(DAY) });
    expect([bare.status, bare.headers.get("retry-after")]).toEqual([429, null]);
  });

  test("break the connection when the body is truncated, but not when it is cut with a matching length", async () => {
    const data = await dataSandbox(LARGE);
    const operation = await results(data);
    const whole = (await data.ask(operation)).raw;
    await act(data.sandbox, "fault.add", { kind: "truncated", path: JOBS, portion: 0.9 });
    await expect(data.ask(operation)).rejects.toThrow("terminated");
    await act(data.sandbox, "fault.add", { kind: "cut", path: JOBS, portion: 0.5 });
    const cut = await data.ask(operation);
    expect(cut.status).toBe(200);
    expect(whole.startsWith(cut.raw.slice(0, -1))).toBe(true);
    expect(cut.value).toBe(undefined);
    expect((await data.ask(operation)).raw).toBe(whole);
  });

  test("arrive late, or in pieces with pauses", async () => {
    const data = await dataSandbox(LARGE);
    const operation = await results(data);
    const whole = (await data.ask(operation)).raw;
    await act(data.sandbox, "fault.add", { kind: "slow", path: JOBS, delayMs: 45_000 });
    expect((await data.ask(operation)).raw).toBe(whole);
    expect(data.clock.sleeps).toEqual([45_000]);
    await act(data.sandbox, "fault.add", { kind: "trickle", path: JOBS, delayMs: 10, bytes: 50_000 });
    expect((await data.ask(operation)).raw).toBe(whole);
    expect(data.clock.sleeps.slice(1)).toEqual(
      Array.from({ length: Math.ceil(Buffer.byteLength(whole) / 50_000) }, () => 10),
    );
  });

  test("leave an unknown job behind when the response to a submission is lost", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "fault.add", { kind: "lost", path: JOBS, method: "POST" });
    await expect(data.ask(`POST ${JOBS}`, BODY)).rejects.toThrow("fetch failed");
    const listed = await call(data.sandbox, "GET /sandbox/jobs");
    expect(listed.each("jobs", "deleted")).toEqual([false]);
  });

  test("refuse a denied day by query and by job, and no other day", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "day.deny", { day: DAY, times: 2 });
    const ask = async (day: string) => (await data.ask(QUERY, { interval: daysOf(day) })).status;
    expect(await ask("2026-09-27")).toBe(200);
    expect(await ask("2026-09-29")).toBe(200);
    expect(await ask(DAY)).toBe(403);
    const job = await data.ask(`POST ${JOBS}`, { interval: daysOf("2026-09-25", "2026-09-30") });
    expect(`${job.status} ${job.at("code")}`).toBe("403 missing.division.permission");
    expect(await ask(DAY)).toBe(200);
  });

  test("are 401 once all tokens are revoked after the configured number of requests", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "tokens.revoke", { after: 2 });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await data.ask("GET /api/v2/routing/skills")).status);
    }
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  test("repeat for the same seed when random, do not change the data, and end when cleared", async () => {
    const statuses: string[] = [];
    for (const seed of [7, 7, 8]) {
      const data = await dataSandbox();
      await act(data.sandbox, "faults.random", { seed, rates: { "503": 0.2, "429": 0.2, "500": 0.1 } });
      const seen: number[] = [];
      for (let time = 0; time < 30; time += 1) {
        seen.push((await data.ask("GET /api/v2/routing/skills")).status);
      }
      statuses.push(seen.join(" "));
      expect(await truth(data, `?day=${DAY}`)).toHaveLength(10);
      await act(data.sandbox, "fault.clear");
      expect((await data.ask("GET /api/v2/routing/skills")).status).toBe(200);
    }
    expect(statuses[1]).toBe(statuses[0]);
    expect(statuses[2]).not.toBe(statuses[0]);
    for (const status of ["200", "429", "500", "503"]) expect(statuses[0]).toContain(status);
  });

  test("can affect every job when random", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "faults.random", { seed: 1, rates: { jobFailed: 1 } });
    expect(await stateOf(data, await runJob(data, BODY))).toBe("FAILED");
  });

  test.each([
    ["faults.random", { rates: { "418": 1 } }, "`rates` accepts"],
    ["day.deny", { day: "yesterday" }, "`day` must be YYYY-MM-DD"],
    ["job.fault", { outcome: "LOST" }, "`outcome` must be one of"],
    ["conversations.advance", { to: "2020-01-01T00:00:00.000Z" }, "time only moves forward"],
  ])("cannot be configured by %s with an invalid value", async (action, fields, words) => {
    const { sandbox } = await dataSandbox();
    await expect(act(sandbox, action, fields)).rejects.toThrow(words);
  });
});
