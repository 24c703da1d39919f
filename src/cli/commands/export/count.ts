import { grouped } from "../../../core/text.ts";

/** Record counts of a part: all records that arrived, and the records that would survive an interruption. */
interface PartCount {
  readonly records: number;
  readonly kept: number;
}

/** The counts of an export by part; a part that starts over counts from zero. */
export class ExportCount {
  readonly #parts = new Map<string, PartCount>();
  #total = 0;
  #done = 0;
  #before = 0;

  /** Sets the total number of parts, and the number that earlier runs finished. */
  plan({ total, done, records }: { total: number; done: number; records: number }): void {
    this.#total = total;
    this.#done = done;
    this.#before = records;
  }

  get total(): number {
    return this.#total;
  }

  /** The number of parts that are finished or were refused. */
  get done(): number {
    return this.#done;
  }

  get records(): number {
    return this.#sum(({ records }) => records);
  }

  set(part: string, count: PartCount): void {
    this.#parts.set(part, count);
  }

  finish(part: string, records: number): void {
    this.#done += 1;
    this.set(part, { records, kept: records });
  }

  refuse(part: string): void {
    this.#done += 1;
    this.#parts.delete(part);
  }

  /** Describes the saved data that the next run can use; null if none exists. */
  describeKept(): string | null {
    const kept = this.#sum((count) => count.kept);
    if (kept === 0 && this.#done === 0) return null;
    const parts = this.#total > 1 ? ` (${this.#done} of ${this.#total} parts finished)` : "";
    return `${countRecords(kept)}${parts}`;
  }

  #sum(of: (count: PartCount) => number): number {
    return [...this.#parts.values()].reduce((sum, count) => sum + of(count), this.#before);
  }
}

/** Formats a count: `1 record`, `12,345 records`. */
export function countRecords(count: number): string {
  return `${grouped(count)} ${count === 1 ? "record" : "records"}`;
}
