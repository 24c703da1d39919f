import { describe, expect, test } from "vitest";
import { renderBlocks } from "../../../src/output/blocks.ts";
import type { TableBlock } from "../../../src/output/table/table-block.ts";

const ONE = "6c2f0f1a-8f5b-4d2e-9c11-0a1b2c3d4e5f";
const OTHER = "7d3f0f1a-8f5b-4d2e-9c11-0a1b2c3d4e5f";
const SIMILAR = "6c2f0f1a-0000-4d2e-9c11-0a1b2c3d4e5f";
const LONG = "every word of this description counts, ".repeat(4).trim();

const show = async (
  head: readonly (string | TableBlock["columns"][number])[],
  rows: TableBlock["rows"],
  { width = 80, ...more }: { readonly width?: number } & Partial<TableBlock> = {},
) => {
  const columns = head.map((name) => (typeof name === "string" ? { name } : name));
  return await renderBlocks([{ kind: "table", columns, rows, ...more }], width);
};

describe("a table on a terminal", () => {
  test("shows a value shared by every row once above the table, and omits empty columns", async () => {
    const rows = [
      ["dev", "eu_central_1", "", "pkce"],
      ["prod", "eu_central_1", "", "pkce"],
    ];
    expect(await show(["Profile", "Region", "Note", "Grant"], rows)).toMatchInlineSnapshot(`
      "Region: eu_central_1 · Grant: pkce

      Profile
      dev
      prod
      "
    `);
  });

  test.each([
    ["of one row keeps every column", ["dev", "pkce"], 1],
    ["of equal rows keeps its first column", ["dev", "pkce"], 2],
  ])("%s", async (_name, row, count) => {
    const [first = ""] = (await show(["Profile", "Grant"], Array(count).fill(row))).split("\n");
    expect(first).toBe(count === 1 ? "Profile  Grant" : "Grant: pkce");
  });

  test("keeps a key column in the table even when every row has the same value", async () => {
    const rows = [
      ["a", "allowed"],
      ["b", "allowed"],
    ];
    expect(await show(["check", { name: "dev", isKey: true }], rows)).toBe(
      "check  dev\na      allowed\nb      allowed\n",
    );
  });

  test("aligns numbers to the right, and wide characters by their display width", async () => {
    const rows = [
      ["東京", "7"],
      ["Sales", "1200"],
    ];
    expect(await show(["queue", { name: "count", isNumber: true }], rows)).toBe(
      "queue  count\n東京       7\nSales   1200\n",
    );
  });

  test("shows times without fractions of a second", async () => {
    const rows = [["until 2026-10-20T11:55:48.123Z"], ["2026-10-20T11:55:48.000+02:00"]];
    expect(await show(["end"], rows)).toBe("end\nuntil 2026-10-20T11:55:48Z\n2026-10-20T11:55:48+02:00\n");
  });

  test("does not shorten UUIDs when the table fits", async () => {
    expect(
      await show(
        ["id", "name"],
        [
          [ONE, "Sales"],
          [OTHER, "Support"],
        ],
      ),
    ).toBe(`id${" ".repeat(36)}name\n${ONE}  Sales\n${OTHER}  Support\n`);
  });

  test.each([
    ["shortens UUIDs", [[ONE], [`${ONE}, ${OTHER}`]], "id\n6c2f0f1a…\n6c2f0f1a…, 7d3f0f1a…\n"],
    ["does not shorten UUIDs with the same beginning", [[ONE], [SIMILAR]], `id\n${ONE}\n${SIMILAR}\n`],
    ["does not shorten a UUID inside text", [[`call ${ONE}`], ["x"]], `id\ncall\n  ${ONE}\nx\n`],
    [
      "does not shorten a UUID next to a name",
      [[`${ONE}, Sales`], [ONE]],
      `id\n${ONE},\n  Sales\n6c2f0f1a…\n`,
    ],
  ])("%s when the table does not fit", async (_name, rows, expected) => {
    const texts = [0, 1].map((row) => Array.from({ length: 9 }, (_, column) => `${row}${column}`.repeat(4)));
    const names = texts[0]?.map((_, column) => `c${column}`) ?? [];
    const shown = await show(
      [{ name: "id", isKey: true }, ...names],
      rows.map((row, index) => [...row, ...(texts[index] ?? [])]),
    );
    const first = (line: string) => line.split(/(?<=\S) {2}/)[0] ?? "";
    expect(shown.replace(/\n\nnot shown[\s\S]*/, "\n").replace(/.+/g, first)).toBe(expected);
  });

  test("shortens the ids in the least important column first", async () => {
    const rows = [
      [ONE, OTHER, "Sales"],
      [OTHER, ONE, "Support"],
    ];
    const head = ["id", { name: "userId", rank: 1 }, "name"];
    expect(await show(head, rows)).toContain(`${ONE}  7d3f0f1a…  Sales\n`);
    expect(await show(head, rows, { width: 120 })).toContain(`${ONE}  ${OTHER}  Sales\n`);
  });

  test("omits a column of little use instead of shortening the id of the row", async () => {
    const head = [{ name: "id", rank: -2 }, { name: "start" }, { name: "end", rank: 3 }];
    const rows = [ONE, OTHER].map((id, index) => [
      id,
      `the-start-${index}-of-a-long-day`,
      `the-end-${index}-of-a-long-day`,
    ]);
    const shown = await show(head, rows);
    expect(shown).toContain(`${ONE}  the-start-0-of-a-long-day\n`);
    expect(shown).toContain("not shown: end");
    expect(await show(head, rows, { width: 120 })).toContain("the-end-0-of-a-long-day");
  });

  test("shows full UUIDs in a pipe", async () => {
    const block: TableBlock = { kind: "table", columns: [{ name: "id" }], rows: [[ONE], [OTHER]] };
    expect(await renderBlocks([block], null)).toBe(`id\n${ONE}\n${OTHER}\n`);
  });
});

