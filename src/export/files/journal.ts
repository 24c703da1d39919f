import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { createNoFollow, openToChange } from "../../core/files/open-file.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { parseJson } from "../../core/json.ts";
import { isMissingFile } from "../../core/system-error.ts";
import { damagedFile } from "./damaged-file.ts";
import type { Guard } from "./guard.ts";
import { readOwnFile } from "./read-own-file.ts";
import { writeFailed } from "./write-failed.ts";
import { writeFully } from "./write-fully.ts";

/**
 * An append-only file of events, one JSON line each. Each line is flushed before any later step relies on it, so a line
 * that a crash truncated can be ignored.
 */
export class Journal<Event> {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #guard: Guard;
  /** Length of the complete lines in bytes; the next append overwrites the rest of a failed write. */
  #bytes: number;
  /** Events that the file contained when it was opened. */
  readonly events: readonly Event[];

  private constructor(path: string, file: FileHandle, guard: Guard, read: JournalContents<Event>) {
    this.#path = path;
    this.#guard = guard;
    this.#file = file;
    this.#bytes = read.bytes;
    this.events = read.events;
  }

  /**
   * Opens the journal, and creates it if it is missing.
   * @param guard called before each change of the file
   * @throws OutputError `output.state` when a line is not an event, `output.write`
   */
  static async open<Event>(
    path: string,
    guard: Guard,
    isEvent: (value: unknown) => value is Event,
  ): Promise<Journal<Event>> {
    try {
      await guard();
      await makeDirectory(dirname(path));
      const read = await readLines(path, isEvent);
      const file = await openToChange(path).catch(async (error: unknown) => {
        if (!isMissingFile(error)) throw error;
        return await createNoFollow(path);
      });
      await file.truncate(read.bytes);
      if (read.bytes === 0) await syncDirectory(dirname(path));
      return new Journal<Event>(path, file, guard, read);
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** Appends an event; it is durable when the promise resolves. @throws OutputError */
  async append(event: Event): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    try {
      await this.#guard();
      await writeFully(this.#file, line, this.#bytes);
      await this.#file.datasync();
      this.#bytes += line.length;
    } catch (error) {
      throw writeFailed(this.#path, error);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/**
 * Returns the events of a journal that no process is writing; an empty list when the file is missing.
 * @throws OutputError
 */
export async function readEvents<Event>(
  path: string,
  isEvent: (value: unknown) => value is Event,
): Promise<readonly Event[]> {
  return (await readLines(path, isEvent)).events;
}

/** Returns the text of a journal up to its last complete line. @throws OutputError */
export async function readWholeLines(path: string): Promise<string> {
  const text = (await readOwnFile(path)) ?? "";
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

interface JournalContents<Event> {
  readonly events: readonly Event[];
  /** Offset in bytes after the last complete line. */
  readonly bytes: number;
}

async function readLines<Event>(
  path: string,
  isEvent: (value: unknown) => value is Event,
): Promise<JournalContents<Event>> {
  const text = (await readOwnFile(path)) ?? "";
  const events: Event[] = [];
  let bytes = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    const event = parseJson(line);
    if (event === undefined) break;
    // A crash cannot produce a complete line that was never written, so an unknown event means damage or a different
    // version.
    if (!isEvent(event)) throw damagedFile(path);
    events.push(event);
    bytes += Buffer.byteLength(line) + 1;
  }
  return { events, bytes };
}
