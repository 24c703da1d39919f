import type { Guard } from "../files/guard.ts";
import type { WrittenFile } from "../files/written-file.ts";
import { BlockFile } from "./block-file.ts";
import type { Compress } from "./compression.ts";
import { readBlocks } from "./spool-blocks.ts";

export interface NdjsonOptions {
  readonly spoolPath: string;
  readonly table: string;
  readonly path: string;
  readonly compress: Compress | null;
  readonly signal: AbortSignal;
  /** Called before each block is written. */
  readonly guard: Guard;
}

const LINE_FEED = 0x0a;

/**
 * Copies a spool, whose lines are the records as the server sent them.
 * @throws OutputError, InterruptedError
 */
export async function writeNdjson(options: NdjsonOptions): Promise<WrittenFile> {
  const { spoolPath, table, path, compress, signal, guard } = options;
  const file = await BlockFile.create(path, compress);
  try {
    let rows = 0;
    for await (const block of readBlocks(spoolPath, signal)) {
      for (let at = block.indexOf(LINE_FEED); at >= 0; at = block.indexOf(LINE_FEED, at + 1)) rows += 1;
      file.append(block);
      await guard();
      await file.flush();
    }
    return { table, path, rows, ...(await file.finish()) };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}
