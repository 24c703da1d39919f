import { DictionaryReview } from "./dictionary-review.ts";
import { NumberList } from "./number-list.ts";
import type { EncodedValues } from "./number-values.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import { indexBytes } from "./parquet-runs.ts";
import { LENGTH_BYTES, TextDictionary } from "./text-dictionary.ts";

/**
 * Collects the strings of a column and encodes each one as it arrives. If strings repeat often, writes a dictionary and
 * the numbers of its entries. Otherwise writes the strings directly. Compares strings as bytes, because most of them
 * arrive as bytes.
 */
export class TextValues {
  /** The strings themselves when there is no dictionary. */
  readonly #plain = new ParquetBytes();
  readonly #dictionary = new TextDictionary();
  readonly #indexes = new NumberList();
  readonly #review = new DictionaryReview();
  readonly #encoded = new ParquetBytes();
  #hasDictionary = true;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(text: string): void {
    const encoded = this.#encoded;
    encoded.clear();
    encoded.addText(text);
    this.addRange(encoded.view, LENGTH_BYTES, encoded.length);
  }

  /** Adds UTF-8 text. */
  addRange(source: DataView, from: number, to: number): void {
    this.#count += 1;
    if (!this.#hasDictionary) {
      this.#plain.addTextRange(source, from, to);
      return;
    }
    const isNext = this.#count > 1;
    const last = this.#indexes.last;
    const number = this.#dictionary.numberOf(source, from, to);
    this.#indexes.push(number);
    const repeats = isNext && number === last;
    if (!repeats && this.#review.isDue(this.#count)) this.#reviewDictionary();
  }

  /** Returns the strings that were added since the last `clear`. The bytes are valid until the next change. */
  encode(): EncodedValues {
    if (this.#hasDictionary) this.#reviewDictionary();
    const { size: count, written: bytes } = this.#dictionary;
    if (count === 0) return { dictionary: null, bytes: this.#plain.written, range: null };
    return { dictionary: { count, bytes }, bytes: indexBytes(this.#indexes.numbers, count), range: null };
  }

  clear(): void {
    this.#plain.clear();
    this.#dictionary.clear();
    this.#indexes.clear();
    this.#review.restart();
    this.#hasDictionary = true;
    this.#count = 0;
  }

  /** Stops using the dictionary when too many strings are new. */
  #reviewDictionary(): void {
    if (this.#review.keeps(this.#dictionary.size, this.#count)) return;
    this.#hasDictionary = false;
    for (const number of this.#indexes.numbers) this.#dictionary.copyTo(this.#plain, number);
    this.#dictionary.clear();
    this.#indexes.clear();
  }
}
