import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { PageReader, type PageStats } from "../../../src/export/page/page-reader.ts";
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

/** Starts a server that sends these responses in turn and then repeats the last one. Returns a reader for it. */
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
    host: { hasAnswered: false },
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
  const read = async (): Promise<PageStats> =>
    await reader.read((pageSize) => ({ method: "GET", path: "/api/v2/page", query: { pageSize } }), sink);
  const sizes = () =>
    server.seen.map(({ path }) => Number(new URL(path, server.url).searchParams.get("pageSize")));
  return { read, sizes, kept, waits, clock, rollBacks: () => rollBacks, server };
}

test("the page reader returns the records, the envelope and the correlation id of a page", async () => {
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
  ["white space around the page", `\n\n ${JSON.stringify(PAGE, null, 2)}\n`],
])("the page reader accepts %s", async (_what, text) => {
  const { read, kept } = await start([
    (response) => void response.writeHead(200, { "content-type": "application/json" }).end(text),
  ]);
  await read();
  expect(kept.map((record) => JSON.parse(record) as unknown)).toEqual(PAGE.conversations);
});

describe("a page that is too large", () => {
  test.each([
    ["413", refuse(413)],
    ["504", refuse(504)],
    ["408", refuse(408)],
    ["400 response.entity.too.large", refuse(400, "response.entity.too.large")],
    [
      "413 without a platform error code",
      (response: ServerResponse) => void response.writeHead(413).end("<html>"),
    ],
  ] as const)("is requested again at half the size without a wait: %s", async (_what, heavy) => {
    const { read, sizes, waits } = await start([heavy, heavy, whole]);
    expect((await read()).pageSize).toBe(250);
    expect([sizes(), waits]).toEqual([[1_000, 500, 250], []]);
  });

  test("is followed by pages of double the size after every twenty pages, up to the first size", async () => {
    const { read, sizes } = await start([refuse(413), refuse(413), whole]);
    for (let page = 0; page < 62; page += 1) await read();
    const asked = sizes().slice(2);
    expect(asked.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 250));
    expect(asked.slice(20, 40)).toEqual(Array.from({ length: 20 }, () => 500));
    expect(asked.slice(40)).toEqual(Array.from({ length: 22 }, () => 1_000));
  });

  test("is retried at the smallest size like any other overload, and then fails", async () => {
    const { read, sizes, waits } = await start([refuse(504)], { largest: 100, maxWaitMs: 10_000 });
    await expect(read()).rejects.toMatchObject({ status: 504 });
    expect(sizes()).toEqual([100, 50, 25, 25, 25, 25]);
    expect(waits).toEqual([
      [3_000, 504],
      [3_000, 504],
      [3_000, 504],
    ]);
  });

  test("fails at the smallest size without a retry when the status is 413", async () => {
    const { read, sizes } = await start([refuse(413)], { largest: 50 });
    await expect(read()).rejects.toBeInstanceOf(ApiError);
    expect(sizes()).toEqual([50, 25]);
  });
});

describe("the page reader requests a broken page again and keeps its records once", () => {
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
      "a chunked body that ends early",
      (response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end(text.slice(0, 35)),
    ],
    [
      "a chunked body that is cut off",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write(text.slice(0, 35), () => response.destroy());
      },
    ],
    ["text that is not JSON", (response) => void response.writeHead(200).end(`${text.slice(0, -1)}]`)],
    ["an HTML page", (response) => void response.writeHead(200).end("<html>be right back</html>")],
    ["no response at all", (response) => void response.destroy()],
    ["500", refuse(500)],
    ["502", refuse(502)],
    ["503", refuse(503)],
  ])("%s", async (_what, broken) => {
    const { read, kept, sizes, rollBacks, waits } = await start([broken, broken, whole]);
    // Before the first response, a reset can also mean a wrong address. These tests have already received a response.
    await read();
    expect(kept).toEqual(['{"id":"a"}', '{"id":"b"}']);
    expect([sizes(), rollBacks(), waits.map((wait) => (wait as number[])[0])]).toEqual([
      [1_000, 1_000, 1_000],
      2,
      [3_000, 3_000],
    ]);
  });

  test("up to five times, and fails after six broken pages", async () => {
    const { read, sizes } = await start([
      (response) => void response.writeHead(200).end('{"conversations":['),
    ]);
    await expect(read()).rejects.toThrow("the page is truncated");
    expect(sizes()).toHaveLength(6);
  });

  test("until the maximum wait is over, and then fails", async () => {
    const { read, clock, sizes } = await start([refuse(503)], { maxWaitMs: 60_000 });
    const startMs = clock.now();
    await expect(read()).rejects.toMatchObject({ status: 503, exit: "limited" });
    expect(clock.now() - startMs).toBe(60_000);
    expect(sizes()).toHaveLength(21);
  });

  test("only twice after a status 500", async () => {
    const { read, sizes } = await start([refuse(500)]);
    await expect(read()).rejects.toMatchObject({ status: 500 });
    expect(sizes()).toHaveLength(3);
  });
});

test.each([400, 401, 403, 404])("the page reader fails on %i without a retry", async (status) => {
  const { read, sizes, rollBacks } = await start([refuse(status)]);
  await expect(read()).rejects.toMatchObject({ status });
  expect([sizes(), rollBacks()]).toEqual([[1_000], 1]);
});

test("the page reader waits as long as a 429 requires before it requests the page again", async () => {
  const { read, clock, sizes } = await start([
    refuse(429, "too.many.requests", { "retry-after": "17" }),
    whole,
  ]);
  const startMs = clock.now();
  await read();
  expect([clock.now() - startMs, sizes()]).toEqual([17_000, [1_000, 1_000]]);
});

test("the page reader fails on a 429 that requires a wait of hours", async () => {
  const { read, sizes } = await start([refuse(429, "too.many.requests", { "retry-after": "7200" })]);
  await expect(read()).rejects.toMatchObject({ code: "limited.rate", exit: "limited" });
  expect(sizes()).toHaveLength(1);
});

test("the page reader fails on a service that never responded, but waits for one that did", async () => {
  const clock = new FakeClock();
  const readOnce = async (hasAnswered: boolean) => {
    const reader = new PageReader({
      api: loopbackApi("http://127.0.0.1:1", clock),
      clock,
      random: { bytes: (size) => new Uint8Array(size), fraction: () => 0 },
      signal: new AbortController().signal,
      maxWaitMs: 10_000,
      host: { hasAnswered },
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
