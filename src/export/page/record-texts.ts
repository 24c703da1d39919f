import { asRecord, type JsonRecord } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { BrokenPage, createPageScanner, type PageEnvelope, type RecordsTaker } from "./page-scanner.ts";
import { RecordEndFinder } from "./record-ends.ts";

/** Returns the text of each record. @throws BrokenPage for invalid UTF-8, because it may be part of an id */
export function textsOf(...[bytes, start, ends, count]: Parameters<RecordsTaker>): readonly string[] {
  const texts: string[] = [];
  let from = start;
  for (const end of ends.subarray(0, count)) {
    texts.push(decode(bytes.subarray(from, end)));
    from = end + 1;
  }
  return texts;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BrokenPage("a record is not UTF-8", { cause });
  }
}

/** Parses a record. @throws BrokenPage for text that is not JSON */
export function parseRecord(text: string): JsonRecord {
  try {
    return asRecord(JSON.parse(text));
  } catch (cause) {
    throw new BrokenPage("a record is not JSON", { cause });
  }
}

/** Reads a whole page into memory, with the same checks and limits as any other page. @throws BrokenPage */
export async function readWholePage(
  body: AsyncIterable<Uint8Array>,
  itemsKey: string,
): Promise<Pick<PageEnvelope, "fields"> & { readonly records: readonly JsonRecord[] }> {
  const records: JsonRecord[] = [];
  const take: RecordsTaker = (...taken) => {
    appendAll(records, textsOf(...taken).map(parseRecord));
  };
  const scanner = createPageScanner(itemsKey, take, new RecordEndFinder());
  for await (const chunk of body) scanner.push(chunk);
  return { fields: scanner.end().fields, records };
}
