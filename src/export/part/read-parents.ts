import { appendAll } from "../../core/lists/append-all.ts";
import { PageReader } from "../page/page-reader.ts";
import type { RecordsTaker } from "../page/page-scanner.ts";
import { parseRecord, textsOf } from "../page/record-texts.ts";
import type { PartParents } from "../sources/source.ts";
import type { FetchOptions } from "./fetch-options.ts";

/**
 * Reads the objects whose listings make up the part, if the source has such objects. Does not store them.
 * @throws BrokenPage, and any error of the requests
 */
export async function readParents(options: FetchOptions): Promise<void> {
  const { parents } = options.source;
  if (parents !== null) await readAll(options, parents);
}

async function readAll(options: FetchOptions, parents: PartParents): Promise<void> {
  const { part } = options;
  const { source } = parents;
  const reader = new PageReader({ ...options, ...source });
  let page: string[] = [];
  const sink = {
    onRecords: (...records: Parameters<RecordsTaker>) => {
      appendAll(page, textsOf(...records));
    },
    ready: async () => {},
    rollBack: async () => {
      page = [];
    },
  };
  parents.clear();
  for (let cursor: string | null = null; ; ) {
    const at = cursor;
    const read = await reader.read((pageSize) => source.requestPage(part, null, at, pageSize), sink);
    // When a listing changes while it is read, entries move to other pages. An object that is repeated suggests that
    // another one was missed.
    const repeated = page.filter((text) => !parents.add(part, parseRecord(text)));
    const bringsNothing = page.length > 0 && repeated.length === page.length;
    page = [];
    const next = source.nextCursor(part, cursor, {
      ...read,
      wasRepeating: repeated.length > 0,
      bringsNothing,
    });
    if (next === null) return;
    cursor = next;
  }
}
