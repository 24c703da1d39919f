import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { writeFailed } from "../files/write-failed.ts";

/**
 * A temporary file for identities that do not fit in memory. Its name is removed as soon as the file is open, so
 * the system deletes the file when the process ends. Reads and writes are synchronous, because they are rare and
 * the caller needs the result immediately.
 */
export class IdentityFile {
  readonly #path: string;
  readonly #file: number;

  /** Opens the file and removes its name. @throws OutputError */
  constructor(path: string) {
    this.#path = path;
    try {
      // An existing file of this name is a leftover of a killed process; its content is never used.
      rmSync(path, { force: true });
      this.#file = openSync(path, "wx+", 0o600);
    } catch (error) {
      throw writeFailed(path, error);
    }
    this.#removeName();
  }

  /** Writes the words at a position in bytes. @throws OutputError */
  write(words: Uint32Array, position: number): void {
    this.#whole(words, (bytes, done) =>
      writeSync(this.#file, bytes, done, bytes.length - done, position + done),
    );
  }

  /** Reads words that were written at this position. @throws OutputError when they are missing */
  read(words: Uint32Array, position: number): void {
    this.#whole(words, (bytes, done) =>
      readSync(this.#file, bytes, done, bytes.length - done, position + done),
    );
  }

  close(): void {
    closeSync(this.#file);
    this.#removeName();
  }

  /** Reads or writes all bytes of the words; a single step may process fewer bytes than requested. */
  #whole(words: Uint32Array, move: (bytes: Uint8Array, done: number) => number): void {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    try {
      for (let done = 0; done < bytes.length; ) {
        const moved = move(bytes, done);
        if (moved === 0) throw new Error("the file is shorter than the data that was written to it");
        done += moved;
      }
    } catch (error) {
      throw writeFailed(this.#path, error);
    }
  }

  /** Removes the name again when the file is closed, because some file systems keep the name of an open file. */
  #removeName(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // A leftover file is harmless, because the next process that uses the name removes it first.
    }
  }
}
