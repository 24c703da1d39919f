import { expect, test } from "vitest";
import { type CallCounts, createCallCounter } from "../../../src/access/record/count-calls.ts";
import { type RecordedCall, recordedCall } from "../../../src/access/record/recorded-call.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { absentDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue({ cacheDirectory: absentDir(), apiUrl: null });
const API = "api.mypurecloud.de";
const QUEUE = "/api/v2/routing/queues/6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a";
const tally = (...calls: readonly (readonly [string, string, number | null, (string | null)?])[]) =>
  tallyOf(
    calls.map(([method, path, status, host = API]) => recordedCall(method, path, { host, status })),
    new Set([API]),
  );

function tallyOf(calls: readonly RecordedCall[], hosts: ReadonlySet<string>): CallCounts {
  const tally = createCallCounter(catalogue, hosts);
  tally.add(calls);
  return tally.result();
}

test("counts calls by operation and status, with ids in the path", () => {
  const { operations, unmatched, ignored } = tally(
    ["GET", QUEUE, 200],
    ["GET", `/gateway${QUEUE}`, 403],
    ["GET", QUEUE, 200],
    ["GET", "/api/v2/routing/queues", null],
  );
  expect(operations.map(({ operation, ...counts }) => [operation.operationId, counts])).toEqual([
    ["getRoutingQueues", { calls: 1, statuses: [{ status: null, calls: 1 }] }],
    [
      "getRoutingQueue",
      {
        calls: 3,
        statuses: [
          { status: 200, calls: 2 },
          { status: 403, calls: 1 },
        ],
      },
    ],
  ]);
  expect([unmatched, ignored]).toEqual([[], 0]);
});

test("never counts a path missing from the catalog as an operation, and shows none of its ids", () => {
  const { operations, unmatched } = tally(
    ["GET", "/api/v2/nonsense/6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a/12", 404],
    ["GET", "/api/v2/nonsense/7d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a/13", 404],
    ["PATCH", "/api/v2/routing/queues", 405],
  );
  expect(operations).toEqual([]);
  expect(unmatched.map(({ method, path, calls }) => [method, path, calls])).toEqual([
    ["GET", "/api/v2/nonsense/{id}/{id}", 2],
    ["PATCH", "/api/v2/routing/queues", 1],
  ]);
});

test("omits other hosts, other paths and preflight requests", () => {
  const found = tally(
    ["GET", "/api/v2/users", 200, "api.example.com"],
    ["POST", "/oauth/token", 200],
    ["OPTIONS", "/api/v2/users", 204],
    ["GET", "/api/v2/tickets", 200, "localhost:3000"],
    ["GET", "/api/v2/users", 200, "127.0.0.1:8787"],
    ["GET", "/api/v2/users", 200, null],
  );
  expect(found.ignored).toBe(4);
  expect(found.unmatched).toEqual([]);
  expect(found.operations.map(({ operation, calls }) => [operation.operationId, calls])).toEqual([
    ["getUsers", 2],
  ]);
});

test.each([
  ["a parameter after a semicolon", "/api/v2/nonsense;token=s3cret", "/api/v2/{id}"],
  ["an encoded query string", "/api/v2/nonsense%3Faccess_token%3Ds3cret/x", "/api/v2/{id}/x"],
  [
    "a name and value in place of a segment",
    "/api/v2/nonsense/client_secret=s3cret",
    "/api/v2/nonsense/{id}",
  ],
  ["a person's email address", "/api/v2/nonsense/ann@s3cret.example", "/api/v2/nonsense/{id}"],
  ["a token", `/api/v2/nonsense/eyJhbGciOiJIUzI1NiJ9.s3cret.${"a".repeat(20)}`, "/api/v2/nonsense/{id}"],
])("a path missing from the catalog does not show %s", (_what, path, shown) => {
  const { unmatched } = tally(["GET", path, 404]);
  expect(unmatched).toEqual([
    { method: "GET", path: shown, calls: 1, statuses: [{ status: 404, calls: 1 }] },
  ]);
});

test("lists the first paths missing from the catalog, and counts the calls of the others", () => {
  const calls = Array.from(
    { length: 3_000 },
    (_, index) => ["GET", `/api/v2/${nameOf(index)}/${"a".repeat(50)}`, index] as const,
  );
  const { unmatched, unlisted } = tally(...calls, ["GET", `/api/v2/${nameOf(0)}/${"a".repeat(50)}`, 200]);
  expect([unmatched.length, unlisted]).toEqual([500, 2_500]);
  expect(unmatched.map(({ calls: count }) => count).toSorted((a, b) => b - a)[0]).toBe(2);
});

test("shortens a very long path, and accepts only HTTP statuses", () => {
  const { unmatched } = tally(
    ["GET", `/api/v2/${"words/".repeat(100_000)}`, 1e9],
    ["GET", "/api/v2/words", 0.5],
  );
  expect(unmatched.map(({ path }) => path.length <= 500)).toEqual([true, true]);
  expect(unmatched.flatMap(({ statuses }) => statuses)).toEqual([
    { status: null, calls: 1 },
    { status: null, calls: 1 },
  ]);
});

/** Returns a word without digits, so that it is not mistaken for an id. */
function nameOf(index: number): string {
  return [...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}
