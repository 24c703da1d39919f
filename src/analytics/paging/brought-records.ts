import { createHash } from "node:crypto";
import { asRecord, asString } from "../../core/json.ts";
import type { Page } from "./page.ts";

/**
 * What one job brought before it was lost, so that the next job for the same query brings only the rest. Records without
 * an id of their own are told apart by all they contain, and rightly come as often as in one job.
 */
export class BroughtRecords {
  readonly #brought = new Map<string, number>();
  #pass = new Map<string, number>();

  /** Begins with the first page again. */
  startPass(): void {
    this.#pass = new Map();
  }

  /** The page without the records that an earlier pass brought. */
  takeNew(page: Page): Page {
    const records = page.records.filter((record) => {
      const key = keyOf(record);
      const count = (this.#pass.get(key) ?? 0) + 1;
      this.#pass.set(key, count);
      if (count <= (this.#brought.get(key) ?? 0)) return false;
      this.#brought.set(key, count);
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
