import { ParquetBytes } from "./parquet-bytes.ts";
import { addPackedBits, addRun } from "./parquet-runs.ts";

/** Physical types of values: text, integers, fractions and bits. */
export type ValueKind = "text" | "int32" | "int64" | "double" | "boolean";
export type ParquetValue = string | number | bigint | boolean;

/** Values of a column in one row group, in the form its pages need. */
export interface EncodedValues {
  /** Distinct values in the dictionary; null when values are written directly. */
  readonly dictionary: { readonly count: number; readonly bytes: Uint8Array } | null;
  readonly bytes: Uint8Array;
  /** Smallest and largest number, for readers that skip pages; null for text and for an empty group. */
  readonly range: readonly [number | bigint, number | bigint] | null;
}

/**
 * Number of values after which the column is checked for repetition, and after which a column without
 * repetition is checked again.
 */
const SAMPLE = 1024;
const SECOND_SAMPLE = 128;
/** Largest fraction of new values at which a dictionary is worth its time. */
const MOST_DISTINCT = 0.75;
/** Integers below this value count as small. */
const SMALL = 64;

/**
 * Collects the values of a column and encodes each as it arrives. Values that repeat are replaced by numbers
 * in a dictionary; others are written directly. Absent values are not passed in.
 */
export class ParquetValues {
  readonly #kind: ValueKind;
  /** The values themselves, or the distinct ones when there is a dictionary. */
  readonly #plain = new ParquetBytes();
  readonly #numbers = new Map<ParquetValue, number>();
  /** A faster index of small integers, mostly positions; -1 for none. */
  readonly #smallNumbers = new Int32Array(SMALL).fill(-1);
  /** Dictionary numbers of the values; 0 and 1 for booleans. */
  #indexes: number[] = [];
  #hasDictionary = false;
  #sample = SAMPLE;
  #last: ParquetValue | null = null;
  #count = 0;
  #least: number | bigint | null = null;
  #greatest: number | bigint | null = null;

  constructor(kind: ValueKind) {
    this.#kind = kind;
    this.clear();
  }

  get count(): number {
    return this.#count;
  }

  add(value: ParquetValue): void {
    this.#count += 1;
    if (typeof value === "boolean") {
      this.#indexes.push(value ? 1 : 0);
    } else if (!this.#hasDictionary) {
      this.#addPlain(value);
    } else if (value === this.#last) {
      this.#indexes.push(this.#indexes[this.#indexes.length - 1] ?? 0);
    } else {
      this.#last = value;
      this.#addNumbered(value);
      if (this.#count === this.#sample) this.#reviewDictionary();
    }
  }

  /** Returns the values since the last clearing; the bytes are valid until the next change. */
  encode(): EncodedValues {
    const range =
      this.#least === null || this.#greatest === null ? null : ([this.#least, this.#greatest] as const);
    this.#reviewDictionary();
    if (this.#numbers.size > 0) {
      this.#sample = SAMPLE;
      const bytes = new ParquetBytes();
      const bitWidth = Math.max(1, Math.ceil(Math.log2(this.#numbers.size)));
      bytes.addByte(bitWidth);
      addRun(bytes, this.#indexes, bitWidth);
      const dictionary = { count: this.#numbers.size, bytes: this.#plain.written };
      return { dictionary, bytes: bytes.written, range };
    }
    if (this.#kind === "boolean") addPackedBits(this.#plain, this.#indexes, 1);
    return { dictionary: null, bytes: this.#plain.written, range };
  }

  clear(): void {
    this.#plain.clear();
    this.#numbers.clear();
    this.#smallNumbers.fill(-1);
    this.#indexes = [];
    // Measurements hardly ever repeat.
    this.#hasDictionary = this.#kind !== "double" && this.#kind !== "boolean";
    this.#last = null;
    this.#count = 0;
    this.#least = null;
    this.#greatest = null;
  }

  #addNumbered(value: Exclude<ParquetValue, boolean>): void {
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

  /** Switches from the dictionary to direct values when too many of them are new. */
  #reviewDictionary(): void {
    if (this.#numbers.size <= this.#count * MOST_DISTINCT) return;
    this.#sample = SECOND_SAMPLE;
    const values = [...this.#numbers.keys()];
    const indexes = this.#indexes;
    this.#plain.clear();
    this.#numbers.clear();
    this.#indexes = [];
    this.#hasDictionary = false;
    for (const index of indexes) {
      const value = values[index];
      if (value !== undefined && typeof value !== "boolean") this.#addPlain(value);
    }
  }

  #addPlain(value: Exclude<ParquetValue, boolean>): void {
    if (typeof value === "string") {
      this.#plain.addText(value);
      return;
    }
    if (this.#least === null || value < this.#least) this.#least = value;
    if (this.#greatest === null || value > this.#greatest) this.#greatest = value;
    if (this.#kind === "int64") this.#plain.addInt64(value);
    else if (this.#kind === "int32") this.#plain.addInt32(Number(value));
    else this.#plain.addDouble(Number(value));
  }
}
