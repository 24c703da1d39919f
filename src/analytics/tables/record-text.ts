import { asRecord, type JsonRecord } from "../../core/json.ts";
import { ExactNumber } from "./exact-number.ts";

/** Number of digits of the shortest integer that JSON.parse can round. */
const LONG_DIGITS = 16;
const BEFORE_AN_INTEGER: ReadonlySet<string> = new Set([..." \t-:,["]);
/**
 * Matches a number, or a string with the colon that follows it if it is a name. An unterminated string takes the rest
 * of the text, because searching for its end from every quote would be quadratic.
 */
const TOKEN = /"(?:[^"\\]|\\.)*(?:"(\s*:)?|\\?$)|-?\d[\d.eE+-]*/gs;

/**
 * Parses one line of NDJSON. JSON.parse rounds integers beyond 2^53, so text that may contain one takes a
 * slower path that creates an ExactNumber. Numbers with fewer than 16 digits are exact either way.
 * @throws SyntaxError for text that is not JSON
 */
export function parseRecord(text: string): JsonRecord {
  return asRecord(hasLongInteger(text) ? parseExactly(text) : JSON.parse(text));
}

/**
 * Returns whether the text contains a run of digits long enough for an integer beyond 2^53. Testing every 16th
 * character and the digits around it takes a tenth of the time that a regular expression needs.
 */
function hasLongInteger(text: string): boolean {
  for (let at = LONG_DIGITS - 1; at < text.length; at += LONG_DIGITS) {
    let start = at;
    while (at - start < LONG_DIGITS && isDigit(text.charCodeAt(start))) start -= 1;
    if (at - start < LONG_DIGITS) at = start;
    else if (BEFORE_AN_INTEGER.has(text.charAt(start))) return true;
    else while (isDigit(text.charCodeAt(at))) at += 1;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * Puts an `s` before the text of every string, and replaces every number that JSON.parse would round with a string that
 * begins with `n`, so that the two remain distinguishable.
 */
function parseExactly(text: string): unknown {
  const marked = text.replace(TOKEN, (token: string, colon: string | undefined) => {
    if (token.startsWith('"')) return colon === undefined ? `"s${token.slice(1)}` : token;
    return isExact(Number(token)) ? token : `"n${token}"`;
  });
  return JSON.parse(marked, (_name, value: unknown) => {
    if (typeof value !== "string") return value;
    return value.startsWith("n") ? new ExactNumber(value.slice(1)) : value.slice(1);
  });
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** Formats a value from `parseRecord` as JSON text with exact numbers. */
export function textOf(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${textOf(item)}`);
  return `{${fields.join(",")}}`;
}
