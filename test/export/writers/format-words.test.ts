import { expect, test } from "vitest";
import {
  anyFormat,
  defaultCompressions,
  fileEndings,
  spreadsheetFormats,
  tableFormats,
} from "../../../src/export/writers/format-words.ts";
import { FORMATS, formatNames } from "../../../src/export/writers/formats.ts";
import { runCli } from "../../support/run-cli.ts";

test.each(formatNames())(
  "the format %s has its name, its ending and its default compression in the texts of help",
  (name) => {
    const { label, openTables, compressesInside, defaultCompression, isForSpreadsheets } = FORMATS[name];
    expect(anyFormat().split(/, | or /)).toContain(label);
    expect(
      tableFormats("and")
        .split(/, | and /)
        .includes(label),
    ).toBe(openTables !== null);
    expect(
      spreadsheetFormats("or")
        .split(/, | or /)
        .includes(label),
    ).toBe(isForSpreadsheets);
    expect(fileEndings()).toMatch(
      new RegExp(`(?:^|, | or )\\.${name}${compressesInside ? "" : " \\(\\.gz, \\.zst\\)"}(?:, | or |$)`),
    );
    expect(defaultCompressions().includes(`for ${label}`)).toBe(defaultCompression !== "none");
  },
);

test.each([
  ["help", "tables"],
  ["export", "--help"],
])("`help %s %s` names every file ending", async (...argv) => {
  const words = (await runCli(argv)).stdout.split(/[\s,()]+/);
  expect(words).toEqual(expect.arrayContaining(formatNames().map((name) => `.${name}`)));
});
