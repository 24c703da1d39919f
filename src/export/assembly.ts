import { type FileHandle, open, rm } from "node:fs/promises";
import type { Layout } from "./destination.ts";
import { Journal } from "./journal.ts";
import { place } from "./place.ts";
import { writeFailed } from "./write-failed.ts";
import { writeWhole } from "./write-whole.ts";

const PIECE_BYTES = 1024 * 1024;

/** Takes the finished files of parts one behind the other. */
export interface Assembly {
  /** Adds a part's file; one that was added before, also by an earlier process, is passed over. */
  add(key: string, path: string): Promise<void>;
  /**
   * Ends it.
   * @param isWhole whether nothing is to come: only then the file takes its name
   * @returns the size of all, in bytes
   */
  close(isWhole: boolean): Promise<number>;
}

/** The size of the file after a part was added. */
interface Addition {
  readonly key: string;
  readonly bytes: number;
}

/** All but the first parts were cut off again. */
interface Cut {
  readonly kept: number;
}

/**
 * Puts parts together in one file, as they finish and in their order, so that the disk never holds two copies of
 * all. After each part its size is noted; what a crash left behind it is cut off. A file that has its name already,
 * because an earlier run had to leave parts out, gives it back while more is added.
 * @param isCurrent whether a part that was added is still wanted as it is: the last ones may be fetched again
 */
export async function assembleFile(
  layout: Layout,
  finalPath: string,
  isCurrent: (key: string) => boolean,
): Promise<Assembly> {
  const path = layout.assembledPath;
  const journal = await Journal.open<Addition | Cut>(layout.assemblyJournalPath);
  const additions = replay(journal.events);
  const stale = additions.findIndex(({ key }) => !isCurrent(key));
  if (stale >= 0) {
    await journal.append({ kept: stale });
    additions.length = stale;
  }
  const added = new Set(additions.map(({ key }) => key));
  let bytes = additions.at(-1)?.bytes ?? 0;
  let opened: FileHandle | null = stale >= 0 ? await attempt(path, openFile) : null;

  async function openFile(): Promise<FileHandle> {
    if (bytes > 0) await place(finalPath, path);
    const file = await open(path, bytes > 0 ? "r+" : "w");
    await file.truncate(bytes);
    return file;
  }

  return {
    add: async (key, from) =>
      await attempt(path, async () => {
        if (!added.has(key)) {
          opened ??= await openFile();
          let position = bytes;
          for await (const piece of piecesOf(from)) {
            await writeWhole(opened, piece, position);
            position += piece.length;
          }
          await opened.datasync();
          await journal.append({ key, bytes: position });
          bytes = position;
        }
        await rm(from, { force: true });
      }),
    close: async (isWhole) =>
      await attempt(path, async () => {
        if (isWhole && bytes === 0) opened ??= await openFile();
        await opened?.sync();
        await opened?.close();
        await journal.close();
        if (isWhole) await place(path, finalPath);
        return bytes;
      }),
  };
}

function replay(events: readonly (Addition | Cut)[]): Addition[] {
  const additions: Addition[] = [];
  for (const event of events) {
    if ("kept" in event) additions.length = event.kept;
    else additions.push(event);
  }
  return additions;
}

/** Hands parts to a stream as they finish, in their order; what went out can't be taken back. */
export function assembleStream(write: (bytes: Uint8Array) => Promise<void>): Assembly {
  let bytes = 0;
  return {
    add: async (_key, path) => {
      for await (const piece of piecesOf(path)) {
        await write(piece);
        bytes += piece.length;
      }
      await rm(path, { force: true });
    },
    close: async () => bytes,
  };
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const file: FileHandle = await open(path, "r");
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, null);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function attempt<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw writeFailed(path, error);
  }
}
