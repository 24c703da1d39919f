import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell, Column, Flattener, Row } from "../../../src/analytics/table.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { askDuckDb } from "./duckdb.ts";
import { convertInto, writeSpool } from "./spools.ts";

const COLUMNS: readonly Column[] = (
  ["string", "boolean", "int32", "int64", "double", "timestamp", "strings", "integers", "json"] as const
).map((type) => ({ name: `a_${type}`, type }));

/** Returns a flattener that returns these rows for any record. For tests of how rows are written. */
function given(rows: readonly Row[]): Flattener {
  return {
    tables: [{ name: "given", columns: COLUMNS }],
    flatten(_record, emit) {
      for (const row of rows) emit(0, row);
    },
  };
}

async function writeRows(
  rows: readonly Row[],
  compression: "none" | "gzip" | "zstd" = "none",
): Promise<string> {
  const directory = await tempDir();
  const spoolPath = await writeSpool(directory, ["{}"]);
  await convertInto(directory, spoolPath, given(rows), { format: "parquet", compression });
  return join(directory, "given.parquet");
}

/** Returns a cell in the form in which DuckDB prints it as JSON. */
function asJson(cell: Cell | undefined, index: number): unknown {
  const type = COLUMNS[index]?.type;
  if (cell === null || cell === undefined) return null;
  if (type === "int64") return String(cell);
  if (type === "integers") return (cell as readonly (number | bigint)[]).map(String);
  if (type === "timestamp") return new Date(String(cell)).getTime();
  return cell;
}

async function readRows(path: string): Promise<readonly (readonly unknown[])[]> {
  const told = await askDuckDb(
    `select * replace (epoch_ms(a_timestamp)::double as a_timestamp) from '${path}'`,
  );
  return told.map((row) => COLUMNS.map(({ name }) => row[name]));
}

test("Parquet has its own type for every type of column", async () => {
  const path = await writeRows([]);
  const types = await askDuckDb(`select column_type from (describe select * from '${path}')`);
  expect(types.map((row) => row["column_type"])).toEqual([
    "VARCHAR",
    "BOOLEAN",
    "INTEGER",
    "BIGINT",
    "DOUBLE",
    "TIMESTAMP WITH TIME ZONE",
    "VARCHAR[]",
    "BIGINT[]",
    "VARCHAR",
  ]);
});

const instant = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
// A lone surrogate has no UTF-8 form.
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "voice", "\u2028", "👩‍🚒", 'a"b'));
const int64 = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.nat(9));
const row = fc.tuple(
  ...[
    text,
    fc.boolean(),
    fc.integer(),
    int64,
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    instant,
  ].map((cell) => fc.option(cell as fc.Arbitrary<Cell>)),
  fc.option(fc.array(text, { maxLength: 4 })),
  fc.option(fc.array(int64, { maxLength: 4 })),
  fc.option(fc.jsonValue().map((value) => JSON.stringify(value))),
);

test("Parquet rows are read back unchanged", async () => {
  const rows = fc.array(row, { minLength: 1, maxLength: 600, size: "max" });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom("none", "gzip", "zstd"), async (sample, compression) => {
      const written = sample as unknown as readonly Row[];
      const path = await writeRows(written, compression as "none");
      expect(await readRows(path)).toEqual(written.map((cells) => cells.map(asJson)));
    }),
    { numRuns: 20 },
  );
});

test("Parquet has row groups of 20,000, with dictionaries only where values repeat", async () => {
  const count = 25_000;
  const rows = Array.from(
    { length: count },
    (_, index): Row => [
      index % 3 === 0 ? null : `queue ${index % 700}`,
      index % 5 === 0 ? null : index % 2 === 0,
      index - 12_000,
      index < 300 ? index : index % 7,
      index / 7,
      new Date(Date.UTC(2026, 9, 1) + index).toISOString(),
      index % 4 === 0
        ? null
        : Array.from({ length: index % 4 }, (_unused, at) => `skill ${(index + at) % 50}`),
      index % 11 === 0 ? [index] : null,
      null,
    ],
  );
  const path = await writeRows(rows, "zstd");
  expect(await readRows(path)).toEqual(rows.map((cells) => cells.map(asJson)));
  const chunks = await askDuckDb(
    `select path_in_schema as path, max(row_group_num_rows) as rows, count(*) as groups,
       string_agg(distinct encodings) as encodings, any_value(stats_null_count) as nulls
     from parquet_metadata('${path}') where row_group_id < 1 group by all order by min(column_id)`,
  );
  expect(chunks.map((chunk) => Object.values(chunk).join(" | "))).toEqual([
    "a_string | 20000 | 1 | PLAIN, RLE, RLE_DICTIONARY | 6667",
    "a_boolean | 20000 | 1 | PLAIN, RLE | 4000",
    "a_int32 | 20000 | 1 | PLAIN, RLE | 0",
    "a_int64 | 20000 | 1 | PLAIN, RLE, RLE_DICTIONARY | 0",
    "a_double | 20000 | 1 | PLAIN, RLE | 0",
    "a_timestamp | 20000 | 1 | PLAIN, RLE | 0",
    "a_strings, list, element | 20000 | 1 | PLAIN, RLE, RLE_DICTIONARY | 5000",
    "a_integers, list, element | 20000 | 1 | PLAIN, RLE | 18181",
    "a_json | 20000 | 1 | PLAIN, RLE | 20000",
  ]);
});

test("Parquet has the minimum and maximum of number columns, so that readers can skip pages", async () => {
  const base: Row = COLUMNS.map(() => null);
  const at = (int32: number, int64Value: number | bigint) => base.with(2, int32).with(3, int64Value);
  const path = await writeRows([at(5, -(2n ** 63n)), at(-7, 3), base]);
  expect(
    await askDuckDb(
      `select stats_min_value as least, stats_max_value as greatest from parquet_metadata('${path}')
       where path_in_schema in ('a_int32', 'a_int64') order by column_id`,
    ),
  ).toEqual([
    { least: "-7", greatest: "5" },
    { least: "-9223372036854775808", greatest: "3" },
  ]);
});
