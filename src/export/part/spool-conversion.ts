import type { Conversion, ConversionOptions } from "../conversion/conversion.ts";
import type { FileDraft } from "../files/written-file.ts";

/**
 * Converts the spool of a part while the part is fetched. When the part starts over, so does the conversion. After a
 * crash, a later run converts the whole spool again.
 */
export class SpoolConversion {
  readonly #options: ConversionOptions;
  #current: Promise<Conversion> | null = null;
  /** Settles once the last abandoned conversion has closed its files. */
  #ended: Promise<void> = Promise.resolve();

  constructor(options: ConversionOptions) {
    this.#options = options;
  }

  /** Starts converting the chunks within the first `bytes` bytes of the spool, which are durable. */
  advance(bytes: number): void {
    this.#begin()
      .then((conversion) => conversion.advance(bytes))
      .catch(() => undefined);
  }

  /** Discards everything, because the spool starts over. */
  restart(): void {
    this.#ended = this.abandon();
  }

  /** Converts the rest of the finished spool. @throws like `Conversion.finish` */
  async finish(bytes: number): Promise<readonly FileDraft[]> {
    return await (await this.#begin()).finish(bytes);
  }

  /** Closes the incomplete files, if there are any. */
  async abandon(): Promise<void> {
    const [current, ended] = [this.#current, this.#ended];
    this.#current = null;
    await ended;
    await current?.then(async (conversion) => await conversion.abandon()).catch(() => undefined);
  }

  async #begin(): Promise<Conversion> {
    this.#current ??= this.#ended.then(async () => {
      const { Conversion } = await import("../conversion/conversion.ts");
      return new Conversion(this.#options);
    });
    return await this.#current;
  }
}
