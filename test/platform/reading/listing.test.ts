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

describe("a listing is read completely", () => {
  test.each<[string, Routes, readonly string[]]>([
    ["from one page without counts", pages({ entities: [HOME] }), ["div-1"]],
    ["from one page with counts", pages({ entities: [HOME], total: 1, pageCount: 1 }), ["div-1"]],
    [
      "from every page that the first one counts",
      pages(...[1, 2, 3, 4, 5, 6].map((n) => ({ entities: [{ id: `d${n}` }], total: 6, pageCount: 6 }))),
      ["d1", "d2", "d3", "d4", "d5", "d6"],
    ],
    [
      "from every linked page, counting a moved entry once",
      pages(
        { entities: [HOME], nextUri: "/next" },
        { entities: [SALES, HOME], nextUri: "/next" },
        { entities: [{ id: "div-3" }] },
      ),
      ["div-1", "div-2", "div-3"],
    ],
    [
      "from a linked page despite a page count of one",
      pages({ entities: [HOME], pageCount: 1, nextUri: "/next" }, { entities: [SALES], pageCount: 1 }),
      ["div-1", "div-2"],
    ],
    [
      "from a page that the total implies and no link names",
      pages({ entities: [HOME], total: 2 }, { entities: [SALES], total: 2 }),
      ["div-1", "div-2"],
    ],
    [
      "despite a superfluous empty page",
      pages({ entities: [HOME], total: 1, nextUri: "/next" }, { entities: [], total: 1, nextUri: "/next" }),
      ["div-1"],
    ],
  ])("%s", async (_name, routes, ids) => {
    expect(await divisionsOf(routes)).toMatchObject({ ids, reasons: [] });
  });
});

describe("an incomplete or malformed listing counts as unreadable", () => {
  const CUT = "`GET /api/v2/authorization/divisions` returned a listing that is cut short after";

  test.each<[string, Routes, string]>([
    [
      "with fewer entries than its total",
      { [DIVISIONS]: [200, { entities: [HOME], total: 3, pageCount: 1 }] },
      `${CUT} 1 of 3`,
    ],
    [
      "with a next page that repeats the first",
      { [DIVISIONS]: [200, { entities: [HOME], pageCount: 1, nextUri: "/next" }] },
      `${CUT} 1 entries`,
    ],
    [
      "with an empty page in the middle",
      pages({ entities: [HOME], pageCount: 3 }, { entities: [], pageCount: 3 }, { entities: [SALES] }),
      `${CUT} 2 entries`,
    ],
    [
      "with an empty page that links to a next one",
      pages({ entities: [HOME], nextUri: "/next" }, { entities: [], nextUri: "/next" }),
      `${CUT} 1 entries`,
    ],
    ["with an empty first page of two", pages({ entities: [], pageCount: 2 }), `${CUT} 0 entries`],
    [
      "with a refused page",
      {
        ...pages({ entities: [HOME], pageCount: 2 }),
        [`${DIVISIONS}?pageSize=100&pageNumber=2`]: forbidden(),
      },
      "`GET /api/v2/authorization/divisions` returned 403 `missing.any.permissions`: No",
    ],
    [
      "with more pages than any listing can have",
      pages({ entities: [HOME], pageCount: 1_001 }),
      "`GET /api/v2/authorization/divisions` returned a listing of more than 1000 pages",
    ],
    ["without a division", pages({ entities: [], total: 0 }), "returned no division"],
    ["without a list", pages({}), "JSON that is not in the platform's format"],
    [
      "with an entry without an id",
      pages({ entities: [HOME, { name: "Sales" }] }),
      "JSON that is not in the",
    ],
    [
      "with null for an entry",
      pages({ entities: [HOME, null] }),
      "JSON that is not in the platform's format",
    ],
    ["with a total that is not a number", pages({ entities: [HOME], total: "1" }), "JSON that is not in the"],
    ["with a negative page count", pages({ entities: [HOME], pageCount: -1 }), "JSON that is not in the"],
    [
      "with a next page that is not a link",
      pages({ entities: [HOME], nextUri: {} }),
      "JSON that is not in the",
    ],
  ])("%s", async (_name, routes, reason) => {
    const { ids, reasons, pagesSeen } = await divisionsOf(routes);

    expect(ids).toBeNull();
    expect(reasons).toEqual([expect.stringContaining(reason)]);
    expect(pagesSeen).toBeLessThanOrEqual(3);
  });

  test("after 1,000 pages with new entries on every page", async () => {
    const endless = Array.from({ length: 1_001 }, (_, n) => ({
      entities: [{ id: `d${n}` }],
      nextUri: "/next",
    }));
    const { ids, pagesSeen } = await divisionsOf(pages(...endless));

    expect([ids, pagesSeen]).toEqual([null, 1_000]);
  });

  test("so that a role in the only division that was read is not treated as held everywhere", async () => {
    const whole = await judge();
    const short = await judge({ [DIVISIONS]: [200, { entities: [HOME], total: 2, pageCount: 1 }] });

    expect([whole.verdict, whole.layer]).toEqual(["allowed", "none"]);
    expect([short.verdict, short.layer]).toEqual(["conditional", "division"]);
  });
});

test("an unreadable fact names the refused call and the permission that it needs", async () => {
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
      reason: "`GET /api/v2/authorization/roles` returned 403 `missing.any.permissions`: No",
      permissions: ["authorization:role:view"],
      scopes: [],
      call: expect.objectContaining({ status: 403, code: "missing.any.permissions" }),
    },
  ]);
});
