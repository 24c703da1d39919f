import { asRecord, asString } from "../../core/json.ts";
import type { Page } from "./page.ts";

/**
 * Yields the pages without repeated records. Rows move between pages when a listing is edited during the read, totals
 * of queries change while data arrives, and parts of a day share conversations. All records without the key are kept.
 * @param key the field that identifies a record
 */
export async function* withoutRepeats(
  pages: AsyncIterable<Page>,
  key: string,
): AsyncGenerator<Page, void, void> {
  const seen = new Set<string>();
  for await (const page of pages) {
    const records = page.records.filter((record) => {
      const id = asString(asRecord(record)[key]);
      const { size } = seen;
      return id === null || seen.add(id).size > size;
    });
    yield { ...page, records };
  }
}
