import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Interval } from "../../analytics/interval.ts";
import { BrokenPage } from "./page-scanner.ts";
import { StringFields } from "./record-fields.ts";
import { SeenRecords } from "./seen-records.ts";

/** What became of the records of a page. */
export interface PageCounts {
  readonly records: number;
  /** Left out: an earlier page had them. */
  readonly duplicates: number;
  /** Left out: they belong to another part. */
  readonly elsewhere: number;
}

/** Which of the fields that are looked for is which. */
const IDENTITY = 0;
const START = 1;
const END = 2;
/** The letter that ends an instant of UTC. */
const ZULU = 0x5a;

/**
 * Decides for each record whether its part keeps it: once only, and only if it began within the part, as every
 * conversation does in exactly one. A record that does not say when it began or who it is, is kept.
 */
export class Deduplicator {
  readonly #identity: "bytes" | "field" | null;
  readonly #hasLife: boolean;
  readonly #fields: StringFields;
  readonly #interval: Interval | null;
  /** The interval's first and last instant as the service writes them. */
  readonly #firstText: Buffer;
  readonly #lastText: Buffer;
  readonly #seen: SeenRecords;
  #open: string[] = [];
  #counts = { records: 0, duplicates: 0, elsewhere: 0 };
  #mark = { seen: 0, open: 0 };
  #isFirstOfPage = true;

  /** @param seenPath where identities may lie that have no room in memory */
  constructor(
    { identity, life }: Dataset,
    { interval }: { readonly interval: Interval | null },
    seenPath: string,
  ) {
    this.#seen = new SeenRecords(seenPath);
    this.#identity = identity === null || identity === "bytes" ? identity : "field";
    this.#hasLife = life !== null;
    const field = identity === null || identity === "bytes" ? [] : [identity.field];
    this.#fields = new StringFields(life === null ? field : [...field, life.start, life.end]);
    this.#interval = interval;
    this.#firstText = Buffer.from(interval === null ? "" : new Date(interval.startMs).toISOString());
    this.#lastText = Buffer.from(interval === null ? "" : new Date(interval.endMs - 1).toISOString());
  }

  /** Records of the part that have not ended. */
  get open(): readonly string[] {
    return this.#open;
  }

  /** Whether the page so far held a record that came before. */
  get isRepeating(): boolean {
    return this.#counts.duplicates > 0;
  }

  /** Takes a record that an earlier run has kept. */
  recall(bytes: Uint8Array, start: number, end: number): void {
    this.#fields.find(bytes, start, end);
    this.#add(bytes, start, end);
    this.#mark = { seen: this.#seen.count, open: this.#open.length };
  }

  /** Looks at a record as the service sent it. @throws BrokenPage when it is the first of a page, and no JSON */
  inspect(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#isFirstOfPage) return;
    assertJson(bytes, start, end);
    this.#isFirstOfPage = false;
  }

  /** Whether the part keeps the record, as it stands in its line. */
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

  /** Ends a page that is whole. */
  takePage(): PageCounts {
    const counts = this.#counts;
    this.#startPage();
    return counts;
  }

  /** Forgets the page so far. */
  rollBack(): void {
    this.#seen.takeBack(this.#mark.seen);
    this.#open.length = this.#mark.open;
    this.#startPage();
  }

  /** Nothing is asked of it any more but what is open. */
  close(): void {
    this.#seen.close();
  }

  #startPage(): void {
    this.#counts = { records: 0, duplicates: 0, elsewhere: 0 };
    this.#mark = { seen: this.#seen.count, open: this.#open.length };
    this.#isFirstOfPage = true;
  }

  #isElsewhere(bytes: Uint8Array): boolean {
    if (this.#interval === null || !this.#hasLife || !this.#fields.has(START)) return false;
    const from = this.#fields.from(START);
    const to = this.#fields.to(START);
    // As the service writes them, instants sort like their texts. Nearly all lie within; others are looked at again.
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
    if (this.#identity === null || !this.#fields.has(IDENTITY)) return true;
    const from = this.#fields.from(IDENTITY);
    const to = this.#fields.to(IDENTITY);
    if (!this.#seen.add(bytes, from, to)) return false;
    if (this.#hasLife && !this.#fields.has(END)) this.#open.push(textOf(bytes, from, to));
    return true;
  }
}

/** How the text at `from` sorts beside another of the same length: below, at or above 0. */
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

/** Bytes are not looked into on their way; that the first record is JSON tells that they are what they seem. */
function assertJson(bytes: Uint8Array, start: number, end: number): void {
  try {
    JSON.parse(textOf(bytes, start, end));
  } catch (cause) {
    throw new BrokenPage("the first record of the page is no JSON", { cause });
  }
}
