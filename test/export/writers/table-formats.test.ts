import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Flattener } from "../../../src/analytics/table.ts";
import { extensionOf, FORMATS, formatNames } from "../../../src/export/writers/formats.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { askDuckDb, readerOf } from "./duckdb.ts";
import { convertInto, writeSpool } from "./spools.ts";

const TEXTS = { name: "texts", columns: [{ name: "text", type: "string" }] } as const;

/** Flattens each record to a row with one text. */
const textFlattener: Flattener = {
  tables: [TEXTS],
  flatten: (record, emit) => emit(0, [String(record["text"])]),
};

describe.each(formatNames().filter((format) => FORMATS[format].openTables !== null))("%s", (format) => {
  const { isForSpreadsheets, hasHeader, canJoin, createFile } = FORMATS[format];
  const textsIn = async (path: string) =>
    (await askDuckDb(`select text from ${readerOf(format, path)}`)).map(({ text }) => text);

  test("guards text against formulas if spreadsheets open the format", async () => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, ['{"text":"=1+1"}', '{"text":"b"}']);
    const convert = async (guardFormulas: boolean) => {
      const out = join(directory, String(guardFormulas));
      const [file] = await convertInto(out, spoolPath, textFlattener, { format, guardFormulas });
      return await textsIn(file?.path ?? "");
    };
    expect(await convert(true)).toEqual([isForSpreadsheets ? "'=1+1" : "=1+1", "b"]);
    expect(await convert(false)).toEqual(["=1+1", "b"]);
  });

  test.runIf(canJoin)("has parts without a header, which form one file after a header", async () => {
    const directory = await tempDir();
    const paths = [join(directory, "header")];
    const options = { compression: "none", guardFormulas: false, csvHeader: hasHeader } as const;
    await (await createFile(paths[0] ?? "", TEXTS, options)).finish();
    for (const text of ["a", "b"]) {
      const spoolPath = await writeSpool(directory, [JSON.stringify({ text })]);
      const wishes = { format, csvHeader: false };
      const [file] = await convertInto(join(directory, text), spoolPath, textFlattener, wishes);
      paths.push(file?.path ?? "");
    }
    const joined = join(directory, `joined${extensionOf(format, "none")}`);
    await writeFile(joined, Buffer.concat(await Promise.all(paths.map((path) => readFile(path)))));
    expect(await textsIn(joined)).toEqual(["a", "b"]);
  });
});
