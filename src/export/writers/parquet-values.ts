import { ParquetBytes } from "./parquet-bytes.ts";
import { addRun } from "./parquet-runs.ts";

/** How values are written: text, integers, fractions, and bits. */
export type ValueKind = "text" | "int32" | "int64" | "double" | "boolean";
export type Value = string | number | bigint | boolean;

/** The values of a column in one group of rows, as they go into its pages. */
export interface EncodedValues {
  /** Each different value once; null where the values stand for themselves. */
  readonly dictionary: { readonly count: number; readonly bytes: Uint8Array } | null;
  readonly bytes: Uint8Array;
  /** The least and the greatest number, for readers that skip; null for text and for none. */
  readonly range: readonly [number | bigint, number | bigint] | null;
}

/** After so many values it is looked at whether they repeat. */
const SAMPLE = 256;
/** The part of them that may be new each time for a dictionary to be worth its time. */
const MOST_DISTINCT = 0.75;

/**
 * Collects the values of a column, encoded at once: by number into a dictionary while they repeat, each by itself
 * when they turn out not to. Absent values are not told to it.
 */
export class ParquetValues {
  readonly #kind: ValueKind;
  readonly #plain = new ParquetBytes();
  #numbers = new Map<Value, number>();
  #indexes: number[] = [];
  #isPlain: boolean;
  #last: Value | null = null;
  #count = 0;
  #least: number | bigint | null = null;
  #greatest: number | bigint | null = null;

  constructor(kind: ValueKind) {
    this.#kind = kind;
    this.#isPlain = this.#isNeverRepeated();
  }

  get count(): number {
    return this.#count;
  }

  add(value: Value): void {
    this.#count += 1;
    if (this.#isPlain) this.#addPlain(value);
    else if (value === this.#last) this.#indexes.push(this.#indexes[this.#indexes.length - 1] ?? 0);
    else {
      this.#addByNumber(value);
      if (this.#count === SAMPLE && this.#numbers.size > SAMPLE * MOST_DISTINCT) this.#becomePlain();
    }
    this.#last = value;
  }

  /** The values since the last time; the bytes are valid until the next value. */
  take(): EncodedValues {
    const range = this.#least === null || this.#greatest === null ? null : ([this.#least, this.#greatest] as const);
    const encoded = this.#isPlain || this.#count === 0 ? this.#takePlain() : this.#takeNumbers();
    this.#numbers = new Map();
    this.#indexes = [];
    this.#isPlain = this.#isNeverRepeated();
    this.#last = null;
    this.#count = 0;
    this.#least = null;
    this.#greatest = null;
    return { ...encoded, range };
  }
}
