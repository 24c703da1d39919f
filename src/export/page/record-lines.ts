const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/**
 * Turns records that are separated by one byte into lines, in place. The byte after each record except the last becomes
 * a line feed. A line break within a record becomes a space, which is safe because JSON strings contain no line breaks
 * (RFC 8259 section 7).
 * @param ends index after each record
 */
export function breakLines(bytes: Uint8Array, start: number, ends: Int32Array, count: number): void {
  const records = bytes.subarray(start, ends[count - 1]);
  if (records.includes(LINE_FEED) || records.includes(CARRIAGE_RETURN)) {
    for (let index = 0; index < records.length; index += 1) {
      if (records[index] === LINE_FEED || records[index] === CARRIAGE_RETURN) records[index] = SPACE;
    }
  }
  for (let index = 0; index < count - 1; index += 1) bytes[ends[index] as number] = LINE_FEED;
}

/**
 * Passes on the records that are kept, several adjacent ones in one call.
 * @param ends index after each record; one byte separates two records
 */
export function takeKept(
  start: number,
  ends: Int32Array,
  count: number,
  isKept: (from: number, to: number) => boolean,
  take: (from: number, to: number) => void,
): void {
  let runStart = start;
  let from = start;
  for (let index = 0; index < count; index += 1) {
    const end = ends[index] as number;
    if (!isKept(from, end)) {
      if (runStart < from) take(runStart, from - 1);
      runStart = end + 1;
    }
    from = end + 1;
  }
  if (runStart < from) take(runStart, from - 1);
}
