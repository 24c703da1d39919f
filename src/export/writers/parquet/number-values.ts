import { DictionaryReview } from "./dictionary-review.ts";
import { NumberList } from "./number-list.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import { addPackedBits, indexBytes } from "./parquet-runs.ts";

/** Kinds of numbers, by the way they are stored. An instant is stored as a 64-bit integer. */
export type NumberKind = "int32" | "int64" | "instant" | "double" | "boolean";
export type ParquetNumber = number | bigint | boolean;

/** Values of a column in one row group, encoded for its pages. */
export interface EncodedValues {
  /** Distinct values in the dictionary; null when values are written directly. */
  readonly dictionary: { readonly count: number; readonly bytes: Uint8Array } | null;
  readonly bytes: Uint8Array;
  /** Smallest and largest number, for readers that skip pages; null for text and for an empty group. */
  readonly range: readonly [number | bigint, number | bigint] | null;
}

/** Kinds that get a dictionary. Measurements and instants rarely repeat, and when they do, compression is enough. */
const REPEATING: ReadonlySet<NumberKind> = new Set(["int32", "int64"]);
/** Integers below this value count as small. */
const SMALL = 64;

/**
 * Collects the numbers of a column and encodes each as it arrives. If values repeat often, writes a dictionary and the
 * numbers of its entries. Otherwise writes the values directly. Absent values are not passed in.
 */
export class NumberValues {
  readonly #kind: NumberKind;
  /** The values themselves, or the distinct ones when there is a dictionary. */
  readonly #plain = new ParquetBytes();
  readonly #numbers = new Map<ParquetNumber, number>();
  /**
   * Dictionary numbers of small integers, indexed by value; -1 for an absent one. An array lookup is faster than a map.
   */
  readonly #smallNumbers = new Int32Array(SMALL).fill(-1);
  /** Dictionary numbers of the values; 0 and 1 for booleans. */
  readonly #indexes = new NumberList();
  #hasDictionary = false;
  readonly #review = new DictionaryReview();
  #last: ParquetNumber | null = null;
  #count = 0;
  #least: number | bigint | null = null;
  #greatest: number | bigint | null = null;

  constructor(kind: NumberKind) {
    this.#kind = kind;
    this.clear();
  }

  get count(): number {
    return this.#count;
  }

  add(value: ParquetNumber): void {
    this.#count += 1;
    if (typeof value === "boolean") {
      this.#indexes.push(value ? 1 : 0);
    } else if (!this.#hasDictionary) {
      this.#addPlain(value);
    } else if (value === this.#last) {
      this.#indexes.push(this.#indexes.last);
    } else {
      this.#last = value;
      this.#addNumbered(value);
      if (this.#review.isDue(this.#count)) this.#reviewDictionary();
    }
  }

  /** Returns the values that were added since the last `clear`. The bytes are valid until the next change. */
  encode(): EncodedValues {
    const range =
      this.#least === null || this.#greatest === null ? null : ([this.#least, this.#greatest] as const);
    this.#reviewDictionary();
    if (this.#numbers.size > 0) {
      const dictionary = { count: this.#numbers.size, bytes: this.#plain.written };
      return { dictionary, bytes: indexBytes(this.#indexes.numbers, dictionary.count), range };
    }
    if (this.#kind === "boolean") addPackedBits(this.#plain, this.#indexes.numbers, 1);
    return { dictionary: null, bytes: this.#plain.written, range };
  }

  clear(): void {
    this.#plain.clear();
    this.#numbers.clear();
    this.#smallNumbers.fill(-1);
    this.#indexes.clear();
    this.#review.restart();
    this.#hasDictionary = REPEATING.has(this.#kind);
    this.#last = null;
    this.#count = 0;
    this.#least = null;
    this.#greatest = null;
  }

  #addNumbered(value: Exclude<ParquetNumber, boolean>): void {
    const isSmall = typeof value === "number" && value >= 0 && value < SMALL && Number.isInteger(value);
    let number = isSmall ? this.#smallNumbers[value] : this.#numbers.get(value);
    if (number === undefined || number < 0) {
      number = this.#numbers.size;
      this.#numbers.set(value, number);
      if (isSmall) this.#smallNumbers[value] = number;
      this.#addPlain(value);
    }
    this.#indexes.push(number);
  }

  /** Stops using the dictionary when too many values are new. */
  #reviewDictionary(): void {
    if (this.#review.keeps(this.#numbers.size, this.#count)) return;
    const values = [...this.#numbers.keys()];
    this.#plain.clear();
    this.#numbers.clear();
    this.#hasDictionary = false;
    for (const index of this.#indexes.numbers) {
      const value = values[index];
      if (value !== undefined && typeof value !== "boolean") this.#addPlain(value);
    }
    this.#indexes.clear();
  }

  #addPlain(value: Exclude<ParquetNumber, boolean>): void {
    if (this.#least === null || value < this.#least) this.#least = value;
    if (this.#greatest === null || value > this.#greatest) this.#greatest = value;
    if (this.#kind === "int64" || this.#kind === "instant") this.#plain.addInt64(value);
    else if (this.#kind === "int32") this.#plain.addInt32(Number(value));
    else this.#plain.addDouble(Number(value));
  }
}
