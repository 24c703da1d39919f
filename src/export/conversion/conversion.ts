import type { Flattener } from "../../analytics/table.ts";
import { InterruptedError, OutputError } from "../../core/errors.ts";
import type { Guard } from "../files/guard.ts";
import type { FileDraft } from "../files/written-file.ts";
import { type FileOptions, FORMATS, type Format } from "../writers/formats.ts";
import type { TableFile } from "../writers/table-file.ts";
import { type BadLine, CHUNK_BYTES, type EncodedChunk } from "./chunk.ts";
import type { EncoderPool } from "./encoder-pool.ts";

/** A spool, and the files to create from it. */
export interface ConversionOptions extends FileOptions {
  /** Path of the spool, which contains one record per line, as the server sent it. */
  readonly spoolPath: string;
  /** Converts records to rows; null when the format keeps records as they are. */
  readonly flattener: Flattener | null;
  readonly format: Format;
  /** Name of the only table when there is no flattener. */
  readonly ndjsonTable: string;
  /** Returns the path of a table's file. */
  readonly fileFor: (table: string) => string;
  readonly encoders: Pick<EncoderPool, "takeSlot" | "encode">;
  readonly signal: AbortSignal;
  /** Called before a chunk's tables are written. */
  readonly guard: Guard;
}

interface OpenFile {
  readonly table: string;
  readonly file: TableFile;
  rows: number;
}

/**
 * Converts a spool into the files of a format, chunk by chunk, while the spool grows. The same spool always
 * produces the same bytes: chunks have fixed boundaries, are encoded in parallel, and are written in order.
 * Every table has a file, even an empty one.
 */
export class Conversion {
  readonly #options: ConversionOptions;
  readonly #files: OpenFile[] = [];
  /** Offset at which the next chunk begins. */
  #next = 0;
  /** Number of lines written. */
  #lines = 0;
  /** Settles when the latest chunk has a slot in the encoder pool. */
  #starting: Promise<void> = Promise.resolve();
  #writing: Promise<void>;
  /** Whether a failure or the caller has ended the conversion. No more chunks are encoded after that. */
  #hasEnded = false;

  constructor(options: ConversionOptions) {
    this.#options = options;
    this.#writing = this.#create();
    this.#writing.catch(() => {
      this.#hasEnded = true;
    });
  }

  /**
   * Starts encoding the chunks within the first `bytes` bytes of the spool, which are durable and end with a
   * line.
   */
  advance(bytes: number): void {
    while (this.#next + CHUNK_BYTES <= bytes) this.#schedule(this.#next + CHUNK_BYTES);
  }

  /**
   * Converts the rest of the finished spool.
   * @returns the files, which are durable
   * @throws OutputError `output.disk_full`, `output.write`, `output.read`
   * @throws OutputError `export.record` for a line that is not JSON
   * @throws InterruptedError when the signal is aborted
   */
  async finish(bytes: number): Promise<readonly FileDraft[]> {
    this.advance(bytes);
    if (this.#next < bytes) this.#schedule(bytes);
    try {
      await this.#starting;
      await this.#writing;
      const written: FileDraft[] = [];
      for (const { table, rows, file } of this.#files) {
        written.push({ table, rows, ...(await file.finish()) });
      }
      return written;
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  /** Stops once the pending chunks are encoded, and closes the incomplete files. */
  async abandon(): Promise<void> {
    this.#hasEnded = true;
    await this.#starting;
    await this.#writing.catch(() => undefined);
    await Promise.all(this.#files.map(async ({ file }) => await file.abandon()));
  }

  async #create(): Promise<void> {
    const { flattener, format, ndjsonTable, fileFor } = this.#options;
    for (const table of flattener?.tables ?? [null]) {
      const name = table?.name ?? ndjsonTable;
      const file = await FORMATS[format].createFile(fileFor(name), table, this.#options);
      this.#files.push({ table: name, file, rows: 0 });
    }
  }

  #schedule(to: number): void {
    const { encoders, spoolPath } = this.#options;
    const chunk = { spoolPath, from: this.#next, to };
    this.#next = to;
    this.#starting = this.#starting.then(async () => {
      const free = await encoders.takeSlot();
      const earlier = this.#writing;
      const encoding = this.#hasEnded ? null : encoders.encode(chunk);
      this.#writing = this.#writeAfter(earlier, encoding).finally(free);
      this.#writing.catch(() => {
        this.#hasEnded = true;
      });
    });
  }

  async #writeAfter(earlier: Promise<void>, encoding: Promise<EncodedChunk> | null): Promise<void> {
    // Awaited below; this handler prevents an unhandled-rejection warning.
    encoding?.catch(() => undefined);
    await earlier;
    const encoded = await encoding;
    if (encoded === null || this.#hasEnded) return;
    const { signal, guard, spoolPath } = this.#options;
    if (encoded.badLine !== null) throw recordFailure(encoded.badLine, this.#lines, spoolPath);
    if (signal.aborted) throw new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
    await guard();
    await Promise.all(
      encoded.tables.map(async (table, index) => {
        const open = this.#files[index];
        if (open === undefined) return;
        open.rows += table.rows;
        await open.file.append(table);
      }),
    );
    this.#lines += encoded.lines;
  }
}

function recordFailure({ line, cause }: BadLine, linesBefore: number, spoolPath: string): OutputError {
  const what =
    cause instanceof RangeError
      ? "is nested too deeply for a table"
      : "is not valid JSON, so it cannot become a table row";
  return new OutputError(
    "export.record",
    `the record on line ${linesBefore + line} of \`${spoolPath}\` ${what}`,
    { hint: "export it with `--format ndjson`, which keeps records as they are", cause },
  );
}
