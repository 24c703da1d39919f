import { describe, expect, test } from "vitest";
import { BrokenPage } from "../../../src/export/page/page-scanner.ts";
import { WHOLE } from "../../../src/export/part/part.ts";
import { listingSource } from "../../../src/export/sources/listing-source.ts";

interface Page {
  readonly total?: number;
  readonly pageCount?: number;
  readonly nextUri?: string;
  readonly records?: number;
  readonly wasRepeating?: boolean;
  readonly bringsNothing?: boolean;
  readonly lacksList?: boolean;
}

/** Reads a listing with these pages. Returns the requested pages, and whether the listing stayed stable. */
function read(pages: readonly Page[]): { readonly asked: readonly unknown[]; readonly isSettled: boolean } {
  const source = listingSource({
    path: "/api/v2/users",
    queries: [{ state: "any" }],
    itemsKey: "entities",
    largestPage: 100,
    paging: "page-number",
  });
  const asked: unknown[] = [];
  let cursor: string | null = null;
  for (const {
    records = 100,
    wasRepeating = false,
    bringsNothing = false,
    lacksList = false,
    ...fields
  } of pages) {
    const { query } = source.requestPage(WHOLE, null, cursor, 100);
    asked.push(query?.["pageNumber"]);
    const page = { envelope: { fields, records, lacksList }, pageSize: 100, wasRepeating, bringsNothing };
    const next = source.nextCursor(WHOLE, cursor, page);
    if (next === null) return { asked, isSettled: source.isSettled(WHOLE, cursor, page) };
    cursor = next;
  }
  return { asked: [...asked, "more"], isSettled: false };
}

const page = (total: number, more: Page = {}): Page => ({
  total,
  pageCount: Math.ceil(total / 100),
  ...more,
});

test.each<[string, readonly Page[], readonly unknown[], boolean]>([
  ["reads one page", [page(40)], [1], true],
  ["reads an empty listing without a list", [page(0, { records: 0, lacksList: true })], [1], true],
  ["reads an empty listing", [page(0, { records: 0 })], [1], true],
  ["reads as many pages as the listing reports", [page(250), page(250), page(250)], [1, 2, 3], true],
  [
    "follows nextUri where pages are not counted",
    [{ nextUri: "/x" }, { nextUri: "/x" }, {}],
    [1, 2, 3],
    true,
  ],
  ["asks for one more page where no count is given", [{}, {}, { records: 7 }], [1, 2, 3], true],
  [
    "ends an endless nextUri at an empty page",
    [{ nextUri: "/x" }, { nextUri: "/x", records: 0 }],
    [1, 2],
    true,
  ],
  [
    "continues after an empty page that the page count includes, and reads again because entries are missing",
    [250, 250, 250, 250, 250, 250, 250, 250, 250].map((total, index) =>
      page(total, { records: [100, 0, 50][index % 3] ?? 0 }),
    ),
    [1, 2, 3, 1, 2, 3, 1, 2, 3],
    false,
  ],
  [
    "stops at the third empty page in a row, whatever the page count",
    Array.from({ length: 12 }, (_, index) => page(1e12, { records: index % 4 === 0 ? 100 : 0 })),
    [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4],
    false,
  ],
  [
    "ignores a page count that does not include the page itself",
    [page(150, { pageCount: 0 }), page(150, { pageCount: -1, records: 50 })],
    [1, 2],
    true,
  ],
  [
    "reads up to the total where pages are not counted",
    [{ total: 150 }, { total: 150, records: 50 }],
    [1, 2],
    true,
  ],
  [
    "reads again when an entry was repeated",
    [page(150), page(150, { wasRepeating: true }), page(150), page(150)],
    [1, 2, 1, 2],
    true,
  ],
  [
    "reads again when the total changed",
    [page(250), page(251), page(251), page(251), page(251), page(251)],
    [1, 2, 3, 1, 2, 3],
    true,
  ],
  [
    "is complete when the second pass brings nothing new",
    [
      page(250),
      page(251),
      page(251),
      page(251, { wasRepeating: true }),
      page(251, { wasRepeating: true }),
      page(251, { wasRepeating: true }),
    ],
    [1, 2, 3, 1, 2, 3],
    true,
  ],
  [
    "is reported as unstable after the third pass",
    [page(101), page(102), page(102), page(103), page(103), page(104)],
    [1, 2, 1, 2, 1, 2],
    false,
  ],
])("an exported listing: %s", (_what, pages, asked, isSettled) => {
  expect(read(pages)).toEqual({ asked, isSettled });
});

describe("a listing that contradicts itself", () => {
  test.each<[string, readonly Page[], RegExp]>([
    ["reports entries but has none", [page(30, { records: 0 })], /30 entries but its first page is empty/],
    [
      "reports more entries than its pages can have",
      [page(250, { pageCount: 1 })],
      /250 entries in only 1 pages/,
    ],
    [
      "sends the same entries on every page",
      Array.from({ length: 30 }, (_, index) => page(1e9, { bringsNothing: index > 0 })),
      /the same entries on every page/,
    ],
    ["has no list", [{ lacksList: true }], /has no list of entries/],
    ["links to an unreadable address", [{ nextUri: 7 as never }], /next page cannot be read/],
  ])("is refused when it %s", (_what, pages, message) => {
    expect(() => read(pages)).toThrow(message);
    expect(() => read(pages)).toThrow(BrokenPage);
  });

  test.each<[string, "cursor" | "next-uri" | "scan", readonly Record<string, unknown>[]]>([
    ["the same address on every page", "next-uri", Array.from({ length: 9 }, () => ({ nextUri: "/x?p=2" }))],
    [
      "a cycle of addresses",
      "cursor",
      Array.from({ length: 40 }, (_, at) => ({ nextUri: `/x?after=${at % 7}` })),
    ],
    [
      "the same cursor on every page",
      "scan",
      Array.from({ length: 9 }, () => ({ cursors: { after: "same" } })),
    ],
    ["an address that is not a URL", "cursor", [{ nextUri: "http://[::bad" }]],
    ["an address that is an object", "next-uri", [{ nextUri: { a: 1 } }]],
    ["a cursor that is a number", "scan", [{ cursors: { after: 7 } }]],
  ])("is refused when it links to %s", (_what, paging, answers) => {
    expect(() => queriesOf(paging, answers)).toThrow(BrokenPage);
  });
});

