import type { RecordsTaker } from "./page-scanner.ts";

const CLOSE_BRACE = 0x7d;
const SPACES: ReadonlySet<number> = new Set(Buffer.from(" \t\r\n"));

/**
 * Inserts additional fields after the opening brace of each record.
 * @param prefix the fields as JSON, each followed by a comma
 */
export function withPrefix(
  prefix: string,
  ...[bytes, start, ends, count]: Parameters<RecordsTaker>
): Parameters<RecordsTaker> {
  const fields = Buffer.from(`{${prefix}`);
  const rests = Array.from({ length: count }, (_, index) => {
    const from = index === 0 ? start : (ends[index - 1] as number) + 1;
    return bytes.subarray(from + 1, ends[index]);
  });
  const size = rests.reduce((sum, rest) => sum + fields.length + rest.length + 1, 0);
  const joined = Buffer.alloc(size, " ");
  const joinedEnds = new Int32Array(count);
  let at = 0;
  for (const [index, rest] of rests.entries()) {
    // In an empty record, the last comma must be omitted.
    const isEmpty = rest.find((byte) => !SPACES.has(byte)) === CLOSE_BRACE;
    at += fields.copy(joined, at, 0, isEmpty ? fields.length - 1 : fields.length);
    joined.set(rest, at);
    at += rest.length;
    joinedEnds[index] = at;
    at += 1;
  }
  return [joined, 0, joinedEnds, count];
}
