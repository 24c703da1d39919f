import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Flattener } from "../../../src/analytics/table.ts";
import { extensionOf, FORMATS, type Format, formatNames } from "../../../src/export/writers/formats.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { askDuckDb, readerOf } from "./duckdb.ts";
import { convertInto, writeSpool } from "./spools.ts";

const TEXTS = { name: "texts", columns: [{ name: "text", type: "string" }] } as const;

/** Flattens each record to a row with one text. */
const textFlattener: Flattener = {
  tables: [TEXTS],
  flatten: (record, emit) => emit(0, [String(record["text"])]),
};

const tableFormats = formatNames().filter((format) => FORMATS[format].openTables !== null);

async function textsIn(format: Format, path: string): Promise<readonly unknown[]> {
  return (await askDuckDb(`select text from ${readerOf(format, path)}`)).map(({ text }) => text);
}

test.each(tableFormats)(
  "the format %s guards text against formulas if spreadsheets open it",
  async (format) => {
    const directory = await tempDir();
    const spoolPath = await writeSpool(directory, ['{"text":"=1+1"}', '{"text":"b"}']);
    const convert = async (guardFormulas: boolean) => {
      const out = join(directory, String(guardFormulas));
      const [file] = await convertInto(out, spoolPath, textFlattener, { format, guardFormulas });
      return await textsIn(format, file?.path ?? "");
    };
    const { isForSpreadsheets } = FORMATS[format];
    expect(await convert(true)).toEqual([isForSpreadsheets ? "'=1+1" : "=1+1", "b"]);
    expect(await convert(false)).toEqual(["=1+1", "b"]);
  },
);

test.each(tableFormats.filter((format) => FORMATS[format].canJoin))(
  "the format %s has parts without a header, which form one file after a header",
  async (format) => {
    const { hasHeader, createFile } = FORMATS[format];
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
    expect(await textsIn(format, joined)).toEqual(["a", "b"]);
  },
);
