import { parseJson } from "../../core/json.ts";
import { BrokenPage } from "./page-scanner.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

/**
 * Overwrites the named fields of a record with spaces, at any depth and however their names are escaped. All other
 * bytes of the record keep their values and positions.
 * @throws BrokenPage for a record that is not JSON, because its fields cannot be found
 */
export function withholdFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  names: readonly string[],
): void {
  for (let index = start; index < end; index += 1) {
    if (bytes[index] !== QUOTE) continue;
    const keyStart = index;
    index = endOfString(bytes, index, end);
    const colon = skipSpaces(bytes, index + 1, end);
    // Only a key is followed by a colon.
    if (bytes[colon] !== COLON || !names.includes(textOf(bytes, keyStart, index + 1))) continue;
    index = blank(bytes, start, keyStart, endOfValue(bytes, skipSpaces(bytes, colon + 1, end), end));
  }
  if (typeof parseJson(Buffer.from(bytes.subarray(start, end)).toString()) !== "object") {
    throw new BrokenPage("a record is not JSON, so its secret fields cannot be removed");
  }
}

/**
 * Overwrites a field and the comma that separates it from its neighbor. Returns the index of the last overwritten byte.
 */
function blank(bytes: Uint8Array, start: number, from: number, to: number): number {
  const next = skipSpaces(bytes, to, bytes.length);
  if (bytes[next] === COMMA) {
    bytes.fill(SPACE, from, next + 1);
    return next;
  }
  let previous = from - 1;
  while (previous > start && isSpace(bytes[previous] as number)) previous -= 1;
  bytes.fill(SPACE, bytes[previous] === COMMA ? previous : from, to);
  return to - 1;
}

/** Returns the index after a value. */
function endOfValue(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  for (let index = from; index < end; index += 1) {
    const byte = bytes[index] as number;
    // In ASCII, `[` and `{` differ only in this bit, as do `]` and `}`.
    const bracket = byte | 0x20;
    if (depth === 0 && (byte === COMMA || bracket === CLOSE_BRACE)) return index;
    if (byte === QUOTE) index = endOfString(bytes, index, end);
    else if (bracket === OPEN_BRACE) depth += 1;
    else if (bracket === CLOSE_BRACE) depth -= 1;
  }
  return end;
}

/** Returns the index of the quote that closes the string whose opening quote is at `from`. */
function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let index = from + 1;
  while (index < end && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1;
  return index;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String(parseJson(Buffer.from(bytes.subarray(from, to)).toString()));
}

function skipSpaces(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end && isSpace(bytes[index] as number)) index += 1;
  return index;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= 0x09 && byte <= 0x0d);
}
