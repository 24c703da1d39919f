import { expect, test } from "vitest";
import { type Block, renderBlocks } from "../../src/output/blocks.ts";

const table: Block = {
  kind: "table",
  columns: [{ name: "Role", isKey: true }, { name: "Divisions" }],
  rows: [
    ["Supervisor", "Home, Sales"],
    ["Reporting Base", "every division"],
  ],
};

test("aligns the columns of a table without borders", async () => {
  expect(await renderBlocks([table], 30)).toMatchInlineSnapshot(`
    "Role            Divisions
    Supervisor      Home, Sales
    Reporting Base  every division
    "
  `);
});

test("shows a table that is too wide for a terminal of less than 80 columns as a list of its rows", async () => {
  expect(await renderBlocks([table], 29)).toMatchInlineSnapshot(`
    "Role       Supervisor
    Divisions  Home, Sales

    Role       Reporting Base
    Divisions  every division
    "
  `);
});

test("writes one line per table row to a pipe, whatever a cell contains", async () => {
  const rows = [["a\tb\nc", "d"]];
  expect(await renderBlocks([{ ...table, rows }], null)).toBe("Role\tDivisions\na b c\td\n");
});

const fields: Block = {
  kind: "fields",
  rows: [
    ["token", "of a user only; client credentials are refused"],
    ["may refuse with", "400 not.a.user, 401 bad.credentials, 403 not.authorized"],
  ],
};

test("aligns the fields of a block and wraps their values", async () => {
  expect(await renderBlocks([fields], 50)).toMatchInlineSnapshot(`
    "token            of a user only; client
                     credentials are refused
    may refuse with  400 not.a.user, 401
                     bad.credentials, 403
                     not.authorized
    "
  `);
});

test("moves the values of fields below their names when the terminal is too narrow", async () => {
  expect(await renderBlocks([fields], 36)).toMatchInlineSnapshot(`
    "token
      of a user only; client credentials
      are refused
    may refuse with
      400 not.a.user, 401
      bad.credentials, 403
      not.authorized
    "
  `);
});

test("keeps the indent of a tree and never splits a word", async () => {
  const tree: Block = {
    kind: "tree",
    nodes: [
      {
        text: "denied  POST /api/v2/analytics/conversations/details/query",
        children: [{ text: "no role of this token holds the permission" }],
      },
    ],
  };
  expect(await renderBlocks([tree], 30)).toMatchInlineSnapshot(`
    "denied  POST
      /api/v2/analytics/conversations/details/query
      no role of this token holds
        the permission
    "
  `);
});

test("wraps a message at word boundaries on a terminal, and keeps its command whole", async () => {
  const lines = ["  - organization with a long name", "    genscope check-scopes --wait 2m getUsers"];
  const message: Block = { kind: "message", lines };
  expect(await renderBlocks([message], 25)).toBe(
    "  - organization with a\n    long name\n    genscope check-scopes --wait 2m getUsers\n",
  );
  expect(await renderBlocks([message], null)).toBe(`${lines.join("\n")}\n`);
});

test.each([
  [
    "in backticks",
    "ok: run `env -u NAME genscope doctor` now",
    "ok: run\n      `env -u NAME genscope doctor`\n      now",
  ],
  [
    "at the end of a sentence",
    "to see it: genscope catalog show getUsers",
    "to see it:\n      genscope catalog show getUsers",
  ],
  ["on its own", "genscope check-scopes getUsers", "genscope check-scopes getUsers"],
  [
    "in color",
    "\u001b[2mgenscope check-scopes getUsers\u001b[22m",
    "\u001b[2mgenscope check-scopes getUsers\u001b[22m",
  ],
])("keeps a command %s on one line of a terminal", async (_where, value, expected) => {
  const shown = await renderBlocks([{ kind: "fields", rows: [["hint", value]] }], 34);
  expect(shown).toBe(`hint  ${expected}\n`);
});
