import { describe, expect, test } from "vitest";
import { RecordReader } from "../../../src/analytics/tables/bytes/record-reader.ts";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { parseRecord } from "../../../src/analytics/tables/record-text.ts";
import type { TreeFlattener } from "../../../src/analytics/tables/record-tree.ts";
import { FORMATS, type Format, formatNames } from "../../../src/export/writers/formats.ts";
import type { TableEncoder } from "../../../src/export/writers/table-file.ts";
import { HostileRecords } from "./hostile-records.ts";
import { conversationLines } from "./spools.ts";

const flattener: TreeFlattener = conversationsFlattener();
/** Maximum number of records whose bytes are compared together. Comparisons of a single record also occur. */
const MOST_TOGETHER = 15;

/** Opens encoders for all tables. A test fills them in one of the two ways below. */
async function openEncoders(format: Format, guardFormulas: boolean): Promise<readonly TableEncoder[]> {
  const create = await FORMATS[format].openTables?.({ compression: "none", guardFormulas });
  return flattener.tables.map((table) => create?.(table) as TableEncoder);
}

const bytesOf = (encoders: readonly TableEncoder[]) =>
  encoders.map((encoder) => {
    const { rows, bytes, rowGroups } = encoder.take();
    return { rows, text: Buffer.concat(bytes).toString("latin1"), rowGroups };
  });

/** Adds a record by parsing it. Returns false for a record that is not JSON. */
function addParsed(text: string, encoders: readonly TableEncoder[]): boolean {
  try {
    flattener.flatten(parseRecord(text), (table, row) => encoders[table]?.add(row));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Adds a record directly from its bytes. Returns false, without adding anything, for a record that must be parsed.
 */
function addRead(reader: RecordReader, line: Buffer, encoders: readonly TableEncoder[]): boolean {
  // The bytes around the line belong to other records.
  const bytes = Buffer.concat([Buffer.from('"}\n'), line, Buffer.from('\n{"')]);
  if (!reader.read(bytes, 3, 3 + line.length)) return false;
  const { tape } = reader;
  let cell = 0;
  for (let row = 0; row < tape.rows; row += 1) {
    encoders[tape.tables[row] as number]?.addCells(tape, cell, tape.ends[row] as number);
    cell = tape.ends[row] as number;
  }
  return true;
}

/** Every format with tables. Formats for spreadsheets occur with and without the guard against formulas. */
const WAYS = formatNames()
  .map((format) => ({ format, ...FORMATS[format] }))
  .filter(({ openTables }) => openTables !== null)
  .flatMap(({ format, isForSpreadsheets }) =>
    (isForSpreadsheets ? [true, false] : [true]).map((isGuarded) => [format, isGuarded] as const),
  );

describe.each(WAYS)("records in format %s, with a guard against formulas: %s", (format, guardFormulas) => {
  test.each([
    { name: "usual records", isCalm: true, count: 700, least: 0.9 },
    { name: "hostile records", isCalm: false, count: 2_000, least: 0.2 },
  ])("have the same bytes as when they are parsed: $name", async ({ isCalm, count, least }) => {
    const records = new HostileRecords(isCalm ? 1 : 2);
    const reader = new RecordReader(flattener);
    const parsed = await openEncoders(format, guardFormulas);
    const read = await openEncoders(format, guardFormulas);
    let readCount = 0;
    let texts: string[] = [];
    let together = 1;
    for (let index = 0; index < count; index += 1) {
      const text = records.record(flattener.root, isCalm);
      if (!addRead(reader, Buffer.from(text), read)) continue;
      readCount += 1;
      expect(addParsed(text, parsed), text).toBe(true);
      texts.push(text);
      // Taking the bytes ends a row group of every table, which takes more time than a record.
      if (texts.length < together) continue;
      expect(bytesOf(read), texts.join("\n")).toEqual(bytesOf(parsed));
      texts = [];
      together = (together % MOST_TOGETHER) + 1;
    }
    expect(bytesOf(read)).toEqual(bytesOf(parsed));
    expect(readCount / count).toBeGreaterThan(least);
  });

  test("have the same bytes for many records, no matter how they arrive", async () => {
    const reader = new RecordReader(flattener);
    const parsed = await openEncoders(format, guardFormulas);
    const mixed = await openEncoders(format, guardFormulas);
    for (const [index, text] of conversationLines(1_500).entries()) {
      addParsed(text, parsed);
      const isRead = index % 3 > 0 && addRead(reader, Buffer.from(text), mixed);
      if (!isRead) addParsed(text, mixed);
    }
    expect(bytesOf(mixed)).toEqual(bytesOf(parsed));
  });
});

test("the fast reader of records replaces bytes that are not UTF-8 as the parser does", async () => {
  const reader = new RecordReader(flattener);
  const [parsed, read] = [await openEncoders("csv", true), await openEncoders("csv", true)];
  for (const text of ["\xff", "a\xc3", "\xe2\x82", "\xed\xa0\x80=", "\xf0\x9f"]) {
    const json = `{"conversationId":"1","participants":[{"purpose":"${text}","attributes":{"${text}":"${text}"}}],"${text}":7}`;
    const line = Buffer.from(json, "latin1");
    expect(addRead(reader, line, read)).toBe(true);
    addParsed(line.toString("utf8"), parsed);
    expect(bytesOf(read)).toEqual(bytesOf(parsed));
  }
});

test.each([
  ["a cut record", '{"conversationId":"1","participants":[{"purpose":"ag'],
  ["a cut string after a backslash", '{"conversationId":"1\\'],
  ["an empty line", ""],
  ["two records", '{"conversationId":"1"}{}'],
  ["a repeated field", '{"conversationId":"1","conversationId":"2"}'],
  ["parts before the id", '{"participants":[{}],"conversationId":"1"}'],
  ["a field with another type", '{"conversationId":"1","participants":[{"purpose":7}]}'],
  ["an escaped name", '{"conversationId":"1","\\u0070articipants":[]}'],
])("the fast reader of records leaves %s to the parser", (_name, text) => {
  const bytes = Buffer.from(`${text}\n"}]}]}\n`);
  expect(new RecordReader(flattener).read(bytes, 0, Buffer.byteLength(text))).toBe(false);
});
