import { asRecord } from "../../core/json.ts";
import { PageReader } from "../page/page-reader.ts";
import { BrokenPage, type RecordsTaker } from "../page/page-scanner.ts";
import type { PartParents } from "../sources/source.ts";
import type { FetchOptions } from "./fetch-options.ts";

/**
 * Reads the objects whose listings make up the part, for sources that have such objects. They are not stored.
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
      page.push(...textsOf(...records));
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
    // Listings shift while they are read. A repeated object suggests that another one is missing.
    const repeated = page.filter((text) => !parents.add(part, asRecord(parse(text))));
    page = [];
    const next = source.nextCursor(part, cursor, { ...read, wasRepeating: repeated.length > 0 });
    if (next === null) return;
    cursor = next;
  }
}

function textsOf(...[bytes, start, ends, count]: Parameters<RecordsTaker>): readonly string[] {
  const texts: string[] = [];
  let from = start;
  for (const end of ends.subarray(0, count)) {
    texts.push(Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString("utf8"));
    from = end + 1;
  }
  return texts;
}

/** @throws BrokenPage for text that is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BrokenPage("a record is not JSON", { cause });
  }
}
