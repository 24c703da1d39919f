import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { PageReader, type ReadPage } from "../../../src/export/page/page-reader.ts";
import { ApiError } from "../../../src/platform/api/api-error.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { loopbackApi } from "../../support/loopback-api.ts";
import { json, type SeenRequest, serve } from "../../support/loopback-server.ts";
import { takeTexts } from "./take-texts.ts";

type Answer = (response: ServerResponse, request: SeenRequest) => void;

const PAGE = { conversations: [{ id: "a" }, { id: "b" }], cursor: "next" };
const whole: Answer = (response) => json(response, 200, PAGE);
const refuse =
  (status: number, code = "some.code", headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    json(response, status, { status, code, message: "no" }, headers);

/** A reader of a service that answers with these in turn, the last one from then on. */
async function start(answers: readonly Answer[], options: { maxWaitMs?: number; largest?: number } = {}) {
  const clock = new FakeClock();
  const server = await serve((request, response) =>
    answers[Math.min(server.seen.length, answers.length) - 1]?.(response, request),
  );
  const kept: string[] = [];
  const waits: unknown[] = [];
  let rollBacks = 0;
  const reader = new PageReader({
    api: loopbackApi(server.url, clock, options.maxWaitMs ?? 600_000),
    clock,
    random: { bytes: (size) => new Uint8Array(size), fraction: () => 0 },
    signal: new AbortController().signal,
    maxWaitMs: options.maxWaitMs ?? 600_000,
    reach: { hasAnswered: false },
    itemsKey: "conversations",
    pageSizes: { largest: options.largest ?? 1_000, smallest: 25 },
    onWait: ({ delayMs, reason }) => void waits.push([delayMs, reason]),
  });
  const sink = {
    onRecords: takeTexts((record) => kept.push(record)),
    ready: async () => undefined,
    rollBack: async () => {
      rollBacks += 1;
      kept.length = 0;
    },
  };
  const read = async (): Promise<ReadPage> =>
    await reader.read((pageSize) => ({ method: "GET", path: "/api/v2/page", query: { pageSize } }), sink);
  const sizes = () =>
    server.seen.map(({ path }) => Number(new URL(path, server.url).searchParams.get("pageSize")));
  return { read, sizes, kept, waits, clock, rollBacks: () => rollBacks, server };
}

test("a page is its records, its envelope and what to quote to support", async () => {
  const { read, kept, waits } = await start([
    (response) => json(response, 200, PAGE, { "inin-correlation-id": "id-1" }),
  ]);
  const page = await read();
  expect(page).toEqual({
    envelope: { records: 2, fields: { cursor: "next" } },
    correlationId: "id-1",
    pageSize: 1_000,
  });
  expect([kept, waits]).toEqual([['{"id":"a"}', '{"id":"b"}'], []]);
});

test.each([
  ["a byte order mark", `\uFEFF${JSON.stringify(PAGE)}`],
  ["white space around it", `\n\n ${JSON.stringify(PAGE, null, 2)}\n`],
])("%s is no harm", async (_what, text) => {
  const { read, kept } = await start([
    (response) => void response.writeHead(200, { "content-type": "application/json" }).end(text),
  ]);
  await read();
  expect(kept.map((record) => JSON.parse(record) as unknown)).toEqual(PAGE.conversations);
});

describe("what is too heavy", () => {
  test.each([
    ["413", refuse(413)],
    ["504", refuse(504)],
    ["408", refuse(408)],
    ["400 response.entity.too.large", refuse(400, "response.entity.too.large")],
    [
      "413 without the platform's words",
      (response: ServerResponse) => void response.writeHead(413).end("<html>"),
    ],
  ] as const)("is asked for in halves at once: %s", async (_what, heavy) => {
    const { read, sizes, waits } = await start([heavy, heavy, whole]);
    expect((await read()).pageSize).toBe(250);
    expect([sizes(), waits]).toEqual([[1_000, 500, 250], []]);
  });

  test("is tried larger again after twenty pages, and not beyond the first size", async () => {
    const { read, sizes } = await start([refuse(413), refuse(413), whole]);
    for (let page = 0; page < 62; page += 1) await read();
    const asked = sizes().slice(2);
    expect(asked.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 250));
    expect(asked.slice(20, 40)).toEqual(Array.from({ length: 20 }, () => 500));
    expect(asked.slice(40)).toEqual(Array.from({ length: 22 }, () => 1_000));
  });

  test("even when it is small is waited for like any overload, and then given up", async () => {
    const { read, sizes, waits } = await start([refuse(504)], { largest: 100, maxWaitMs: 10_000 });
    await expect(read()).rejects.toMatchObject({ status: 504 });
    expect(sizes()).toEqual([100, 50, 25, 25, 25, 25]);
    expect(waits).toEqual([
      [3_000, 504],
      [3_000, 504],
      [3_000, 504],
    ]);
  });

  test("even when it is small: 413 says so at once", async () => {
    const { read, sizes } = await start([refuse(413)], { largest: 50 });
    await expect(read()).rejects.toBeInstanceOf(ApiError);
    expect(sizes()).toEqual([50, 25]);
  });
});

