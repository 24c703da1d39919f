import { grouped } from "../../../core/text.ts";

/** Records of a part: those that came, and those that an interruption would leave. */
interface PartCount {
  readonly records: number;
  readonly kept: number;
}

/** What an export has so far, part by part: a part that begins anew counts anew. */
export class ExportCount {
  readonly #parts = new Map<string, PartCount>();
  #total = 0;
  #done = 0;
  #before = 0;

  /** Parts in all, with what earlier commands have finished. */
  plan({ total, done, records }: { total: number; done: number; records: number }): void {
    this.#total = total;
    this.#done = done;
    this.#before = records;
  }

  get total(): number {
    return this.#total;
  }

  /** Parts that are finished or were refused. */
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

  /** What the next command finds, in words; null when that is nothing. */
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

/** `1 record`, `12,345 records`. */
export function countRecords(count: number): string {
  return `${grouped(count)} ${count === 1 ? "record" : "records"}`;
}
