import { expect, test } from "vitest";
import { recordedCall } from "../../../src/access/record/recorded-call.ts";
import { tallyCalls } from "../../../src/access/record/tally-calls.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { absentDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue({ cacheDirectory: absentDir(), apiUrl: null });
const API = "api.mypurecloud.de";
const QUEUE = "/api/v2/routing/queues/6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a";
const tally = (...calls: readonly (readonly [string, string, number | null, (string | null)?])[]) =>
  tallyCalls(
    calls.map(([method, path, status, host = API]) => recordedCall(method, path, { host, status })),
    catalogue,
    new Set([API]),
  );

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

test("an unknown path is never an operation, and shows no id", () => {
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

test("other hosts, other paths and preflights are left out", () => {
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
