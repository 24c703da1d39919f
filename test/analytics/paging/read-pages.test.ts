import { describe, expect, test } from "vitest";
import type { PagingStyle } from "../../../src/analytics/named-query.ts";
import type { PageRequest } from "../../../src/analytics/paging/page-request.ts";
import { readJob } from "../../../src/analytics/paging/read-job.ts";
import { type PagingNote, readPages } from "../../../src/analytics/paging/read-pages.ts";
import { withoutRepeats } from "../../../src/analytics/paging/without-repeats.ts";
import { NetworkError } from "../../../src/core/errors.ts";
import type { JsonRecord } from "../../../src/core/json.ts";
import { asRecord } from "../../../src/core/json.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { scriptedApi } from "./scripted-api.ts";

const items = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: `r${from + index}` }));

/** Reads all pages. Returns the ids of the records, the requests, and the notes. */
async function readAll(
  request: PageRequest,
  answer: (request: { query: URLSearchParams; body: JsonRecord; path: string }) => unknown,
  options: {
    style?: Exclude<PagingStyle, "job"> | null;
    listingPageSize?: number;
    resultKey?: string | null;
  } = {},
) {
  const { api, sent } = scriptedApi(answer);
  const notes: PagingNote[] = [];
  const ids: unknown[] = [];
  const pages = readPages(api, request, {
    style: null,
    ...options,
    onNote: (note) => notes.push(note),
  });
  for await (const page of pages) ids.push(...page.records.map((record) => asRecord(record)["id"]));
  return { ids, sent, notes: notes.map(({ text }) => text) };
}

const GET: PageRequest = { method: "GET", path: "/api/v2/things" };

