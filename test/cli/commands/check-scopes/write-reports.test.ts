import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeReports } from "../../../../src/cli/commands/check-scopes/reports/write-reports.ts";
import { systemRandom } from "../../../../src/core/random.ts";
import { MIXED_REPORT } from "../../../support/reports.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const silent = {
  random: systemRandom,
  userId: null,
  log: async () => {},
  hide: (text: string) => text,
  stepSummary: null,
};

test("writes every report, creates its directory and leaves no other file", async () => {
  const directory = await tempDir();
  const file = (name: string) => join(directory, "out", name);
  const logged: string[] = [];
  await writeReports(
    MIXED_REPORT,
    [
      { kind: "junit", file: file("a.xml") },
      { kind: "sarif", file: file("a.sarif") },
      { kind: "markdown", file: file("a.md") },
      { kind: "github", file: null },
    ],
    { ...silent, log: async (text) => void logged.push(text) },
  );
  expect((await readdir(join(directory, "out"))).toSorted()).toEqual(["a.md", "a.sarif", "a.xml"]);
  expect((await readFile(file("a.xml"), "utf8")).slice(0, 5)).toBe("<?xml");
  expect(JSON.parse(await readFile(file("a.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  expect((await readFile(file("a.md"), "utf8")).slice(0, 11)).toBe("## genscope");
  expect(logged.join("")).toMatch(/^::error file=genscope\.policy\.yaml,line=12,/);
});

test("replaces an older report file but appends to the step summary of a workflow", async () => {
  const directory = await tempDir();
  const file = join(directory, "summary.md");
  const written = async (stepSummary: string | null) => {
    await writeFile(file, "before\n");
    await writeReports(MIXED_REPORT, [{ kind: "markdown", file }], { ...silent, stepSummary });
    return (await readFile(file, "utf8")).split("\n")[0];
  };
  expect(await written(null)).toBe("## genscope: ✘ 4 of 6 checks failed");
  expect(await written(file)).toBe("before");
});

test("names a report file that cannot be written, and writes the other reports", async () => {
  const directory = await tempDir();
  const file = join(directory, "taken");
  await mkdir(file);
  const options = [
    { kind: "junit" as const, file },
    { kind: "sarif" as const, file: join(directory, "written") },
  ];
  await expect(writeReports(MIXED_REPORT, options, silent)).rejects.toMatchObject({
    name: "OutputError",
    code: "output.write",
    message: `the report \`${file}\` cannot be written: illegal operation on a directory`,
  });
  expect((await readdir(directory)).toSorted()).toEqual(["taken", "written"]);
});
