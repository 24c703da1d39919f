import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { writeFailed } from "./write-failed.ts";

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
      this.#file = openSync(path, "w+", 0o600);
      rmSync(path);
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** @throws OutputError */
  write(words: Uint32Array, position: number): void {
    const bytes = bytesOf(words);
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw writeFailed(this.#path, error);
    }
  }

  /** Reads what was written there. @throws OutputError */
  read(words: Uint32Array, position: number): void {
    try {
      readSync(this.#file, bytesOf(words), 0, words.byteLength, position);
    } catch (error) {
      throw writeFailed(this.#path, error);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
