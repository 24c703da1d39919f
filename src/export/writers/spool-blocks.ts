import { isAscii } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import { InterruptedError, OutputError } from "../../core/errors.ts";
import { readFailure } from "../../core/files/file-failure.ts";

const BLOCK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Yields the bytes of a finished spool in blocks of 1 MiB; the last one is shorter.
 * @throws InterruptedError between blocks, when the signal is aborted
 * @throws OutputError `output.read` when the file cannot be read
 */
export async function* readBlocks(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw readFailed(path, error);
  });
  try {
    for (let position = 0; ; position += BLOCK_BYTES) {
      if (signal.aborted) throw new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
      const block = await readBlock(file, position).catch((error: unknown) => {
        throw readFailed(path, error);
      });
      if (block.length > 0) yield block;
      if (block.length < BLOCK_BYTES) return;
    }
  } finally {
    await file.close();
  }
}

/** Reads a full block, except at the end: a single read may return fewer bytes than requested. */
async function readBlock(file: FileHandle, position: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  while (filled < BLOCK_BYTES) {
    const { bytesRead } = await file.read(block, filled, BLOCK_BYTES - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}

function readFailed(path: string, cause: unknown): OutputError {
  const { message, ...options } = readFailure(path, cause);
  return new OutputError("output.read", message, options);
}

/** Cuts blocks into lines and passes on their text without the line feed. */
export class LineCutter {
  #begun: Buffer[] = [];

  cut(block: Buffer, onLine: (line: string) => void): void {
    let start = 0;
    for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, start)) {
      onLine(
        this.#begun.length === 0
          ? textOf(block.subarray(start, end))
          : this.#ended(block.subarray(start, end)),
      );
      start = end + 1;
    }
    if (start < block.length) this.#begun.push(block.subarray(start));
  }

  /** Passes on the last line if no line feed ends it. */
  end(onLine: (line: string) => void): void {
    if (this.#begun.length > 0) onLine(this.#ended(Buffer.alloc(0)));
  }

  #ended(rest: Buffer): string {
    const line = textOf(Buffer.concat([...this.#begun, rest]));
    this.#begun = [];
    return line;
  }
}

/**
 * Decodes a line. Most records are ASCII, which can be detected and copied several times as fast as UTF-8 is
 * decoded.
 */
function textOf(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}
