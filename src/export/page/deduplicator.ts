import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Interval } from "../../analytics/interval.ts";
import { BrokenPage } from "./page-scanner.ts";
import { StringFields } from "./record-fields.ts";
import { SeenRecords } from "./seen-records.ts";

/** The number of a page's records, by outcome. */
export interface PageCounts {
  readonly records: number;
  /** Records skipped because the part already contains them. */
  readonly duplicates: number;
  /** Records skipped because they belong to another part. */
  readonly elsewhere: number;
}

/** Separates the values of several fields that together identify a record. */
const SEPARATOR = Buffer.of(0);
/** The letter `Z` that ends a UTC timestamp. */
const ZULU = 0x5a;

/**
 * Decides which records a part keeps. Each record is kept once, and only if it started within the part's interval, so
 * every conversation belongs to exactly one part. A record without a start or without an id is kept.
 */
export class Deduplicator {
  readonly #identity: "bytes" | "field" | null;
  readonly #hasLife: boolean;
  readonly #fields: StringFields;
  /** Indexes of the fields in the list passed to `StringFields`. */
  readonly #identifying: readonly number[];
  readonly #start: number;
  readonly #end: number;
  readonly #interval: Interval | null;
  /** The first and last instants of the interval, in the server's format. */
  readonly #firstText: Buffer;
  readonly #lastText: Buffer;
  readonly #seen: SeenRecords;
  #open: string[] = [];
  #counts = { records: 0, duplicates: 0, elsewhere: 0 };
  /** Number of open records at the end of the last complete page. */
  #keptOpen = 0;
  #isFirstOfPage = true;

  /**
   * Creates the deduplicator of one part.
   * @param seenPath path of a temporary file for identities that do not fit in memory
   */
  constructor(
    { identity, life }: Dataset,
    { interval }: { readonly interval: Interval | null },
    seenPath: string,
  ) {
    this.#seen = new SeenRecords(seenPath);
    this.#identity = identity === null || identity === "bytes" ? identity : "field";
    this.#hasLife = life !== null;
    const identifying = identity === null || identity === "bytes" ? [] : identity.fields;
    this.#identifying = identifying.map((_, index) => index);
    this.#start = identifying.length;
    this.#end = identifying.length + 1;
    this.#fields = new StringFields(life === null ? identifying : [...identifying, life.start, life.end]);
    this.#interval = interval;
    this.#firstText = Buffer.from(interval === null ? "" : new Date(interval.startMs).toISOString());
    this.#lastText = Buffer.from(interval === null ? "" : new Date(interval.endMs - 1).toISOString());
  }

  /** Ids of the part's records that have not ended. */
  get open(): readonly string[] {
    return this.#open;
  }

  /** Number of duplicates in the current page so far. */
  get repeated(): number {
    return this.#counts.duplicates;
  }

  /** Adds a record that an earlier run has committed. */
  recall(bytes: Uint8Array, start: number, end: number): void {
    this.#fields.find(bytes, start, end);
    this.#add(bytes, start, end);
    this.#keep();
  }

  /** Checks that the first record of a page is JSON. @throws BrokenPage when it is not */
  inspect(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#isFirstOfPage) return;
    assertJson(bytes, start, end);
    this.#isFirstOfPage = false;
  }

  /** Returns whether the part keeps the record. The bytes are one line of the spool. */
  keeps(bytes: Uint8Array, start: number, end: number): boolean {
    this.#fields.find(bytes, start, end);
    if (this.#isElsewhere(bytes)) {
      this.#counts.elsewhere += 1;
      return false;
    }
    if (!this.#add(bytes, start, end)) {
      this.#counts.duplicates += 1;
      return false;
    }
    this.#counts.records += 1;
    return true;
  }

  /** Completes a page and returns its counts. */
  takePage(): PageCounts {
    const counts = this.#counts;
    this.#keep();
    this.#startPage();
    return counts;
  }

  /** Undoes everything since the last complete page. */
  rollBack(): void {
    this.#seen.rollBack();
    this.#open.length = this.#keptOpen;
    this.#startPage();
  }

  /** Frees the memory and file of the seen ids; the ids in `open` remain readable. */
  close(): void {
    this.#seen.close();
  }

  #keep(): void {
    this.#seen.keep();
    this.#keptOpen = this.#open.length;
  }

  #startPage(): void {
    this.#counts = { records: 0, duplicates: 0, elsewhere: 0 };
    this.#isFirstOfPage = true;
  }

  #isElsewhere(bytes: Uint8Array): boolean {
    if (this.#interval === null || !this.#hasLife || !this.#fields.has(this.#start)) return false;
    const from = this.#fields.from(this.#start);
    const to = this.#fields.to(this.#start);
    // Timestamps in the server's format can be compared as strings. Nearly all are within the interval, so few have to
    // be parsed.
    if (
      to - from === this.#firstText.length &&
      bytes[to - 1] === ZULU &&
      compare(bytes, from, this.#firstText) >= 0 &&
      compare(bytes, from, this.#lastText) <= 0
    ) {
      return false;
    }
    const startedAtMs = Date.parse(textOf(bytes, from, to));
    return startedAtMs < this.#interval.startMs || startedAtMs >= this.#interval.endMs;
  }

  #add(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#identity === "bytes") return this.#seen.add(bytes, start, end);
    if (this.#identity === null || !this.#identifying.every((index) => this.#fields.has(index))) return true;
    const [only = 0, ...others] = this.#identifying;
    const from = this.#fields.from(only);
    const to = this.#fields.to(only);
    if (others.length > 0) {
      const joined = this.#joined(bytes);
      return this.#seen.add(joined, 0, joined.length) || this.#isOther(bytes, start, end);
    }
    if (!this.#seen.add(bytes, from, to)) return this.#isOther(bytes, start, end);
    if (this.#hasLife && !this.#fields.has(this.#end)) this.#open.push(textOf(bytes, from, to));
    return true;
  }

  /**
   * Returns whether a record is new even though its identifying fields were seen before. Parsers disagree on which of
   * two fields with the same name counts (RFC 8259 section 4), so a record that repeats a field is compared as a whole.
   */
  #isOther(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#fields.repeats(bytes, start, end) && this.#seen.add(bytes, start, end);
  }

  /** Returns the values of the identifying fields as bytes, each followed by a separator. */
  #joined(bytes: Uint8Array): Buffer {
    const texts = this.#identifying.map((index) =>
      bytes.subarray(this.#fields.from(index), this.#fields.to(index)),
    );
    return Buffer.concat(texts.flatMap((text) => [text, SEPARATOR]));
  }
}

/** Compares the bytes at `from` with a string of the same length. Returns a negative number, 0 or a positive number. */
function compare(bytes: Uint8Array, from: number, other: Uint8Array): number {
  for (let offset = 0; offset < other.length; offset += 1) {
    const difference = (bytes[from + offset] as number) - (other[offset] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}

/**
 * Checks that a record is JSON. One record per page is checked, because records are not parsed before they are written.
 * @throws BrokenPage
 */
function assertJson(bytes: Uint8Array, start: number, end: number): void {
  try {
    JSON.parse(textOf(bytes, start, end));
  } catch (cause) {
    throw new BrokenPage("the first record of the page is not JSON", { cause });
  }
}
