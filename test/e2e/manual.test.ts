import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { allDatasets } from "../../src/analytics/datasets/datasets.ts";
import type { ExportDescriptionDocument } from "../../src/cli/commands/export/describe/document.ts";
import { referenceFiles } from "../../src/cli/commands/export/describe/reference-pages.ts";
import { HELP_TOPICS } from "../../src/cli/help-topics.ts";
import { listCommands } from "../support/command-tree.ts";

const DIST = resolve(import.meta.dirname, "../../dist");
const MAN = join(DIST, "man");
const pages = readdirSync(MAN).toSorted();
const commands = await listCommands();
const pageOf = (name: string) => `genscope-${name.replaceAll(" ", "-")}.1`;
const read = (page: string) => readFileSync(join(MAN, page), "utf8");
const reference = readFileSync(join(DIST, "reference.md"), "utf8");

const has = (command: string) => spawnSync(command, ["--help"]).error === undefined;

test("exactly the commands and help topics have a man page", () => {
  expect(pages).toEqual(
    [
      "genscope.1",
      ...commands.map(({ name }) => pageOf(name)),
      ...HELP_TOPICS.map(({ name }) => `genscope-${name}.7`),
    ].toSorted(),
  );
});

test("package.json lists every man page, so that npm links it", () => {
  const { man } = JSON.parse(readFileSync(join(DIST, "../package.json"), "utf8")) as { man: string[] };
  expect(man, "run `npm run build` and commit package.json").toEqual(pages.map((page) => `dist/man/${page}`));
});

describe.each(commands.map(({ name, command }) => [name, command] as const))("%s", (name, command) => {
  const flags = command
    .createHelp()
    .visibleOptions(command)
    .map(({ long }) => long ?? "");
  const inPage = read(pageOf(name)).replaceAll("\\-", "-");
  const [, inReference = ""] = reference.split(`\n## genscope ${name}\n`);

  test("has every flag, its summary and its exit codes in its man page and in the reference", () => {
    const expected = flags.filter((flag) => flag !== "--help");
    expect(expected.filter((flag) => !new RegExp(`^\\\\fB.*${flag}\\b`, "m").test(inPage))).toEqual([]);
    const [section = ""] = inReference.split("\n## ");
    expect(expected.filter((flag) => !new RegExp(`^- \`.*${flag}\\b`, "m").test(section))).toEqual([]);
    expect(inPage).toContain(`${pageOf(name).slice(0, -2)} - ${command.summary().replaceAll("'", "\\(aq")}`);
    expect(inPage).toContain('.SH "EXIT STATUS"\n.TP\n\\fB0\\fR');
  });
});

test("the man pages refer only to pages that exist", () => {
  const named = pages.flatMap((page) =>
    Array.from(
      read(page).matchAll(/^\.BR (\S+) \((\d)\)/gm),
      ([, name = "", section]) => `${name.replaceAll("\\-", "-")}.${section}`,
    ),
  );
  expect(named.length).toBeGreaterThan(commands.length);
  expect(named.filter((page) => !pages.includes(page))).toEqual([]);
});

test("every link in the table of contents of the reference leads to a section", () => {
  const targets = Array.from(reference.matchAll(/^- \[.*?\]\(#(.+?)\)/gm), ([, target = ""]) => target);
  expect(targets.length).toBe(pages.length);
  expect(targets.filter((target) => !reference.includes(`<a id="${target}"></a>`))).toEqual([]);
});

test.skipIf(!has("man"))("`man` formats every man page without a warning (needs man)", () => {
  const wrong = pages.filter((page) => {
    const { status, stderr } = spawnSync("man", ["--warnings", "-E", "UTF-8", "-l", join(MAN, page)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", MANPAGER: "cat" },
    });
    return status !== 0 || stderr !== "";
  });
  expect(wrong).toEqual([]);
});

test.skipIf(!has("mandoc"))("mandoc finds no error and no warning in the man pages (needs mandoc)", () => {
  const lint = (input: string) =>
    spawnSync("mandoc", ["-Tlint", "-Wwarning"], { input, encoding: "utf8" }).stdout;
  expect(pages.flatMap((page) => lint(read(page)))).toEqual(pages.map(() => ""));
  expect(lint(".TH A 1\n.SH NAME\n.XX")).not.toBe("");
});

test("every dataset has a page in the package, and each page is current", async () => {
  const directory = join(DIST, "datasets");
  const files = await referenceFiles();
  expect(readdirSync(directory).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
  const isCurrent = ({ name, text }: { name: string; text: string }) =>
    readFileSync(join(directory, name), "utf8") === text;
  expect(
    files.filter((file) => !isCurrent(file)).map(({ name }) => name),
    "run `npm run build`",
  ).toEqual([]);
  expect(files.length).toBe(allDatasets().length + 1);
});

test("the page of a dataset contains its requests, permissions, facts, tables, columns and types", async () => {
  const { stdout } = spawnSync(
    process.execPath,
    [join(DIST, "../bin/genscope.js"), "export", "adherence", "--describe", "--json"],
    { encoding: "utf8", env: {} },
  );
  const document = JSON.parse(stdout) as ExportDescriptionDocument;
  const page = readFileSync(join(DIST, "datasets/adherence.md"), "utf8");
  const expected = [
    ...document.requests.flatMap(({ method, path, permissions }) => [`${method} ${path}`, ...permissions]),
    document.paging,
    document.changes,
    ...document.unknowns,
    ...document.tables.flatMap(({ name, columns }) => [
      `## Table \`${name}\``,
      ...columns.map((column) => `| \`${column.name}\` | ${column.type} |`),
    ]),
  ];
  expect(expected.length).toBeGreaterThan(20);
  expect(expected.filter((text) => !page.includes(text))).toEqual([]);
});