describe("recognizes and follows every style of paging", () => {
  test("pageNumber with pageCount", async () => {
    const { ids, sent } = await readAll(GET, ({ query }) => {
      const pageNumber = Number(query.get("pageNumber") ?? 1);
      return { entities: items(pageNumber * 2 - 1, pageNumber * 2), pageNumber, pageSize: 2, pageCount: 3 };
    });
    expect(ids).toEqual(["r1", "r2", "r3", "r4", "r5", "r6"]);
    expect(sent).toEqual([
      "GET /api/v2/things",
      "GET /api/v2/things?pageNumber=2",
      "GET /api/v2/things?pageNumber=3",
    ]);
  });

  test("pageNumber, starting again with larger pages once there is a second page", async () => {
    const { ids, sent } = await readAll(
      GET,
      ({ query }) => {
        const pageSize = Number(query.get("pageSize") ?? 25);
        const pageNumber = Number(query.get("pageNumber") ?? 1);
        const entities = items(1, 60).slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
        return { entities, pageNumber, pageSize, pageCount: Math.ceil(60 / pageSize) };
      },
      { listingPageSize: 100 },
    );
    expect(ids).toEqual(items(1, 60).map(({ id }) => id));
    expect(sent).toEqual(["GET /api/v2/things", "GET /api/v2/things?pageSize=100&pageNumber=1"]);
  });

  test("pageNumber, keeping the page size when the service refuses a larger one", async () => {
    const { ids, sent } = await readAll(
      GET,
      ({ query }) => {
        if (query.has("pageSize")) {
          return [400, { code: "bad.request", message: "pageSize may not exceed 50" }];
        }
        const pageNumber = Number(query.get("pageNumber") ?? 1);
        return { entities: items(pageNumber, pageNumber), pageNumber, pageSize: 1, pageCount: 2 };
      },
      { listingPageSize: 100 },
    );
    expect(ids).toEqual(["r1", "r2"]);
    expect(sent.at(-1)).toBe("GET /api/v2/things?pageNumber=2");
  });

  test("nextUri, ignoring its host", async () => {
    const { ids, sent } = await readAll(GET, ({ query }) =>
      query.has("after")
        ? { entities: items(2, 2) }
        : { entities: items(1, 1), nextUri: "https://elsewhere.example/api/v2/things?after=a%2B1&id=x&id=y" },
    );
    expect(ids).toEqual(["r1", "r2"]);
    expect(sent[1]).toBe("GET /api/v2/things?after=a%2B1&id=x&id=y");
  });

  test("nextUri, unless it leaves the API", async () => {
    const { sent } = await readAll(GET, () => ({ entities: items(1, 1), nextUri: "/oauth/token?x=1" }));
    expect(sent.length).toBe(1);
  });

  test("an encoded cursor at the root", async () => {
    const { ids, sent } = await readAll(GET, ({ query }) =>
      query.has("cursor") ? { results: items(2, 2) } : { results: items(1, 1), cursor: "a+/=" },
    );
    expect([ids, sent[1]]).toEqual([["r1", "r2"], "GET /api/v2/things?cursor=a%2B%2F%3D"]);
  });

  test("cursors.after", async () => {
    const { ids, sent } = await readAll(GET, ({ query }) =>
      query.has("cursor")
        ? { entities: items(2, 2), cursors: {} }
        : { entities: items(1, 1), cursors: { after: "c" } },
    );
    expect([ids, sent[1]]).toEqual([["r1", "r2"], "GET /api/v2/things?cursor=c"]);
  });

  test("startIndex, which starts at 1", async () => {
    const { ids, sent } = await readAll({ method: "GET", path: "/api/v2/scim/v2/users" }, ({ query }) => {
      const startIndex = Number(query.get("startIndex") ?? 1);
      return { Resources: items(startIndex, Math.min(3, startIndex + 1)), startIndex, totalResults: 3 };
    });
    expect([ids, sent[1]]).toEqual([["r1", "r2", "r3"], "GET /api/v2/scim/v2/users?startIndex=3"]);
  });

  test("paging at the root of the body", async () => {
    const { ids } = await readAll(
      { method: "POST", path: "/api/v2/users/search", body: { pageSize: 2, pageNumber: 1, query: [] } },
      ({ body }) => {
        const from = (Number(body["pageNumber"]) - 1) * 2;
        return {
          results: items(1, 3).slice(from, from + 2),
          total: 3,
          pageNumber: body["pageNumber"],
          pageSize: 2,
        };
      },
    );
    expect(ids).toEqual(["r1", "r2", "r3"]);
  });

  test("paging at the root of the body, recognized from the response to a request without a page", async () => {
    const numbers: unknown[] = [];
    const { ids, notes } = await readAll(
      { method: "POST", path: "/api/v2/users/search", body: {} },
      ({ body }) => {
        const pageNumber = Number(body["pageNumber"] ?? 1);
        numbers.push(pageNumber);
        const from = (pageNumber - 1) * 2;
        return { results: items(1, 3).slice(from, from + 2), total: 3, pageNumber, pageSize: 2 };
      },
    );
    expect([ids, notes]).toEqual([["r1", "r2", "r3"], []]);
    expect(numbers.slice(0, 2)).toEqual([1, 2]);
  });

  test("a cursor in the body", async () => {
    const { ids } = await readAll(
      { method: "POST", path: "/api/v2/things/search", body: { query: 1 } },
      ({ body }) =>
        body["cursor"] === "c" ? { results: items(2, 2) } : { results: items(1, 1), cursor: "c" },
    );
    expect(ids).toEqual(["r1", "r2"]);
  });

  test("no paging, for a list and a single record", async () => {
    expect((await readAll(GET, () => items(1, 2))).ids).toEqual(["r1", "r2"]);
    expect((await readAll(GET, () => ({ id: "one", name: "One", members: [{ id: "x" }] }))).ids).toEqual([
      "one",
    ]);
  });
});

describe("treats totals as estimates", () => {
  const query: PageRequest = {
    method: "POST",
    path: "/api/v2/analytics/users/details/query",
    body: { paging: { pageSize: 2, pageNumber: 1 } },
  };
  const pages = (totalHits: number, ...sizes: readonly number[]) => {
    let next = 1;
    return ({ body }: { body: JsonRecord }) => {
      const size = sizes[Number(asRecord(body["paging"])["pageNumber"]) - 1] ?? 0;
      const from = next;
      next += size;
      return size === 0 ? { totalHits } : { userDetails: items(from, from + size - 1), totalHits };
    };
  };
  const options = { style: "body", resultKey: "userDetails" } as const;

  test.each([
    ["a short page does not end the listing", pages(6, 2, 1, 2), 5, 4],
    ["a total that is too small does not end the listing", pages(1, 2, 2, 1), 5, 4],
    ["one empty page before the total does not end the listing", pages(6, 2, 0, 2), 4, 4],
    ["two empty pages end the listing, whatever the total", pages(900, 2), 2, 3],
    ["one complete page needs no second request", pages(1, 1), 1, 1],
    ["an empty response yields no records", () => ({}), 0, 1],
  ])("%s", async (_name, answer, records, requests) => {
    const { ids, sent } = await readAll(query, answer, options);
    expect([ids.length, sent.length]).toEqual([records, requests]);
  });
});

