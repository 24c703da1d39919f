import { Worker } from "node:worker_threads";
import { InterruptedError, OutputError } from "../../core/errors.ts";
import type { Chunk, EncodeChunk, EncodedChunk } from "./chunk.ts";
import { type ChunkEncoderOptions, openChunkEncoder } from "./chunk-encoder.ts";
import type { EncoderRecipe, EncoderReply } from "./encoder-message.ts";

/** Chunks below this size are encoded in the calling thread, because starting a worker thread would take longer. */
const SMALL_BYTES = 2 * 1024 * 1024;

/** Limits the heap for new objects. Records are short-lived, so a larger limit costs memory and saves no time. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

export interface EncoderPoolOptions extends ChunkEncoderOptions, EncoderRecipe {
  /** Number of worker threads. With 1, the calling thread encodes the chunks itself. */
  readonly encoderThreads: number;
  /** Module that each worker thread runs. */
  readonly program: URL;
  readonly signal: AbortSignal;
}

interface Job {
  readonly chunk: Chunk;
  readonly resolve: (encoded: EncodedChunk) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Encodes chunks of spools in worker threads, which start when they are first needed. Slots limit the memory of
 * chunks that are encoded but not yet written.
 */
export class EncoderPool {
  readonly #options: EncoderPoolOptions;
  readonly #queue: Job[] = [];
  readonly #idle = new Set<Worker>();
  readonly #busy = new Map<Worker, Job>();
  readonly #waiting: (() => void)[] = [];
  #freeSlots: number;
  #here: Promise<EncodeChunk> | null = null;

  constructor(options: EncoderPoolOptions) {
    this.#options = options;
    this.#freeSlots = options.encoderThreads + 1;
    options.signal.addEventListener("abort", () => void this.close());
  }

  /**
   * Waits for a slot, in the order of the calls. A caller takes one before it encodes a chunk and keeps it until
   * the chunk is written.
   * @returns a function that frees the slot
   */
  async takeSlot(): Promise<() => void> {
    if (this.#freeSlots > 0) this.#freeSlots -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#freeSlots += 1;
      else next();
    };
  }

  /**
   * Encodes a chunk.
   * @throws OutputError, InterruptedError; any error that ended a worker thread
   */
  async encode(chunk: Chunk): Promise<EncodedChunk> {
    const { encoderThreads, signal } = this.#options;
    if (encoderThreads === 1 || chunk.to - chunk.from < SMALL_BYTES) {
      this.#here ??= openChunkEncoder(this.#options, signal);
      return await (await this.#here)(chunk);
    }
    if (signal.aborted) throw interrupted(signal);
    return await new Promise((resolve, reject) => {
      this.#queue.push({ chunk, resolve, reject });
      this.#assign();
    });
  }

  /** Stops the threads. Rejects the chunks that are still being encoded. */
  async close(): Promise<void> {
    const jobs = [...this.#queue.splice(0), ...this.#busy.values()];
    const threads = [...this.#idle, ...this.#busy.keys()];
    this.#idle.clear();
    this.#busy.clear();
    for (const { reject } of jobs) reject(interrupted(this.#options.signal));
    await Promise.all(threads.map(async (thread) => await thread.terminate()));
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const [thread = this.#start()] = this.#idle;
      if (thread === null) return;
      this.#idle.delete(thread);
      const job = this.#queue.shift() as Job;
      this.#busy.set(thread, job);
      thread.postMessage(job.chunk);
    }
  }

  /** Starts a thread; null when all of them are busy. */
  #start(): Worker | null {
    const { encoderThreads, program, format, dataset, groupBy, compression, guardFormulas } = this.#options;
    if (this.#busy.size >= encoderThreads) return null;
    const recipe: EncoderRecipe = { format, dataset, groupBy, compression, guardFormulas };
    const thread = new Worker(program, { workerData: recipe, env: {}, resourceLimits: LIMITS });
    thread.on("message", (reply: EncoderReply) => {
      const job = this.#release(thread);
      this.#idle.add(thread);
      if (reply.kind === "encoded") job?.resolve(reply.chunk);
      else job?.reject(failureOf(reply));
      this.#assign();
    });
    // An error ends the thread. The next chunk starts a new one.
    thread.on("error", (error) => this.#release(thread)?.reject(error));
    return thread;
  }

  #release(thread: Worker): Job | undefined {
    const job = this.#busy.get(thread);
    this.#busy.delete(thread);
    this.#idle.delete(thread);
    return job;
  }
}

function failureOf({ code, message, hint, cause }: Extract<EncoderReply, { kind: "failed" }>): OutputError {
  return new OutputError(code, message, { hint: hint ?? undefined, cause });
}

function interrupted(signal: AbortSignal): InterruptedError {
  return new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
}
