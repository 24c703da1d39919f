import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { InterruptedError } from "../../../src/core/errors.ts";
import { CHUNK_BYTES } from "../../../src/export/conversion/chunk.ts";
import { readBlocks } from "../../../src/export/conversion/spool-blocks.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { buildWorkerProgram } from "../../support/worker-program.ts";
import { conversationLines, convertInto } from "../writers/spools.ts";

let worker: Awaited<ReturnType<typeof buildWorkerProgram>>;
beforeAll(async () => {
  worker = await buildWorkerProgram("src/export/conversion/encoder-worker.ts");
});
afterAll(async () => await worker.remove());

const DAY = Buffer.from(
  conversationLines(400)
    .map((line) => `${line}\n`)
    .join(""),
);

/** Writes a spool of at least this size by repeating the same conversations. */
async function writeLargeSpool(directory: string, bytes: number): Promise<string> {
  const path = join(directory, "spool.ndjson");
  for (let written = 0; written < bytes; written += DAY.length) await appendFile(path, DAY);
  return path;
}

test.each([
  { format: "parquet", compression: "zstd" },
  { format: "csv", compression: "none" },
  { format: "ndjson", compression: "gzip" },
] as const)(
  "the encoder pool writes the same bytes with 1, 2 and 4 threads: $format, $compression",
  async (way) => {
    const directory = await tempDir();
    const spoolPath = await writeLargeSpool(directory, CHUNK_BYTES * 2.1);
    const flattener = way.format === "ndjson" ? null : conversationsFlattener();
    const hashesWith = async (encoderThreads: number) => {
      const wishes = { ...way, encoderThreads, program: worker.url };
      const files = await convertInto(join(directory, String(encoderThreads)), spoolPath, flattener, wishes);
      return files.map(({ table, rows, bytes, crc32 }) => ({ table, rows, bytes, crc32 }));
    };
    const alone = await hashesWith(1);
    expect(alone.length).toBe(way.format === "ndjson" ? 1 : 11);
    expect(alone[0]?.rows).toBeGreaterThan(5_000);
    expect(await hashesWith(2)).toEqual(alone);
    expect(await hashesWith(4)).toEqual(alone);
  },
);

test("an encoding error names the line number in the spool, not in its chunk", async () => {
  const directory = await tempDir();
  const spoolPath = await writeLargeSpool(directory, CHUNK_BYTES * 1.1);
  await appendFile(spoolPath, '{"text":\n');
  await appendFile(spoolPath, DAY);
  const lines = Math.ceil((CHUNK_BYTES * 1.1) / DAY.length) * conversationLines(400).length;
  const wishes = { format: "csv", encoderThreads: 2, program: worker.url } as const;
  await expect(convertInto(directory, spoolPath, conversationsFlattener(), wishes)).rejects.toMatchObject({
    code: "export.record",
    message: `the record on line ${lines + 1} of \`${spoolPath}\` is not valid JSON, so it cannot become a table row`,
  });
});

test("the encoder pool reports a spool that a thread cannot read, with a hint", async () => {
  const directory = await tempDir();
  const spoolPath = await writeLargeSpool(directory, CHUNK_BYTES * 1.1);
  const missing = join(directory, "missing.ndjson");
  const wishes = { format: "csv", encoderThreads: 2, program: worker.url, spoolPath: missing } as const;
  await expect(convertInto(directory, spoolPath, conversationsFlattener(), wishes)).rejects.toMatchObject({
    name: "OutputError",
    code: "output.read",
    message: expect.stringContaining(`\`${missing}\` cannot be read: `),
    hint: "check the path",
  });
});

test("the encoder pool fails with the error that ended a thread", async () => {
  const directory = await tempDir();
  const spoolPath = await writeLargeSpool(directory, CHUNK_BYTES * 1.1);
  const broken = join(directory, "broken.mjs");
  await writeFile(broken, 'throw new Error("broken thread");');
  const wishes = { format: "csv", encoderThreads: 2, program: pathToFileURL(broken) } as const;
  await expect(convertInto(directory, spoolPath, conversationsFlattener(), wishes)).rejects.toThrow(
    "broken thread",
  );
});

test("the encoder pool ends its threads on an interruption, without waiting for their chunks", async () => {
  const directory = await tempDir();
  const spoolPath = await writeLargeSpool(directory, CHUNK_BYTES * 1.1);
  const silent = join(directory, "silent.mjs");
  await writeFile(
    silent,
    'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {});',
  );
  const stopping = new AbortController();
  const converting = convertInto(directory, spoolPath, conversationsFlattener(), {
    format: "csv",
    encoderThreads: 2,
    program: pathToFileURL(silent),
    signal: stopping.signal,
  });
  setImmediate(() => stopping.abort());
  await expect(converting).rejects.toThrow(InterruptedError);
});

test("each line of a spool belongs to the chunk in which it begins, wherever the chunks end", async () => {
  const directory = await tempDir();
  const spoolPath = join(directory, "spool.ndjson");
  const text = `a\nbb\n\nccc\n${"d".repeat(3_000_000)}\ne\n`;
  await writeFile(spoolPath, text);
  const { signal } = new AbortController();
  const linesOf = async (from: number, to: number) => {
    const blocks: Buffer[] = [];
    for await (const block of readBlocks({ spoolPath, from, to }, signal)) blocks.push(Buffer.from(block));
    return Buffer.concat(blocks).toString();
  };
  const size = text.length;
  for (const cut of [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 1_048_576, 2_097_153, size - 3, size - 2, size - 1]) {
    const start = text.slice(0, cut).lastIndexOf("\n", cut - 2) + 1;
    const end = text.indexOf("\n", Math.max(start, cut - 1)) + 1;
    expect([cut, await linesOf(0, cut)]).toEqual([cut, text.slice(0, end)]);
    expect([cut, await linesOf(cut, size)]).toEqual([cut, text.slice(end)]);
  }
});
