import { describe, expect, test } from "vitest";
import {
  collectReportOptions,
  findReportOptions,
  parseReportOption,
} from "../../../src/cli/flags/report-option.ts";

test.each([
  ["junit=report.xml", { kind: "junit", file: "report.xml" }],
  ["SARIF=out/genscope.sarif", { kind: "sarif", file: "out/genscope.sarif" }],
  ["markdown=a=b.md", { kind: "markdown", file: "a=b.md" }],
  ["html=report.html", { kind: "html", file: "report.html" }],
  ["github", { kind: "github", file: null }],
])("parses --report %s", (text, expected) => {
  expect(parseReportOption(text)).toEqual(expected);
});

test.each([
  ["pdf=a.pdf", "`pdf` is not a kind of report"],
  ["", "`` is not a kind of report"],
  ["=a.xml", "`` is not a kind of report"],
  ["junit", "`--report junit` needs a file"],
  ["sarif=", "`--report sarif` needs a file"],
  ["github=a.txt", "`--report github` takes no file, but `a.txt` was given"],
])("--report %j is a usage error that lists the kinds of reports", (text, message) => {
  expect(() => parseReportOption(text)).toThrow(
    expect.objectContaining({
      code: "usage.report",
      exit: "usage",
      message,
      hint: expect.stringContaining("`junit=FILE`, `sarif=FILE`, `markdown=FILE`, `html=FILE`, `github`"),
    }),
  );
});

describe("several reports", () => {
  test.each([
    [["junit=a.xml", "sarif=b.sarif"], {}, ["junit", "sarif"]],
    [["github", "junit=a.xml"], {}, ["junit", "github"]],
    [["junit=a.xml"], { GITHUB_ACTIONS: "true" }, ["junit", "github"]],
    [["github", "github"], { GITHUB_ACTIONS: "true" }, ["github"]],
    [[], { GITHUB_ACTIONS: "true" }, ["github"]],
    [[], { GITHUB_ACTIONS: "false" }, []],
    [[], {}, []],
  ])("from %j with the environment %j are %j", (texts, env, kinds) => {
    expect(collectReportOptions(texts, env).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("are refused when two have the same file", () => {
    expect(() => collectReportOptions(["junit=a", "sarif=a"], {})).toThrow(
      "two reports are written to the same file `a`",
    );
  });
});

test("standard output is refused as the file of a report", () => {
  expect(() => parseReportOption("html=-")).toThrow(
    expect.objectContaining({ exit: "usage", message: "`-` is not a file (--report html)" }),
  );
});

describe("the reports of an invalid command line", () => {
  test.each<[readonly string[], readonly string[]]>([
    [
      ["check-scopes", "--report=junit=a.xml", "--no-such-flag", "--report=sarif=b"],
      ["a.xml", "b"],
    ],
    [["--report=junit", "--report=pdf=c", "--report=markdown=d.md", "--report"], ["d.md"]],
    [["--report=junit=a", "--report=sarif=a"], ["a"]],
    [["--report=junit=a", "--", "--report=sarif=b"], ["a"]],
  ])("for %j are %j", (words, files) => {
    expect(findReportOptions(words, {}).map(({ file }) => file)).toEqual(files);
  });

  test("include annotations in a workflow", () => {
    expect(findReportOptions([], { GITHUB_ACTIONS: "true" })).toEqual([{ kind: "github", file: null }]);
  });
});
