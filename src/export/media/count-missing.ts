import { asRecord, asString, parseJson } from "../../core/json.ts";
import { readChunks } from "../files/read-chunks.ts";
import type { MissingMedia } from "./media-journal.ts";
import { isFinalCode } from "./outcome.ts";

const LINE_FEED = 0x0a;

/** Counts the recordings of a spool that have no file, by their code. @throws OutputError */
export async function countMissing(spoolPath: string): Promise<readonly MissingMedia[]> {
  const found = new Map<string, MissingMedia>();
  let rest = Buffer.alloc(0);
  for await (const piece of readChunks(spoolPath)) {
    const bytes = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      count(found, bytes.toString("utf8", start, end));
      start = end + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
  }
  return [...found.values()];
}

function count(found: Map<string, MissingMedia>, line: string): void {
  const record = asRecord(parseJson(line));
  const code = asString(record["downloadCode"]);
  if (code === null) return;
  const known = found.get(code) ?? {
    code,
    reason: asString(record["downloadReason"]) ?? code,
    recordings: 0,
    isFinal: isFinalCode(code),
  };
  found.set(code, { ...known, recordings: known.recordings + 1 });
}