test("an exported listing keeps the size of the first page, whatever size the reader asks for", () => {
  const source = listingSource({
    path: "/api/v2/users",
    queries: [{ state: "any" }],
    itemsKey: "entities",
    largestPage: 100,
    paging: "page-number",
  });
  const envelope = { fields: { total: 80, pageCount: 2 }, records: 50 };
  const cursor = source.nextCursor(WHOLE, null, { envelope, pageSize: 50, wasRepeating: false });
  expect(source.requestPage(WHOLE, null, cursor, 100)).toEqual({
    method: "GET",
    path: "/api/v2/users",
    query: { state: "any", pageSize: 50, pageNumber: 2 },
  });
});

test("an exported listing without pages is read in one request without paging parameters", () => {
  const source = listingSource({
    path: "/api/v2/presence/definitions",
    queries: [{ localeCode: "ALL" }],
    itemsKey: "entities",
    largestPage: 100,
    paging: "one-answer",
  });
  expect(source.requestPage(WHOLE, null, null, 100).query).toEqual({ localeCode: "ALL" });
  const answer = { envelope: { fields: { nextUri: "/more" }, records: 10 }, pageSize: 100 };
  expect(source.nextCursor(WHOLE, null, { ...answer, wasRepeating: false })).toBe(null);
});

describe("an exported listing of several queries", () => {
  const source = listingSource({
    path: "/api/v2/presence/definitions",
    queries: [{ deactivated: "false" }, { deactivated: "true" }],
    itemsKey: "entities",
    largestPage: 100,
    paging: "one-answer",
  });
  const answer = { envelope: { fields: {}, records: 10 }, pageSize: 100, wasRepeating: false };

  test("is read query by query", () => {
    expect(source.requestPage(WHOLE, null, null, 100).query).toEqual({ deactivated: "false" });
    const second = source.nextCursor(WHOLE, null, answer);
    expect(source.requestPage(WHOLE, null, second, 100).query).toEqual({ deactivated: "true" });
    expect(source.nextCursor(WHOLE, second, answer)).toBe(null);
    expect(source.isSettled(WHOLE, second, answer)).toBe(true);
  });

  test("is considered complete when the service ignores the parameter and sends the same entries again", () => {
    const second = source.nextCursor(WHOLE, null, answer);
    const again = { ...answer, wasRepeating: true };
    expect([source.nextCursor(WHOLE, second, again), source.isSettled(WHOLE, second, again)]).toEqual([
      null,
      true,
    ]);
  });

  test("is read again from the first query when its pages shifted, and then continues with the second", () => {
    const shifting = { ...answer, wasRepeating: true };
    let cursor = source.nextCursor(WHOLE, null, shifting);
    expect(source.requestPage(WHOLE, null, cursor, 100).query).toEqual({ deactivated: "false" });
    while (
      cursor !== null &&
      source.requestPage(WHOLE, null, cursor, 100).query?.["deactivated"] === "false"
    ) {
      cursor = source.nextCursor(WHOLE, cursor, answer);
    }
    expect(source.isSettled(WHOLE, cursor, answer)).toBe(true);
  });
});

/** Returns the queries that read a listing whose response declares these fields. */
function queriesOf(
  paging: "cursor" | "next-uri" | "scan",
  answers: readonly Record<string, unknown>[],
): unknown[] {
  const source = listingSource({
    path: "/api/v2/teams",
    queries: [{}],
    itemsKey: "entities",
    largestPage: 100,
    paging,
  });
  let cursor: string | null = null;
  return answers.map((fields) => {
    const { query } = source.requestPage(WHOLE, null, cursor, 100);
    const envelope = { fields, records: 100 };
    cursor = source.nextCursor(WHOLE, cursor, { envelope, pageSize: 100, wasRepeating: false });
    return cursor === null ? [query, "last"] : query;
  });
}

test.each([
  [
    "follows cursors, whatever host they name",
    "cursor",
    [{ nextUri: "/api/v2/teams?pageSize=100&after=%2Ba%3D" }, { nextUri: "https://x.test/y?after=b" }, {}],
    [{ pageSize: 100 }, { pageSize: 100, after: "+a=" }, [{ pageSize: 100, after: "b" }, "last"]],
  ],
  ["is read without parameters", "next-uri", [{ pageCount: 1, nextUri: "/x?p=2" }], [[{}, "last"]]],
  [
    "follows the next address when the response has one",
    "next-uri",
    [{ nextUri: "/x?pageNumber=2&pageSize=25" }, {}],
    [{}, [{ pageNumber: "2", pageSize: "25" }, "last"]],
  ],
  [
    "continues by page number where pages are counted but not linked",
    "next-uri",
    [
      { pageCount: 3, pageSize: 25 },
      { pageCount: 3, pageSize: 25 },
      { pageCount: 3, pageSize: 25 },
    ],
    [{}, { pageNumber: "2", pageSize: "25" }, [{ pageNumber: "3", pageSize: "25" }, "last"]],
  ],
] as const)("an exported listing without page numbers: %s", (_what, paging, answers, queries) => {
  expect(queriesOf(paging, answers)).toEqual(queries);
});
