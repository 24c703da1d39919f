import { asRecord, type JsonRecord } from "../../core/json.ts";
import { ExactNumber } from "./exact-number.ts";

/** The shortest integer that JSON.parse may round. */
const LONG_DIGITS = 16;
const BEFORE_AN_INTEGER: ReadonlySet<string> = new Set([..." \t-:,["]);
/** A string, with the colon that makes it a name; or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * The record of one line of NDJSON. JSON.parse rounds integers beyond 2^53, so that a text which may have some
 * goes a slower way, on which they become an ExactNumber. (Fewer than 16 digits come back as they were.)
 * @throws SyntaxError when the text is no JSON
 */
export function parseRecord(text: string): JsonRecord {
  return asRecord(hasLongInteger(text) ? parseExactly(text) : JSON.parse(text));
}

/**
 * Whether digits enough for an integer beyond 2^53 stand where an integer may. Every 16th character is looked at,
 * and the digits around it, which takes a tenth of the time of a regular expression.
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
 * Every string is marked as one and every number that would be rounded becomes a string marked as a number, so
 * that neither can be taken for the other afterwards.
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

/** A value that `parseRecord` read as JSON text, its numbers exact. */
export function textOf(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${textOf(item)}`);
  return `{${fields.join(",")}}`;
}
