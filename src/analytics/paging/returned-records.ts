import { createHash } from "node:crypto";
import { asRecord, asString } from "../../core/json.ts";
import type { Page } from "./page.ts";

/**
 * Tracks the records of a lost job, so that the next job for the same query returns only the rest. Records
 * without an id are compared by their whole content, and may repeat as often as in one job.
 */
export class ReturnedRecords {
  readonly #returned = new Map<string, number>();
  #pass = new Map<string, number>();

  /** Starts over with the first page. */
  startPass(): void {
    this.#pass = new Map();
  }

  /** Returns the page without the records of an earlier pass. */
  takeNew(page: Page): Page {
    const records = page.records.filter((record) => {
      const key = keyOf(record);
      const count = (this.#pass.get(key) ?? 0) + 1;
      this.#pass.set(key, count);
      if (count <= (this.#returned.get(key) ?? 0)) return false;
      this.#returned.set(key, count);
      return true;
    });
    return records.length === page.records.length ? page : { ...page, records };
  }
}

function keyOf(record: unknown): string {
  const fields = asRecord(record);
  const id = asString(fields["conversationId"]) ?? asString(fields["id"]);
  return id ?? createHash("sha1").update(JSON.stringify(record)).digest("base64");
}
