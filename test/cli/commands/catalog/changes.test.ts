import { describe, expect, test } from "vitest";
import { hasPassed } from "../../../../src/catalogue/changes/select-announcements.ts";
import { loadCatalogue } from "../../../../src/catalogue/facts/load-catalogue.ts";
import { catalogChanges } from "../../../../src/cli/commands/catalog/changes.ts";
import { json } from "../../../sandbox/client.ts";
import { runCli } from "../../../support/run-cli.ts";

const TODAY = "2026-11-28";
const run = (...words: readonly string[]) => runCli(["catalog", "changes", ...words], {});
const datesOf = (document: unknown) => json(document).each("changes", "date");

describe("catalog changes", () => {
  test("lists every announcement, oldest first, with undated ones last", async () => {
    const { exitCode, json: document } = await run("--json");
    const dates = datesOf(document);
    const dated = dates.filter((date) => date !== null);
    expect(exitCode).toBe(0);
    expect(dated).toEqual(dated.toSorted());
    expect(dates.slice(dated.length)).toEqual([null, null, null, null]);
  });

  test.each<[readonly string[], readonly unknown[]]>([
    [["--since", "2027"], []],
    [
      ["--since", "2027-01", "--until", "2028-12"],
      ["2027-03", "2028-05-01"],
    ],
    [["--since", "2028-05-01", "--until", "2028-05-01"], ["2028-05-01"]],
    [["--since", "2027-03-15", "--until", "2027-03-20"], ["2027-03"]],
    [
      ["--since", "2026-03-02", "--until", "2026-03"],
      ["2026-03", "2026-03-27", "2026-03-31"],
    ],
  ])("lists the announcements in the period %j", async (flags, expected) => {
    const { exitCode, json: document } = await run(...flags, "--json");
    if (expected.length === 0) expect(exitCode).toBe(2);
    else expect(datesOf(document)).toEqual(expected);
  });

  test("shows each change with its date, operations and source", async () => {
    const { stdout, stderr } = await run("--since", "2028-01", "--until", "2028-12");
    expect(stdout).toMatch(/^2028-05-01 {2}removal: replace\/external, consult\/external/);
    expect(stdout).toContain(
      "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external",
    );
    expect(stdout).toContain("community.genesys.com/discussion/");
    expect(stderr).toContain("1 change in the announcements collected until 2026-11-28");
  });

  test.each([["2026-13"], ["March"], ["2026-02-3"], [""]])("refuses `%s` as a date", async (date) => {
    const { exitCode, stderr } = await run("--since", date);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is not a day or month (--since)")]);
  });
});

test("the announced operations exist in the catalog, except those that an announcement misspells", () => {
  const catalogue = loadCatalogue();
  const { changes } = catalogChanges({ since: null, until: null }, TODAY);
  const unknown = changes
    .flatMap(({ operations }) => operations)
    .filter((name) => {
      const [method = "", path = ""] = name.split(" ");
      return catalogue.find(method, path) === null;
    });
  expect([...new Set(unknown)]).toEqual([
    "PUT /api/v2/users/{userId}/profile",
    "DELETE /api/v2/apps/users/{userId}/logout",
  ]);
});

test.each<[string | null, boolean]>([
  ["2026-11-27", true],
  ["2026-11-28", false],
  ["2026-11", false],
  ["2026-10", true],
  [null, false],
])("a change announced for %s is over on 2026-11-28: %s", (date, expected) => {
  expect(hasPassed({ date }, TODAY)).toBe(expected);
});
