import { describe, expect, test } from "vitest";
import {
  CLIENT_TOKEN,
  DIVISIONS,
  forbidden,
  judge,
  ROLE,
  type Routes,
  read,
  TOKEN,
} from "./canned-service.ts";

const HOME = { id: "div-1", name: "Home", homeDivision: true };
const SALES = { id: "div-2", name: "Sales", homeDivision: false };
const pages = (...bodies: readonly object[]): Routes =>
  Object.fromEntries(
    bodies.map((body, index) => [`${DIVISIONS}?pageSize=100&pageNumber=${index + 1}`, [200, body]]),
  );

async function divisionsOf(routes: Routes) {
  const { principal, seen } = await read({ [TOKEN]: [200, CLIENT_TOKEN], ...routes }, "divisions");
  return {
    ids: principal.divisions?.map(({ id }) => id) ?? null,
    reasons: principal.unreadable.map(({ what, reason }) => `${what}: ${reason}`),
    pagesSeen: seen.length - 1,
  };
}

describe("all pages are read", () => {
  test.each<[string, Routes, readonly string[]]>([
    ["one page, nothing counted", pages({ entities: [HOME] }), ["div-1"]],
    ["one page", pages({ entities: [HOME], total: 1, pageCount: 1 }), ["div-1"]],
    [
      "as many as it says, a few at a time",
      pages(...[1, 2, 3, 4, 5, 6].map((n) => ({ entities: [{ id: `d${n}` }], total: 6, pageCount: 6 }))),
      ["d1", "d2", "d3", "d4", "d5", "d6"],
    ],
    [
      "while there is a next page; an entry that has moved counts once",
      pages(
        { entities: [HOME], nextUri: "/next" },
        { entities: [SALES, HOME], nextUri: "/next" },
        { entities: [{ id: "div-3" }] },
      ),
      ["div-1", "div-2", "div-3"],
    ],
    [
      "a next page beside a count of one",
      pages({ entities: [HOME], pageCount: 1, nextUri: "/next" }, { entities: [SALES], pageCount: 1 }),
      ["div-1", "div-2"],
    ],
    [
      "the rest of what it counts, though nothing leads there",
      pages({ entities: [HOME], total: 2 }, { entities: [SALES], total: 2 }),
      ["div-1", "div-2"],
    ],
    [
      "a page too many that is empty",
      pages({ entities: [HOME], total: 1, nextUri: "/next" }, { entities: [], total: 1, nextUri: "/next" }),
      ["div-1"],
    ],
  ])("%s", async (_name, routes, ids) => {
    expect(await divisionsOf(routes)).toMatchObject({ ids, reasons: [] });
  });
});

describe("half a list is no list", () => {
  const CUT = "`GET /api/v2/authorization/divisions` answered with a listing that is cut short after";

  test.each<[string, Routes, string]>([
    [
      "fewer than it counts",
      { [DIVISIONS]: [200, { entities: [HOME], total: 3, pageCount: 1 }] },
      `${CUT} 1 of 3`,
    ],
    [
      "a next page that is the same again",
      { [DIVISIONS]: [200, { entities: [HOME], pageCount: 1, nextUri: "/next" }] },
      `${CUT} 1 entries`,
    ],
    [
      "an empty page in the middle",
      pages({ entities: [HOME], pageCount: 3 }, { entities: [], pageCount: 3 }, { entities: [SALES] }),
      `${CUT} 2 entries`,
    ],
    [
      "an empty page that names a next one",
      pages({ entities: [HOME], nextUri: "/next" }, { entities: [], nextUri: "/next" }),
      `${CUT} 1 entries`,
    ],
    ["no entries on a first page of two", pages({ entities: [], pageCount: 2 }), `${CUT} 0 entries`],
    [
      "a page that is refused",
      {
        ...pages({ entities: [HOME], pageCount: 2 }),
        [`${DIVISIONS}?pageSize=100&pageNumber=2`]: forbidden(),
      },
      "`GET /api/v2/authorization/divisions` answered 403 `missing.any.permissions`: No",
    ],
    [
      "more pages than any listing has",
      pages({ entities: [HOME], pageCount: 1_001 }),
      "`GET /api/v2/authorization/divisions` answered with a listing of more than 1000 pages",
    ],
    ["an organization without a division", pages({ entities: [], total: 0 }), "without a single division"],
    ["no list", pages({}), "JSON that is not in the platform's form"],
    ["an entry without an id", pages({ entities: [HOME, { name: "Sales" }] }), "JSON that is not in the"],
    ["an entry that is none", pages({ entities: [HOME, null] }), "JSON that is not in the platform's form"],
    ["a total that is no number", pages({ entities: [HOME], total: "1" }), "JSON that is not in the"],
    ["a page count that is none", pages({ entities: [HOME], pageCount: -1 }), "JSON that is not in the"],
    ["a next page that is no link", pages({ entities: [HOME], nextUri: {} }), "JSON that is not in the"],
  ])("%s", async (_name, routes, reason) => {
    const { ids, reasons, pagesSeen } = await divisionsOf(routes);

    expect(ids).toBeNull();
    expect(reasons).toEqual([expect.stringContaining(reason)]);
    expect(pagesSeen).toBeLessThanOrEqual(3);
  });

  test("a listing that brings something new for ever ends as a failure", async () => {
    const endless = Array.from({ length: 1_001 }, (_, n) => ({
      entities: [{ id: `d${n}` }],
      nextUri: "/next",
    }));
    const { ids, pagesSeen } = await divisionsOf(pages(...endless));

    expect([ids, pagesSeen]).toEqual([null, 1_000]);
  });

  test("a role in the only division that came does not hold everywhere", async () => {
    const whole = await judge();
    const short = await judge({ [DIVISIONS]: [200, { entities: [HOME], total: 2, pageCount: 1 }] });

    expect([whole.verdict, whole.layer]).toEqual(["allowed", "none"]);
    expect([short.verdict, short.layer]).toEqual(["conditional", "division"]);
  });
});

test("what was refused, and what would let us read it", async () => {
  const { principal } = await read(
    {
      [TOKEN]: [200, CLIENT_TOKEN],
      "/api/v2/authorization/roles?pageSize=100&pageNumber=1": [200, { entities: [ROLE], pageCount: 2 }],
      "/api/v2/authorization/roles?pageSize=100&pageNumber=2": forbidden(),
    },
    "roles",
  );
  expect(principal.roles).toBeNull();
  expect(principal.unreadable).toEqual([
    {
      what: "roles",
      reason: "`GET /api/v2/authorization/roles` answered 403 `missing.any.permissions`: No",
      permissions: ["authorization:role:view"],
      scopes: [],
      call: expect.objectContaining({ status: 403, code: "missing.any.permissions" }),
    },
  ]);
});
