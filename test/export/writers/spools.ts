import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Flattener } from "../../../src/analytics/table.ts";
import { Conversion, type ConversionOptions } from "../../../src/export/conversion/conversion.ts";
import { EncoderPool, type EncoderPoolOptions } from "../../../src/export/conversion/encoder-pool.ts";
import type { FileDraft } from "../../../src/export/files/written-file.ts";
import { extensionOf } from "../../../src/export/writers/formats.ts";
import { createSyntheticArchive } from "../../../src/sandbox/conversations/archive/synthetic-archive.ts";
import { unguarded } from "../../support/ownership.ts";

const DAY_MS = Date.parse("2026-10-01T00:00:00.000Z");
const NOON_MS = Date.parse("2026-10-01T12:00:00.000Z");

/** Generates conversations of one day in the sandbox. Some are still open, and they contain texts of every kind. */
export function conversationLines(count: number): readonly string[] {
  const archive = createSyntheticArchive({ seed: 5, conversations: count, days: 1, startedAtMs: NOON_MS });
  return Array.from({ length: archive.countOn(DAY_MS, NOON_MS) }, (_, index) =>
    archive.render(DAY_MS, index, NOON_MS, true),
  );
}

export async function writeSpool(directory: string, lines: readonly string[]): Promise<string> {
  const path = join(directory, "spool.ndjson");
  await writeFile(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}

type Wishes = Pick<ConversionOptions, "format"> &
  Partial<ConversionOptions & Pick<EncoderPoolOptions, "encoderThreads" | "program">>;

/** Converts a finished spool to files in a directory. Each file is named after its table. */
export async function convertInto(
  directory: string,
  spoolPath: string,
  flattener: Flattener | null,
  wishes: Wishes,
): Promise<readonly (FileDraft & { readonly path: string })[]> {
  const compression = wishes.compression ?? "none";
  const options = {
    spoolPath,
    flattener,
    compression,
    ndjsonTable: "conversations",
    fileFor: (table: string) => join(directory, `${table}${extensionOf(wishes.format, compression)}`),
    csvHeader: true,
    guardFormulas: false,
    guard: unguarded,
    signal: new AbortController().signal,
    dataset: "conversations details",
    groupBy: [],
    encoderThreads: 1,
    program: new URL("file:///none"),
    ...wishes,
  } as const;
  const encoders = new EncoderPool(options);
  try {
    const { size } = await stat(spoolPath).catch(() => ({ size: 1 }));
    const files = await new Conversion({ ...options, encoders }).finish(size);
    return files.map((file) => ({ ...file, path: options.fileFor(file.table) }));
  } finally {
    await encoders.close();
  }
}
