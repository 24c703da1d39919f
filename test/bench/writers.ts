// Measures the cost of converting a spool to tables, compared with parsing and rewriting it and with other
// libraries. Each conversion runs in its own process, alternating with the others. The figures are medians of
// three runs.
//
// Usage: tsx test/bench/writers.ts [MEGABYTES]

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "csv-stringify/sync";
import { parquetWriteFile } from "hyparquet-writer";
import type { Cell, Row } from "../../src/analytics/table.ts";
import { conversationsFlattener } from "../../src/analytics/tables/conversations.ts";
import { parseRecord } from "../../src/analytics/tables/record-text.ts";
import { Conversion, type ConversionOptions } from "../../src/export/conversion/conversion.ts";
import { EncoderPool } from "../../src/export/conversion/encoder-pool.ts";
import { createSyntheticArchive } from "../../src/sandbox/conversations/archive/synthetic-archive.ts";

const ROUNDS = 3;
const MEGABYTE = 1_000_000;
const BATCH_ROWS = 10_000;
const DAY_MS = Date.parse("2026-10-01T00:00:00.000Z");

type Way = (spoolPath: string, directory: string) => Promise<void>;

const converting =
  (format: ConversionOptions["format"], compression: ConversionOptions["compression"]): Way =>
  async (spoolPath, directory) => {
    const options = {
      spoolPath,
      flattener: format === "ndjson" ? null : conversationsFlattener(),
      format,
      compression,
      ndjsonTable: "conversations",
      fileFor: (table: string) => join(directory, table),
      csvHeader: true,
      guardFormulas: true,
      signal: new AbortController().signal,
      guard: async () => {},
      dataset: "conversations details",
      groupBy: [],
      encoderThreads: 1,
      program: new URL("file:///none"),
    } as const;
    const encoders = new EncoderPool(options);
    await new Conversion({ ...options, encoders }).finish((await stat(spoolPath)).size);
  };

const linesOf = (path: string) =>
  createInterface({ input: createReadStream(path, { highWaterMark: 1 << 20 }) });

/** Passes the same rows to another library, one table at a time, in batches of BATCH_ROWS. */
async function flattenTo(
  spoolPath: string,
  take: (table: number, rows: readonly Row[]) => void,
): Promise<void> {
  const { tables, flatten } = conversationsFlattener();
  const waiting: Row[][] = tables.map(() => []);
  const hand = (table: number) => take(table, waiting[table]?.splice(0) ?? []);
  for await (const line of linesOf(spoolPath)) {
    flatten(parseRecord(line), (table, row) => {
      if (waiting[table]?.push(row) === BATCH_ROWS) hand(table);
    });
  }
  for (const table of tables.keys()) hand(table);
}

const WAYS: Readonly<Record<string, Way>> = {
  "parse and stringify": async (spoolPath, directory) => {
    const file = await open(join(directory, "again"), "w");
    let text = "";
    for await (const line of linesOf(spoolPath)) {
      text += `${JSON.stringify(JSON.parse(line))}\n`;
      if (text.length < MEGABYTE) continue;
      await file.appendFile(text);
      text = "";
    }
    await file.appendFile(text);
    await file.close();
  },
  ndjson: converting("ndjson", "none"),
  "ndjson, gzip": converting("ndjson", "gzip"),
  "ndjson, zstd": converting("ndjson", "zstd"),
  csv: converting("csv", "none"),
  "csv, zstd": converting("csv", "zstd"),
  "csv by csv-stringify": async (spoolPath, directory) => {
    const file = await open(join(directory, "csv"), "w");
    const texts: string[] = [];
    const asText = (cell: Cell) =>
      cell === null || typeof cell === "string"
        ? cell
        : typeof cell === "object"
          ? JSON.stringify(cell)
          : String(cell);
    await flattenTo(spoolPath, (_table, rows) => texts.push(stringify(rows.map((row) => row.map(asText)))));
    for (const text of texts) await file.appendFile(text);
    await file.close();
  },
  parquet: converting("parquet", "none"),
  "parquet, zstd": converting("parquet", "zstd"),
  "parquet by hyparquet-writer": async (spoolPath, directory) => {
    const { tables } = conversationsFlattener();
    let files = 0;
    await flattenTo(spoolPath, (table, rows) => {
      const columnData = (tables[table]?.columns ?? []).map(({ name, type }, index) => ({
        name,
        type:
          type === "int32"
            ? ("INT32" as const)
            : type === "double"
              ? ("DOUBLE" as const)
              : ("STRING" as const),
        data: rows.map((row) => {
          const cell = row[index] ?? null;
          return cell === null || typeof cell === "number"
            ? type === "int64" && cell !== null
              ? String(cell)
              : cell
            : String(cell);
        }),
      }));
      parquetWriteFile({ filename: join(directory, `parquet-${files}`), columnData, codec: "UNCOMPRESSED" });
      files += 1;
    });
  },
};

async function makeSpool(path: string, megabytes: number): Promise<void> {
  const archive = createSyntheticArchive({
    seed: 1,
    conversations: megabytes * 1000,
    days: 1,
    startedAtMs: DAY_MS + 86_400_000,
  });
  const file = await open(path, "w");
  for (let index = 0, bytes = 0; bytes < megabytes * MEGABYTE; ) {
    let text = "";
    for (; text.length < MEGABYTE; index += 1) text += `${archive.render(DAY_MS, index, DAY_MS * 2, true)}\n`;
    bytes += Buffer.byteLength(text);
    await file.appendFile(text);
  }
  await file.close();
}

interface Sample {
  readonly elapsedMs: number;
  readonly residentMb: number;
}

async function measure(way: string, spoolPath: string, directory: string): Promise<Sample> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, import.meta.filename, way, spoolPath, directory],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`${way} ended with ${code}`);
  return JSON.parse(output) as Sample;
}

const [wayOrSize = "100", givenSpool, givenDirectory] = process.argv.slice(2);
const way = WAYS[wayOrSize];
if (way !== undefined && givenSpool !== undefined && givenDirectory !== undefined) {
  const start = process.hrtime.bigint();
  await way(givenSpool, givenDirectory);
  const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(JSON.stringify({ elapsedMs, residentMb: process.resourceUsage().maxRSS / 1024 }));
} else {
  const directory = await mkdtemp(join(tmpdir(), "genscope-bench-"));
  const spoolPath = join(directory, "spool.ndjson");
  await makeSpool(spoolPath, Number(wayOrSize));
  const megabytes = (await stat(spoolPath)).size / MEGABYTE;
  const samples = new Map<string, Sample[]>(Object.keys(WAYS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, list] of samples) list.push(await measure(name, spoolPath, directory));
  }
  await rm(directory, { recursive: true });
  const medianOf = (list: readonly Sample[]) =>
    list.toSorted((a, b) => a.elapsedMs - b.elapsedMs)[list.length >> 1];
  const base = medianOf(samples.get("parse and stringify") ?? [])?.elapsedMs ?? Number.NaN;
  console.log(`${megabytes.toFixed(0)} MB of conversations`.padEnd(30), "   MB/s  ratio  resident");
  for (const [name, list] of samples) {
    const { elapsedMs = Number.NaN, residentMb = Number.NaN } = medianOf(list) ?? {};
    const speed = ((megabytes / elapsedMs) * 1000).toFixed(1).padStart(7);
    console.log(
      name.padEnd(30),
      speed,
      (base / elapsedMs).toFixed(2).padStart(6),
      `${residentMb.toFixed(0).padStart(6)} MB`,
    );
  }
}