describe("what breaks on its way is asked for again, and its records are there once", () => {
  const text = JSON.stringify(PAGE);
  test.each<[string, Answer]>([
    [
      "fewer bytes than announced",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
        response.write(text.slice(0, 35), () => response.destroy());
      },
    ],
    [
      "chunks that stop in good order",
      (response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end(text.slice(0, 35)),
    ],
    [
      "chunks that stop in no order",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write(text.slice(0, 35), () => response.destroy());
      },
    ],
    ["text that is no JSON", (response) => void response.writeHead(200).end(`${text.slice(0, -1)}]`)],
    ["a page of HTML", (response) => void response.writeHead(200).end("<html>be right back</html>")],
    ["no answer at all", (response) => void response.destroy()],
    ["500", refuse(500)],
    ["502", refuse(502)],
    ["503", refuse(503)],
  ])("%s", async (_what, broken) => {
    const { read, kept, sizes, rollBacks, waits } = await start([broken, broken, whole]);
    // Until a service has answered once, a reset may be a wrong address as well; here it is asked again.
    await read();
    expect(kept).toEqual(['{"id":"a"}', '{"id":"b"}']);
    expect([sizes(), rollBacks(), waits.map((wait) => (wait as number[])[0])]).toEqual([
      [1_000, 1_000, 1_000],
      2,
      [3_000, 3_000],
    ]);
  });

  test("but not for ever: the sixth broken page is the last", async () => {
    const { read, sizes } = await start([
      (response) => void response.writeHead(200).end('{"conversations":['),
    ]);
    await expect(read()).rejects.toThrow("the page is truncated");
    expect(sizes()).toHaveLength(6);
  });

  test("but not beyond the time that a request may take", async () => {
    const { read, clock, sizes } = await start([refuse(503)], { maxWaitMs: 60_000 });
    const startMs = clock.now();
    await expect(read()).rejects.toMatchObject({ status: 503, exit: "limited" });
    expect(clock.now() - startMs).toBe(60_000);
    expect(sizes()).toHaveLength(21);
  });

  test("500 is seldom a moment's trouble: two more tries", async () => {
    const { read, sizes } = await start([refuse(500)]);
    await expect(read()).rejects.toMatchObject({ status: 500 });
    expect(sizes()).toHaveLength(3);
  });
});

test.each([400, 401, 403, 404])("%i is final", async (status) => {
  const { read, sizes, rollBacks } = await start([refuse(status)]);
  await expect(read()).rejects.toMatchObject({ status });
  expect([sizes(), rollBacks()]).toEqual([[1_000], 1]);
});

test("429 is waited out as long as the service says, before the page is asked for again", async () => {
  const { read, clock, sizes } = await start([
    refuse(429, "too.many.requests", { "retry-after": "17" }),
    whole,
  ]);
  const startMs = clock.now();
  await read();
  expect([clock.now() - startMs, sizes()]).toEqual([17_000, [1_000, 1_000]]);
});

test("429 for hours ends it", async () => {
  const { read, sizes } = await start([refuse(429, "too.many.requests", { "retry-after": "7200" })]);
  await expect(read()).rejects.toMatchObject({ code: "limited.rate", exit: "limited" });
  expect(sizes()).toHaveLength(1);
});

test("a service that never answered is given up at once, one that did is waited for", async () => {
  const clock = new FakeClock();
  const readOnce = async (hasAnswered: boolean) => {
    const reader = new PageReader({
      api: loopbackApi("http://127.0.0.1:1", clock),
      clock,
      random: { bytes: (size) => new Uint8Array(size), fraction: () => 0 },
      signal: new AbortController().signal,
      maxWaitMs: 10_000,
      reach: { hasAnswered },
      itemsKey: "conversations",
      pageSizes: { largest: 100, smallest: 25 },
      onWait: () => undefined,
    });
    const sink = {
      onRecords: () => undefined,
      ready: async () => undefined,
      rollBack: async () => undefined,
    };
    await expect(reader.read(() => ({ method: "GET", path: "/api/v2/page" }), sink)).rejects.toMatchObject({
      code: "network.refused",
    });
    return clock.sleeps.splice(0);
  };
  expect(await readOnce(false)).toEqual([]);
  expect(await readOnce(true)).toEqual([3_000, 3_000, 3_000]);
});
