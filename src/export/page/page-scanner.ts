import { asRecord, type JsonRecord } from "../../core/json.ts";
import { JSON_LIMITS, measureJson } from "../../core/json-limits.ts";
import { missingListProblem } from "./page-list.ts";
import { type Nesting, RECORDS_DEPTH, type RecordEndFinder } from "./record-ends.ts";

/** Thrown for a page that is truncated, is not JSON, or lacks its records. */
export class BrokenPage extends Error {}

/** Thrown for a page that exceeds a limit, so a retry cannot help. */
export class OversizedPage extends BrokenPage {}

/** All fields of a page except its records. */
export interface PageEnvelope {
  /** Fields of the page, without the one that contained the records. */
  readonly fields: JsonRecord;
  readonly records: number;
  /** Whether the page lacks the field for its records, which some services omit when the list is empty. */
  readonly lacksList?: boolean;
}

/**
 * Receives records that are separated by one byte in `bytes`. The first begins at `start`, and each ends before its
 * index in `ends`. The function may change the bytes. `ends` is valid only during the call.
 */
export type RecordsTaker = (bytes: Uint8Array, start: number, ends: Int32Array, count: number) => void;

export interface PageScanner {
  /** Scans the next bytes of the page; chunks may end anywhere. @throws BrokenPage */
  push(chunk: Uint8Array): void;
  /** Ends the page and returns its envelope. @throws BrokenPage when the page is incomplete */
  end(): PageEnvelope;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Change in nesting depth for each byte value. */
const DEEPENING = Int8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return "[{".includes(character) ? 1 : "]}".includes(character) ? -1 : 0;
});

/** Maximum number of records that one call finds. If a chunk contains more, later calls find the rest. */
const MOST_ENDS = 1024;
/** Maximum size of a record. The platform's records are less than a tenth of this size. */
const LARGEST_RECORD_BYTES = 64 * 1024 * 1024;
/**
 * Size in bytes below which a record cannot exceed the limits on keys and values. A key and its value take at
 * least five bytes.
 */
const COUNTABLE_RECORD_BYTES = 5 * JSON_LIMITS.keys;
/** Maximum number of bytes outside records, far more than any real page has. */
const LARGEST_ENVELOPE_BYTES = 4 * 1024 * 1024;

/**
 * Extracts the records of a JSON page as its bytes arrive, without parsing them. Each record is passed on
 * exactly as the server sent it, including numbers beyond 2^53, escapes and repeated keys. Bytes from 0x80 on
 * are never ASCII characters, and an unescaped quote always ends a string (RFC 8259 section 7, RFC 3629), so no
 * decoding is needed. The rest of the page, with `{}` in place of records, is parsed and checked.
 *
 * @param itemsKey the page's field that contains the records
 */
