import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { writeFailed } from "../files/write-failed.ts";

/**
 * What has no room in memory, in a file that is gone with the process: its name is taken away as soon as it is open.
 * Reads and writes at once, as they come seldom and what depends on them can't wait.
 */
export class IdentityFile {
  readonly #path: string;
  readonly #file: number;

  /** @throws OutputError */
  constructor(path: string) {
    this.#path = path;
    try {
      // A name that is taken was left by a process that was killed: nothing is ever looked up in it.
      rmSync(path, { force: true });
      this.#file = openSync(path, "wx+", 0o600);
    } catch (error) {
      throw writeFailed(path, error);
    }
    this.#removeName();
  }

  /** @throws OutputError */
  write(words: Uint32Array, position: number): void {
    this.#whole(words, (bytes, done) =>
      writeSync(this.#file, bytes, done, bytes.length - done, position + done),
    );
  }

  /** Reads what was written there. @throws OutputError when it is not there any more */
  read(words: Uint32Array, position: number): void {
    this.#whole(words, (bytes, done) =>
      readSync(this.#file, bytes, done, bytes.length - done, position + done),
    );
  }

  close(): void {
    closeSync(this.#file);
    this.#removeName();
  }

  /** Moves all bytes of the words, by steps that may do less than they are asked to. */
  #whole(words: Uint32Array, move: (bytes: Uint8Array, done: number) => number): void {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    try {
      for (let done = 0; done < bytes.length; ) {
        const moved = move(bytes, done);
        if (moved === 0) throw new Error("the file is shorter than what was written");
        done += moved;
      }
    } catch (error) {
      throw writeFailed(this.#path, error);
    }
  }

  /** Some file systems keep the name of an open file; then it goes when the file is closed. */
  #removeName(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Nothing depends on it: whoever opens the name next begins with an empty file.
    }
  }
}
