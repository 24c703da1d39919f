import { expect, test } from "vitest";
import { WHOLE } from "../../../src/export/part/part.ts";
import { listingSource } from "../../../src/export/sources/listing-source.ts";

interface Page {
  readonly total?: number;
  readonly pageCount?: number;
  readonly nextUri?: string;
  readonly records?: number;
  readonly wasRepeating?: boolean;
}

/** Reads a listing whose pages come so; which pages were asked for, and whether nothing moved. */
function read(pages: readonly Page[]): { readonly asked: readonly unknown[]; readonly isSettled: boolean } {
  const source = listingSource({
    path: "/api/v2/users",
    query: { state: "any" },
    itemsKey: "entities",
    largestPage: 100,
  });
  const asked: unknown[] = [];
  let cursor: string | null = null;
  for (const { records = 100, wasRepeating = false, ...fields } of pages) {
    const { query } = source.requestPage(WHOLE, null, cursor, 100);
    asked.push(query?.["pageNumber"]);
    const page = { envelope: { fields, records }, pageSize: 100, wasRepeating };
    const next = source.nextCursor(WHOLE, cursor, page);
    if (next === null) return { asked, isSettled: source.isSettled(WHOLE, cursor, page) };
    cursor = next;
  }
  return { asked: [...asked, "and on"], isSettled: false };
}

const page = (total: number, more: Page = {}): Page => ({
  total,
  pageCount: Math.ceil(total / 100),
  ...more,
});

test.each<[string, readonly Page[], readonly unknown[], boolean]>([
  ["one page", [page(40)], [1], true],
  ["nothing", [page(0, { records: 0 })], [1], true],
  ["as many pages as it says", [page(250), page(250), page(250)], [1, 2, 3], true],
  ["by nextUri where pages are not counted", [{ nextUri: "/x" }, { nextUri: "/x" }, {}], [1, 2, 3], true],
  [
    "an endless nextUri ends with an empty page",
    [{ nextUri: "/x" }, { nextUri: "/x", records: 0 }],
    [1, 2],
    true,
  ],
  ["fewer pages than it said", [page(250), page(250, { records: 0 })], [1, 2], true],
  [
    "read again when an entry came twice",
    [page(150), page(150, { wasRepeating: true }), page(150), page(150)],
    [1, 2, 1, 2],
    true,
  ],
  [
    "read again when its size changed",
    [page(250), page(251), page(251), page(251), page(251), page(251)],
    [1, 2, 3, 1, 2, 3],
    true,
  ],
  [
    "in the second pass all of it has come before",
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
    "given up after the third pass, and said",
    [page(101), page(102), page(102), page(103), page(103), page(104)],
    [1, 2, 1, 2, 1, 2],
    false,
  ],
])("%s", (_what, pages, asked, isSettled) => {
  expect(read(pages)).toEqual({ asked, isSettled });
});

test("pages stay as large as the first one, whatever the reader would like", () => {
  const source = listingSource({
    path: "/api/v2/users",
    query: { state: "any" },
    itemsKey: "entities",
    largestPage: 100,
  });
  const envelope = { fields: { total: 80, pageCount: 2 }, records: 50 };
  const cursor = source.nextCursor(WHOLE, null, { envelope, pageSize: 50, wasRepeating: false });
  expect(source.requestPage(WHOLE, null, cursor, 100)).toEqual({
    method: "GET",
    path: "/api/v2/users",
    query: { state: "any", pageSize: 50, pageNumber: 2 },
  });
});