export function createPageScanner(
  itemsKey: string,
  onRecords: RecordsTaker,
  finder: RecordEndFinder,
): PageScanner {
  const key = Buffer.from(JSON.stringify(itemsKey));
  const envelope: number[] = [];
  /** Start of a record whose end has not arrived yet. */
  let carried: Uint8Array[] = [];
  let carriedBytes = 0;
  const nesting: Nesting = { depth: 0, isInString: false, isEscaped: false, deepest: 0 };
  const ends = new Int32Array(MOST_ENDS);
  /** Offset in the envelope of the last string at depth 1, and whether that string was the key of the records. */
  let stringStart = 0;
  let isItemsKey = false;
  let isInItems = false;
  let isInRecord = false;
  let records = 0;
  /** Number of calls to `onRecords`; the envelope contains one empty object for each. */
  let runs = 0;

  /**
   * Copies bytes to the envelope until a record begins. Returns the index of its brace, or the chunk's
   * length.
   */
  function readEnvelope(chunk: Uint8Array, from: number): number {
    for (let index = from; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (nesting.isInString) {
        envelope.push(byte);
        if (nesting.isEscaped) {
          nesting.isEscaped = false;
        } else if (byte === BACKSLASH) {
          nesting.isEscaped = true;
        } else if (byte === QUOTE) {
          nesting.isInString = false;
          isItemsKey = nesting.depth === 1 && key.equals(Buffer.from(envelope.slice(stringStart)));
        }
        continue;
      }
      if (isInItems && nesting.depth === RECORDS_DEPTH && byte === OPEN_BRACE) return index;
      if (byte === QUOTE) {
        nesting.isInString = true;
        stringStart = envelope.length;
      } else {
        if (nesting.depth === 1 && byte === OPEN_BRACKET && isItemsKey) isInItems = true;
        if (nesting.depth === RECORDS_DEPTH && DEEPENING[byte] === -1) isInItems = false;
        if (byte === COMMA) isItemsKey = false;
        nesting.depth += DEEPENING[byte] as number;
      }
      envelope.push(byte);
    }
    return chunk.length;
  }

  function takeWhole(...taken: Parameters<RecordsTaker>): void {
    const mayBeDeep = nesting.deepest > RECORDS_DEPTH + JSON_LIMITS.depth;
    refuseOversized(mayBeDeep ? 0 : COUNTABLE_RECORD_BYTES, ...taken);
    onRecords(...taken);
  }

  /** Passes on the records that end in a chunk; the first may have begun in earlier chunks. */
  function takeRecords(chunk: Uint8Array, start: number, count: number): void {
    if (carried.length > 0) {
      const whole = Buffer.concat([...carried, chunk.subarray(start, ends[0])]);
      carried = [];
      carriedBytes = 0;
      takeWhole(whole, 0, Int32Array.of(whole.length), 1);
      if (count > 1) takeWhole(chunk, (ends[0] as number) + 1, ends.subarray(1), count - 1);
    } else {
      takeWhole(chunk, start, ends, count);
    }
    if (!isInRecord) nesting.deepest = 0;
    records += count;
    runs += 1;
    envelope.push(OPEN_BRACE, CLOSE_BRACE);
    if (isInRecord) envelope.push(COMMA);
  }

  return {
    push: (chunk) => {
      if (envelope.length > LARGEST_ENVELOPE_BYTES) {
        throw new BrokenPage("the page has more than 4 MiB besides its records");
      }
      let index = 0;
      while (index < chunk.length) {
        if (!isInRecord) {
          index = readEnvelope(chunk, index);
          if (index === chunk.length) return;
        }
        const count = finder.find(chunk, index, nesting, ends);
        isInRecord = nesting.depth > RECORDS_DEPTH;
        if (nesting.depth > RECORDS_DEPTH + JSON_LIMITS.depth) {
          throw new OversizedPage(`a record has more than ${JSON_LIMITS.depth} levels of nesting`);
        }
        if (count > 0) {
          takeRecords(chunk, index, count);
          index = (ends[count - 1] as number) + Number(isInRecord);
        }
        if (!isInRecord) continue;
        carriedBytes += chunk.length - index;
        if (carriedBytes > LARGEST_RECORD_BYTES) {
          throw new OversizedPage(`a record is larger than ${LARGEST_RECORD_BYTES / (1024 * 1024)} MiB`);
        }
        carried.push(chunk.subarray(index));
        return;
      }
    },
    end: () => {
      if (isInRecord || nesting.isInString) throw new BrokenPage("the page ends in the middle of a record");
      const { [itemsKey]: found, ...fields } = parseEnvelope(envelope);
      const problem = found === undefined ? missingListProblem(fields, itemsKey) : null;
      if (problem !== null) throw new BrokenPage(problem);
      const items = found === undefined ? [] : found;
      // Only records were passed on. Any other value in the array would be lost silently.
      if (!Array.isArray(items) || items.length !== runs || !items.every(isRecord)) {
        throw new BrokenPage(`unexpected value in \`${itemsKey}\``);
      }
      return found === undefined ? { fields, records, lacksList: true } : { fields, records };
    },
  };
}

/**
 * Refuses a record that would exhaust memory when it is parsed later, for a table or for checking a page.
 * @param leastBytes minimum size of a record that can exceed a limit
 * @throws OversizedPage
 */
function refuseOversized(leastBytes: number, ...[bytes, start, ends, count]: Parameters<RecordsTaker>): void {
  if (bytes.length - start < leastBytes) return;
  let from = start;
  for (const end of ends.subarray(0, count)) {
    const { excess } = end - from < leastBytes ? { excess: null } : measureJson(bytes.subarray(from, end));
    if (excess !== null) throw new OversizedPage(`a record has ${excess}`);
    from = end + 1;
  }
}

function isRecord(item: unknown): boolean {
  return typeof item === "object" && item !== null && Object.keys(item).length === 0 && !Array.isArray(item);
}

function parseEnvelope(bytes: readonly number[]): JsonRecord {
  try {
    // Skips the byte order mark that some gateways add at the start although JSON does not allow it (RFC 8259 section
    // 8.1).
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes)),
    );
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return asRecord(value);
  } catch (cause) {
    throw new BrokenPage("the page is truncated or is not JSON", { cause });
  }
  throw new BrokenPage("the page is not a JSON object");
}