describe("ends an endless listing", () => {
  test("at a repeated page", async () => {
    const { ids, notes } = await readAll(GET, () => ({
      entities: items(1, 2),
      nextUri: "/api/v2/things?x=1",
    }));
    expect([ids, notes]).toEqual([
      ["r1", "r2"],
      ["the service sent the same page again, so reading stopped there"],
    ]);
  });

  test("after three empty pages", async () => {
    const { sent, notes } = await readAll(GET, () => ({ entities: [], nextUri: "/api/v2/things?x=1" }));
    expect([sent.length, notes]).toEqual([
      3,
      ["the service sent 3 empty pages in a row, so reading stopped there"],
    ]);
  });

  test("at the thousandth external contact, with a hint about how to read the rest", async () => {
    const { ids, notes } = await readAll(
      { method: "GET", path: "/api/v2/externalcontacts/contacts", query: { pageSize: 500 } },
      ({ query }) => {
        const pageNumber = Number(query.get("pageNumber") ?? 1);
        return {
          entities: items(pageNumber * 500 - 499, pageNumber * 500),
          pageNumber,
          pageSize: 500,
          pageCount: 7,
        };
      },
    );
    expect([ids.length, notes]).toEqual([1_000, ["this listing returns only the first 1000 contacts"]]);
  });
});

test.each([
  [413, "request.entity.too.large"],
  [408, "client.timeout"],
  [400, "response.entity.too.large"],
])("reads a page that is too large (%i %s) as smaller pages, without omissions", async (status, code) => {
  const { ids, sent } = await readAll(
    { method: "POST", path: "/api/v2/things/query", body: { paging: { pageSize: 100, pageNumber: 1 } } },
    ({ body }) => {
      const { pageSize, pageNumber } = asRecord(body["paging"]);
      const [size, number] = [Number(pageSize), Number(pageNumber)];
      // Pages of more than 25 records are refused after the first 50 records.
      if (size > 25 && number * size > 50) return [status, { code, message: "too much" }];
      return { conversations: items(1, 120).slice((number - 1) * size, number * size), totalHits: 120 };
    },
  );
  expect(ids).toEqual(items(1, 120).map(({ id }) => id));
  expect(sent.slice(0, 4).map((line) => JSON.parse(line.slice(line.indexOf("{"))).paging)).toEqual([
    { pageSize: 100, pageNumber: 1 },
    { pageSize: 50, pageNumber: 1 },
    { pageSize: 50, pageNumber: 2 },
    { pageSize: 25, pageNumber: 3 },
  ]);
});

test("removes duplicates of records that moved to a later page", async () => {
  const { api } = scriptedApi(({ query }) =>
    query.has("pageNumber")
      ? { entities: [...items(2, 3), { name: "without id" }], pageNumber: 2, pageCount: 2 }
      : { entities: [...items(1, 2), { name: "without id" }], pageNumber: 1, pageCount: 2 },
  );
  const ids: unknown[] = [];
  const pages = readPages(api, GET, { style: null, onNote: () => {} });
  for await (const page of withoutRepeats(pages, "id")) ids.push(page.records.length);
  expect(ids).toEqual([3, 2]);
});

