import { asRecord, type JsonRecord } from "../../core/json.ts";
import { JSON_LIMITS, measureJson } from "../../core/json-limits.ts";
import { type Nesting, RECORDS_DEPTH, type RecordEndFinder } from "./record-ends.ts";

/** A page that is not what it should be: cut off, or no JSON, or without its records. */
export class BrokenPage extends Error {}

/** A page that exceeds a limit: reading it again changes nothing. */
export class OversizedPage extends BrokenPage {}

/** Everything of a page but its records. */
export interface Envelope {
  /** The page's fields besides the one that held the records. */
  readonly fields: JsonRecord;
  readonly records: number;
}

/**
 * Takes records that lie in `bytes` with one byte between them: the first from `start`, each up to its index in `ends`.
 * The bytes are the taker's own to change; `ends` is good until it returns.
 */
export type RecordsTaker = (bytes: Uint8Array, start: number, ends: Int32Array, count: number) => void;

export interface PageScanner {
  /** Takes the next bytes of the page, wherever they were cut. @throws BrokenPage */
  push(chunk: Uint8Array): void;
  /** Ends the page. @throws BrokenPage when it is not whole */
  end(): Envelope;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What a byte does to the depth of nesting. */
const DEEPENING = Int8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return "[{".includes(character) ? 1 : "]}".includes(character) ? -1 : 0;
});

/** Record ends that are looked for at once: more than a chunk has of them. */
const MOST_ENDS = 1024;
/** No record of the platform has a tenth of it. */
const LARGEST_RECORD_BYTES = 64 * 1024 * 1024;
/** A key takes at least five bytes with its value, so a shorter record has neither too many keys nor too many values. */
const COUNTABLE_RECORD_BYTES = 5 * JSON_LIMITS.keys;
/** No page has that much beside its records; what has is held for something else. */
const LARGEST_ENVELOPE_BYTES = 4 * 1024 * 1024;

/**
 * Cuts the records out of a page of JSON as its bytes arrive, without parsing them: each is handed on exactly as
 * the server sent it, with numbers beyond 2^53, escapes and repeated keys as they were. Bytes from 0x80 on never
 * look like ASCII, and a quote that is not escaped always ends a string (RFC 8259 section 7, RFC 3629), so bytes
 * tell what characters would. What is left of the page, with `{}` in place of records, is parsed and so checked.
 *
 * @param itemsKey the page's field that holds the records
 */
export function createPageScanner(
  itemsKey: string,
  onRecords: RecordsTaker,
  finder: RecordEndFinder,
): PageScanner {
  const key = Buffer.from(JSON.stringify(itemsKey));
  const envelope: number[] = [];
  /** The beginning of a record whose end has not come yet. */
  let carried: Uint8Array[] = [];
  let carriedBytes = 0;
  const nesting: Nesting = { depth: 0, isInString: false, isEscaped: false };
  const ends = new Int32Array(MOST_ENDS);
  /** Where in the envelope the last string at depth 1 began; whether it was the key of the records. */
  let stringStart = 0;
  let isItemsKey = false;
  let isInItems = false;
  let isInRecord = false;
  let records = 0;
  /** How often records were taken at once: all of them stand as one empty object in the envelope. */
  let runs = 0;

  /** Takes bytes of the envelope up to where a record begins; index of its brace, or the length. */
  function readEnvelope(chunk: Uint8Array, from: number): number {
    for (let index = from; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (nesting.isInString) {
        envelope.push(byte);
        if (nesting.isEscaped) nesting.isEscaped = false;
        else if (byte === BACKSLASH) nesting.isEscaped = true;
        else if (byte === QUOTE) {
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
    refuseOversized(...taken);
    onRecords(...taken);
  }

  /** Takes the records that end in a chunk, of which the first may have begun in earlier ones. */
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
    records += count;
    runs += 1;
    envelope.push(OPEN_BRACE, CLOSE_BRACE);
    if (isInRecord) envelope.push(COMMA);
  }

  return {
    push: (chunk) => {
      if (envelope.length > LARGEST_ENVELOPE_BYTES) throw new BrokenPage("the page has no end");
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
      const items = found ?? [];
      // Whatever is in there and was not handed on would be lost without a word.
      if (!Array.isArray(items) || items.length !== runs || !items.every(isRecord)) {
        throw new BrokenPage(`\`${itemsKey}\` holds what is no record`);
      }
      return { fields, records };
    },
  };
}

/**
 * Refuses a record that would fill the memory when it is parsed, for a table or for the check of a page.
 * @throws OversizedPage
 */
function refuseOversized(bytes: Uint8Array, start: number, ends: Int32Array, count: number): void {
  if (bytes.length - start < COUNTABLE_RECORD_BYTES) return;
  let from = start;
  for (const end of ends.subarray(0, count)) {
    const { excess } =
      end - from < COUNTABLE_RECORD_BYTES ? { excess: null } : measureJson(bytes.subarray(from, end));
    if (excess !== null) throw new OversizedPage(`a record has ${excess}`);
    from = end + 1;
  }
}

function isRecord(item: unknown): boolean {
  return typeof item === "object" && item !== null && Object.keys(item).length === 0 && !Array.isArray(item);
}

function parseEnvelope(bytes: readonly number[]): JsonRecord {
  // Some gateways put a byte order mark in front of UTF-8; JSON has none (RFC 8259 section 8.1).
  const text = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return asRecord(value);
  } catch (cause) {
    throw new BrokenPage("the page is cut off, or no JSON", { cause });
  }
  throw new BrokenPage("the page is no JSON object");
}
