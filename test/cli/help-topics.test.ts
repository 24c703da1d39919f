import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { LAYERS } from "../../src/access/layers.ts";
import { parsePolicy } from "../../src/access/policy/parse-policy.ts";
import { LAYER_NAMES } from "../../src/access/verdict/verdict.ts";
import { parseFilter } from "../../src/analytics/filter-text.ts";
import { INTERVAL_WORDS, parseInterval } from "../../src/analytics/interval.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { HELP_TOPICS } from "../../src/cli/help-topics.ts";
import { REGIONS } from "../../src/platform/region/region-list.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";
import { runCli } from "../support/run-cli.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NOW_MS = Date.UTC(2026, 9, 20, 12);

async function textOf(topic: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli(["help", topic]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
}

/** Returns the names in the first list of the text, with their meanings. */
function firstList(text: string): readonly (readonly [string, string])[] {
  const [, list = ""] = /\n\n((?: {2}\S.*\n)+)/.exec(text) ?? [];
  return [...list.matchAll(/^ {2}(.+?) {2,}(.+)$/gm)].map(([, name = "", meaning = ""]) => [name, meaning]);
}

test("the help topics are those of the documented contract", () => {
  const names = HELP_TOPICS.map(({ name }) => name);
  const required = [
    "environment",
    "regions",
    "filters",
    "intervals",
    "policy",
    "layers",
    "exit-codes",
    "errors",
  ];
  expect(names).toEqual(expect.arrayContaining(required));
  expect(new Set(names).size).toBe(names.length);
});

/** Number of lines on two screens of a common terminal. A list that is complete on purpose may be longer. */
const TWO_SCREENS = 60;
const COMPLETE_LISTS = ["errors"];

describe.each(HELP_TOPICS.map(({ name }) => name))("%s", (name) => {
  test("fits two screens of 100 columns, apart from commands to paste", async () => {
    const text = (await runCli(["help", name], { columns: 100 })).stdout;
    const [page = "", examples = ""] = text.split("\nExamples:\n");
    expect(page.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(examples.split("\n").length).toBeGreaterThan(1);
    if (!COMPLETE_LISTS.includes(name)) expect(text.split("\n").length).toBeLessThanOrEqual(TWO_SCREENS);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test("keeps every word on a narrow terminal", async () => {
    // Leaves out the examples, whose order changes with the width; `narrow-help.test.ts` reads them.
    const pageOf = (text: string) => text.split("\nExamples:\n")[0] ?? "";
    const narrow = pageOf((await runCli(["help", name], { columns: 60 })).stdout);
    const prose = narrow.split("\n").filter((line) => !line.startsWith(" "));
    expect(prose.filter((line) => line.length > 60)).toEqual([]);
    expect(narrow.split(/\s+/)).toEqual(pageOf(await textOf(name)).split(/\s+/));
  });
});

describe("`help environment`", () => {
  const named = async () => firstList(await textOf("environment")).flatMap(([names]) => names.split(", "));

  test("lists only variables that the program reads", async () => {
    const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("topics"))
      .map((name) => readFileSync(join(ROOT, "src", name), "utf8"))
      .join("\n");
    const names = await named();
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !new RegExp(`["'.\`]${name}\\b`).test(sources))).toEqual([]);
  });

  test("lists every variable of genscope that the README names", async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const variables = new Set(readme.match(/\b(?:GENESYSCLOUD|GENSCOPE)_[A-Z_]+\b/g));
    expect(variables.size).toBeGreaterThan(2);
    expect(await named()).toEqual(expect.arrayContaining([...variables]));
  });
});

test("`help regions` lists every region, and both its id and its domain select it", async () => {
  const rows = firstList(await textOf("regions"));
  expect(rows.length).toBe(REGIONS.length);
  for (const [id, rest] of rows) {
    const [domain = ""] = rest.split(/ {2,}/);
    expect(parseRegion(domain).region.id).toBe(id);
    expect(parseRegion(id).region.domain).toBe(domain);
  }
});

test("`help filters` shows filters that parse", async () => {
  const forms = firstList(await textOf("filters")).map(([form]) => form);
  expect(forms.length).toBe(7);
  expect(forms.map((form) => parseFilter(form).kind)).toEqual([
    "values",
    "values",
    "values",
    "state",
    "state",
    "range",
    "values",
  ]);
});

test("`help intervals` shows intervals and keywords that parse", async () => {
  const text = await textOf("intervals");
  const forms = firstList(text).map(([form]) => form);
  expect(forms.length).toBe(5);
  expect(text.replaceAll("\n", " ")).toContain(`Relative intervals: ${INTERVAL_WORDS.join(", ")}.`);
  for (const form of [...forms, ...INTERVAL_WORDS, "last-36h", "last-2w"]) {
    const { startMs, endMs } = parseInterval(form, { nowMs: NOW_MS });
    expect(endMs).toBeGreaterThan(startMs);
  }
});

test("`help policy` shows a valid file and describes each of its fields", async () => {
  const text = await textOf("policy");
  const [, shown = ""] = /\n\n((?: {2}.*\n)+)/.exec(text) ?? [];
  const file = shown.replace(/^ {2}/gm, "");
  const { services } = parsePolicy(file, { file: "genscope.policy.yaml", catalogue: loadCatalogue() });
  expect(services.map(({ name }) => name)).toEqual(["reporting"]);
  const fields = ["operations", "permissions", "anyOf", "division", "note", "max", "environments", "profile"];
  for (const field of [...fields, "region"]) {
    expect(file).toContain(`${field}:`);
    expect(text).toMatch(new RegExp(`^ {2}${field} {2,}\\S`, "m"));
  }
});

test("`help layers` lists every layer in the platform's order", async () => {
  expect(firstList(await textOf("layers"))).toEqual(LAYER_NAMES.map((name) => [name, LAYERS[name].title]));
});