describe("an analytics job", () => {
  const POST: PageRequest = {
    method: "POST",
    path: "/api/v2/analytics/conversations/details/jobs",
    body: {},
  };

  async function run(
    states: readonly string[],
    {
      signal = new AbortController().signal,
      remove = (): unknown => [204, null],
      results = (job: number, cursor: boolean): unknown =>
        cursor ? { conversations: items(2, 2) } : { conversations: items(1, 1), cursor: `c${job}` },
    } = {},
  ) {
    let job = 0;
    const losses: string[] = [];
    const clock = new FakeClock();
    const left = [...states];
    const { api, sent } = scriptedApi(({ method, path, query }) => {
      if (method === "POST") {
        job += 1;
        return [202, { jobId: `j${job}` }];
      }
      if (method === "DELETE") return remove();
      if (path.endsWith("/results")) return results(job, query.has("cursor"));
      return [202, { state: left.shift(), errorMessage: "no room" }];
    });
    const ids: unknown[] = [];
    const onLoss = async (text: string) => void losses.push(text);
    const reading = (async () => {
      for await (const page of readJob(api, POST, { clock, signal, onNote: () => {}, onLoss })) {
        ids.push(...page.records.map((record) => asRecord(record)["id"]));
      }
    })();
    const failure = await reading.then(
      () => null,
      (error: unknown) => error,
    );
    return { ids, failure, losses, sleeps: clock.sleeps, methods: sent.map((line) => line.split(" ")[0]) };
  }

  test("is submitted, polled, read by cursor and deleted", async () => {
    expect(await run(["QUEUED", "PENDING", "FULFILLED"])).toEqual({
      ids: ["r1", "r2"],
      failure: null,
      // The last delay is the time limit for deleting the job.
      losses: [],
      sleeps: [500, 750, 5_000],
      methods: ["POST", "GET", "GET", "GET", "GET", "GET", "DELETE"],
    });
  });

  test("keeps its results when the deletion fails", async () => {
    const remove = () => {
      throw new NetworkError("network.reset", "it broke");
    };
    expect(await run(["FULFILLED"], { remove })).toMatchObject({ ids: ["r1", "r2"], failure: null });
  });

  test("is deleted after Ctrl-C", async () => {
    const { failure, methods } = await run(["QUEUED", "FULFILLED"], { signal: AbortSignal.abort() });
    expect(failure).toMatchObject({ name: "AbortError" });
    expect(methods).toEqual(["POST", "GET", "DELETE"]);
  });

  test("that the service could not execute fails and is deleted", async () => {
    const { failure, methods } = await run(["QUEUED", "FAILED"]);
    expect(failure).toMatchObject({
      code: "query.job_failed",
      message: "the job ended in state FAILED: no room",
    });
    expect(methods).toEqual(["POST", "GET", "GET", "DELETE"]);
  });

  test.each(["CANCELLED", "EXPIRED"])("is submitted again with a note when it ends as %s", async (state) => {
    const { ids, failure, losses, methods } = await run(["QUEUED", state, "FULFILLED"]);
    expect([ids, failure]).toEqual([["r1", "r2"], null]);
    expect(losses).toEqual([`the job is lost (${state}: no room), so the query is submitted again`]);
    expect(methods.filter((method) => method !== "GET")).toEqual(["POST", "DELETE", "POST", "DELETE"]);
  });

  test.each([
    [404, true],
    [404, false],
    [410, true],
    [410, false],
    [400, true],
  ])(
    "is submitted again when its results return %i (with a cursor: %s), without duplicate records",
    async (status, atCursor) => {
      const { ids, failure, losses } = await run(["FULFILLED", "FULFILLED"], {
        results: (job, cursor) => {
          if (job === 1 && cursor === atCursor) return [status, { status, code: "not.found", message: "no" }];
          return cursor ? { conversations: items(2, 2) } : { conversations: items(1, 1), cursor: "c" };
        },
      });
      expect([ids, failure, losses]).toEqual([["r1", "r2"], null, [expect.stringContaining(String(status))]]);
    },
  );

  test("that is lost for the fourth time fails", async () => {
    const { failure, losses, methods } = await run(
      Array.from({ length: 9 }, () => "FULFILLED"),
      {
        results: () => [404, { status: 404, code: "not.found", message: "no" }],
      },
    );
    expect(failure).toMatchObject({
      code: "query.job_failed",
      exit: "limited",
      message: "the service no longer knows the job (404)",
    });
    expect([losses.length, methods.filter((method) => method === "POST").length]).toEqual([3, 4]);
  });

  test.each([400, 403])("is not submitted again when its first page is refused with %i", async (status) => {
    const { failure, methods } = await run(["FULFILLED"], {
      results: () => [status, { status, code: "no", message: "no" }],
    });
    expect(failure).toMatchObject({ status });
    expect(methods.filter((method) => method === "POST")).toHaveLength(1);
  });
});

describe("a page without a list of records", () => {
  test.each([undefined, "entities"])(
    "is refused when the field of the list is null (given field: %s)",
    async (resultKey) => {
      const options = resultKey === undefined ? {} : { resultKey };
      const read = readAll(GET, () => ({ entities: null, pageNumber: 1, pageCount: 1, total: 3 }), options);
      await expect(read).rejects.toThrow("returned no list in `entities`");
    },
  );

  test("counts as empty when the field of the list is absent", async () => {
    const { ids } = await readAll(GET, () => ({ pageNumber: 1, pageCount: 0, total: 0 }));
    expect(ids).toEqual([]);
  });
});
