import { asRecord, asString } from "../../core/json.ts";
import type { Page } from "./page.ts";

/**
 * The same pages without records that came before: rows move between pages when a listing is edited meanwhile, totals of
 * queries move while data arrives, and parts of a day share conversations. Records without the key all stay.
 * @param key the field that tells records apart
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
