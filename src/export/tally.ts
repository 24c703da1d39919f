import { createHash } from "node:crypto";
import type { Dataset } from "../analytics/dataset.ts";
import { BrokenPage } from "./page-scanner.ts";
import type { Part } from "./part.ts";
import { readStringFields } from "./record-fields.ts";
import { SeenRecords } from "./seen-records.ts";

/** What became of the records of a page. */
export interface PageCounts {
  readonly records: number;
  /** Left out: an earlier page had them. */
  readonly duplicates: number;
  /** Left out: they belong to another part. */
  readonly elsewhere: number;
}

/**
 * Decides for each record whether its part keeps it: once only, and only if it began within the part, as every
 * conversation does in exactly one. A record that does not say when it began or who it is, is kept.
 */
export class Tally {
  readonly #dataset: Dataset;
  readonly #part: Part;
  readonly #names: readonly Buffer[];
  #seen = new SeenRecords();
  #open: string[] = [];
  #counts = { records: 0, duplicates: 0, elsewhere: 0 };
  #mark = { seen: 0, open: 0 };
  #isFirstOfPage = true;

  constructor(dataset: Dataset, part: Part) {
    this.#dataset = dataset;
    this.#part = part;
    const { identity, life } = dataset;
    const field = identity === null || identity === "bytes" ? "" : identity.field;
    this.#names = [field, ...(life === null ? [] : [life.start, life.end])].map((name) => Buffer.from(name));
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
    this.#add(this.#read(bytes, start, end));
    this.#mark = { seen: this.#seen.count, open: this.#open.length };
  }

  /** Whether the part keeps the record. @throws BrokenPage when the first of a page is no JSON */
  keeps(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#isFirstOfPage) {
      assertJson(bytes, start, end);
      this.#isFirstOfPage = false;
    }
    const record = this.#read(bytes, start, end);
    if (this.#isElsewhere(record.startedAt)) {
      this.#counts.elsewhere += 1;
      return false;
    }
    if (!this.#add(record)) {
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

  #startPage(): void {
    this.#counts = { records: 0, duplicates: 0, elsewhere: 0 };
    this.#mark = { seen: this.#seen.count, open: this.#open.length };
    this.#isFirstOfPage = true;
  }

  #read(bytes: Uint8Array, start: number, end: number) {
    const { identity, life } = this.#dataset;
    if (identity === "bytes") {
      const digest = createHash("sha256").update(bytes.subarray(start, end)).digest("base64");
      return { identity: digest, startedAt: null, hasEnded: true };
    }
    if (identity === null) return { identity: null, startedAt: null, hasEnded: true };
    const [id = null, startedAt = null, endedAt = null] = readStringFields(bytes, start, end, this.#names);
    return { identity: id, startedAt, hasEnded: life === null || endedAt !== null };
  }

  #isElsewhere(startedAt: string | null): boolean {
    const { interval } = this.#part;
    if (startedAt === null || interval === null) return false;
    const startedAtMs = Date.parse(startedAt);
    return startedAtMs < interval.startMs || startedAtMs >= interval.endMs;
  }

  #add({ identity, hasEnded }: { readonly identity: string | null; readonly hasEnded: boolean }): boolean {
    if (identity !== null && !this.#seen.add(identity)) return false;
    if (!hasEnded && identity !== null) this.#open.push(identity);
    return true;
  }
}

/** Bytes are not looked into on their way; that the first record is JSON tells that they are what they seem. */
function assertJson(bytes: Uint8Array, start: number, end: number): void {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8"));
  } catch (cause) {
    throw new BrokenPage("the first record of the page is no JSON", { cause });
  }
}
