import type { RecordsTaker } from "../../../src/export/page/page-scanner.ts";

/** Adapts a function that takes record texts to one that takes record bytes. */
export function takeTexts(take: (record: string) => void): RecordsTaker {
  return (bytes, start, ends, count) => {
    let from = start;
    for (const end of ends.subarray(0, count)) {
      take(Buffer.from(bytes.subarray(from, end)).toString("utf8"));
      from = end + 1;
    }
  };
}