describe("a table that is too wide", () => {
  const rows = [
    ["a", "b".repeat(30), "c".repeat(30), "d".repeat(30)],
    ["A", "B".repeat(30), "C".repeat(30), "D".repeat(30)],
  ];

  test("omits the least important columns and names them", async () => {
    const head = ["key", { name: "second", rank: 1 }, { name: "third", rank: 2 }, "fourth"];
    const shown = await show(head, rows, { shownBy: "-o wide" });
    expect(shown.split("\n")[0]).toMatch(/^key {2}second +fourth$/);
    expect(shown).toMatch(/\n\nnot shown: third \(-o wide shows all columns\)\n$/);
  });

  test.each([40, 80, 200])("keeps every cell whole with `whole` at %i columns", async (width) => {
    const head = ["key", { name: "count", isNumber: true }, { name: "third", rank: 2 }, "id"];
    const cells = [
      ["a", "7", "c".repeat(30), ONE],
      ["東京", "1200", "D", OTHER],
    ];
    expect(await show(head, cells, { longCells: "whole", width })).toBe(
      [
        `key   count  third${" ".repeat(27)}id`,
        `a         7  ${"c".repeat(30)}  ${ONE}`,
        `東京   1200  D${" ".repeat(31)}${OTHER}`,
        "",
      ].join("\n"),
    );
  });

  test("has columns with long cells last with `whole`, and fills the width of the terminal", async () => {
    const json = JSON.stringify({ text: "x".repeat(300) });
    const cells = [
      ["a", json, LONG, "c"],
      ["b", "{}", "", "two\nlines"],
    ];
    const lines = (await show(["key", "json", "text", "last"], cells, { longCells: "whole" })).split("\n");
    expect(lines).toEqual([
      `key  last       json${" ".repeat(78)}text`,
      `a    c          ${json}  ${LONG}`,
      "b    two lines  {}",
      "",
    ]);
  });

  test("keeps the order of chosen columns with `whole`", async () => {
    const head = ["text", "key"].map((name) => ({ name, isKey: true }));
    const cells = [
      [LONG, "a"],
      ["b", "c"],
    ];
    expect(await show(head, cells, { longCells: "whole" })).toMatch(/^text +key\n.*, {2}a\nb +c\n$/);
  });

  test("truncates a long cell to the available space, on one line", async () => {
    const shown = await show(
      ["name", "description"],
      [
        ["Sales", LONG],
        ["Support", "short"],
      ],
      { longCells: "cut" },
    );
    expect(shown.split("\n").map((line) => line.length)).toEqual([20, 80, 14, 0]);
    expect(shown).toContain("…\n");
  });

  test("wraps a long cell at spaces and at the slashes of a path", async () => {
    const path = "/api/v2/outbound/contactlists/{contactListId}/contacts/bulk/jobs/{jobId}";
    const shown = await show(
      [{ name: "Path", isKey: true }, "Permissions"],
      [
        [path, LONG],
        ["/x", "y"],
      ],
    );
    expect(Math.max(...shown.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(shown).toContain("/api/v2/outbound/");
    expect(shown.match(/counts,/g)).toHaveLength(4);
    expect(shown).not.toContain("…");
  });

  test("truncates an immense cell of wide characters without delay", async () => {
    const before = process.cpuUsage();
    const shown = await show(
      ["name", "text"],
      [
        ["a", "東".repeat(200_000)],
        ["b", "c"],
      ],
      { longCells: "cut" },
    );
    expect(shown).toContain("東…");
    // Compares processor time, because a busy machine takes longer in real time.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  });
});
