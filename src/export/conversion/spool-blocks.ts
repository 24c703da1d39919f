import { type FileHandle, open } from "node:fs/promises";
import { InterruptedError, OutputError } from "../../core/errors.ts";
import { readFailure } from "../../core/files/file-failure.ts";
import type { Chunk } from "./chunk.ts";

const BLOCK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Yields the lines of a chunk as blocks of at most 1 MiB. A block is valid until the next one is requested.
 * @throws InterruptedError between blocks, when the signal is aborted
 * @throws OutputError `output.read` when the file cannot be read
 */
export async function* readBlocks(
  { spoolPath, from, to }: Chunk,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const file = await open(spoolPath, "r").catch((error: unknown) => {
    throw readFailed(spoolPath, error);
  });
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  try {
    // A line belongs to the chunk in which it begins. The search for its start begins one byte before the
    // chunk, because that byte may be the line feed of the previous line.
    let isInside = from === 0;
    for (let position = Math.max(0, from - 1); ; position += BLOCK_BYTES) {
      if (signal.aborted) throw new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
      const block = await readBlock(file, buffer, position).catch((error: unknown) => {
        throw readFailed(spoolPath, error);
      });
      let start = 0;
      if (!isInside) {
        start = block.indexOf(LINE_FEED) + 1;
        isInside = start > 0;
        if (isInside && position + start >= to) return;
      }
      const last = endOf(block, Math.max(start, to - 1 - position));
      if (isInside && start < block.length) yield block.subarray(start, last ?? block.length);
      if ((isInside && last !== null) || block.length < BLOCK_BYTES) return;
    }
  } finally {
    await file.close();
  }
}

/** Returns the index after the first line feed at or after `index`; null when there is no line feed. */
function endOf(block: Buffer, index: number): number | null {
  const at = index < block.length ? block.indexOf(LINE_FEED, index) : -1;
  return at < 0 ? null : at + 1;
}

/** Reads a full block, except at the end: a single read may return fewer bytes than requested. */
async function readBlock(file: FileHandle, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < BLOCK_BYTES) {
    const { bytesRead } = await file.read(buffer, filled, BLOCK_BYTES - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function readFailed(path: string, cause: unknown): OutputError {
  const { message, ...options } = readFailure(path, cause);
  return new OutputError("output.read", message, options);
}

/** Receives a line: the bytes from `start` up to, but not including, `end`. The byte at `end` is its line feed. */
export type OnLine = (bytes: Buffer, start: number, end: number) => void;

/** Splits blocks into lines. */
export class LineCutter {
  #begun: Buffer[] = [];

  cut(block: Buffer, onLine: OnLine): void {
    let start = 0;
    for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, start)) {
      if (this.#begun.length === 0) onLine(block, start, end);
      else this.#passOn(block.subarray(start, end + 1), onLine);
      start = end + 1;
    }
    // Copied, because the next block overwrites the buffer before the line ends.
    if (start < block.length) this.#begun.push(Buffer.from(block.subarray(start)));
  }

  /** Passes on the last line if it does not end in a line feed. */
  end(onLine: OnLine): void {
    if (this.#begun.length > 0) this.#passOn(Buffer.of(LINE_FEED), onLine);
  }

  /** Passes on a line that began in earlier blocks. */
  #passOn(rest: Buffer, onLine: OnLine): void {
    const line = Buffer.concat([...this.#begun, rest]);
    this.#begun = [];
    onLine(line, 0, line.length - 1);
  }
}
