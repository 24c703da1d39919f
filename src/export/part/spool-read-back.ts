import { Worker } from "node:worker_threads";
import { type ReadBack, readBack, readSeal } from "../files/read-back.ts";

/** Smaller spools are read in this thread, because starting another one takes longer. */
const SMALL_BYTES = 16 * 1024 * 1024;

export interface SpoolReadBackOptions {
  readonly spoolPath: string;
  /** Module that the worker thread runs. */
  readonly program: URL;
}

/**
 * Reads a spool back from the disk in a worker thread while the spool is still growing. Each section is read once it is
 * durable. This is for a spool that itself becomes the finished file, which would otherwise have to be read as a whole
 * at the end of the export.
 */
export class SpoolReadBack {
  readonly #options: SpoolReadBackOptions;
  #thread: Worker | null = null;
  #hasFailed = false;

  constructor(options: SpoolReadBackOptions) {
    this.#options = options;
  }

  /** Continues reading up to this offset. All bytes before it are durable. */
  advance(bytes: number): void {
    if (bytes < SMALL_BYTES || this.#hasFailed) return;
    this.#thread ??= this.#start();
    this.#thread.postMessage(bytes);
  }

  /** Discards everything, because the spool starts over. */
  restart(): void {
    void this.abandon();
  }

  /**
   * Reads the rest of the finished spool.
   * @returns null when the spool is missing or changed while it was read
   * @throws the system's error when it cannot be read
   */
  async finish(): Promise<ReadBack | null> {
    const { spoolPath } = this.#options;
    const thread = this.#thread;
    const found = thread === null ? null : await this.#answerOf(thread);
    await this.abandon();
    // The thread has read an open file that may no longer be the one at the path. If the seals differ, the file is
    // read here.
    return found !== null && found.seal === (await readSeal(spoolPath)) ? found : await readBack(spoolPath);
  }

  /** Stops the thread. */
  async abandon(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }

  async #answerOf(thread: Worker): Promise<ReadBack | null> {
    if (this.#hasFailed) return null;
    return await new Promise((resolve) => {
      thread.once("message", resolve);
      thread.once("exit", () => resolve(null));
      thread.postMessage(null);
    });
  }

  #start(): Worker {
    const thread = new Worker(this.#options.program, { workerData: this.#options.spoolPath, env: {} });
    thread.on("error", () => {
      this.#hasFailed = true;
    });
    return thread;
  }
}
