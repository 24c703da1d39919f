import { asRecord, type JsonRecord } from "../../core/json.ts";
import { ExactNumber } from "./exact-number.ts";

/** A number with so many digits, or an exponent, that JSON.parse may have to round it to another integer. */
const LONG_NUMBER = /[:,[]\s*-?(?:\d{16}|\d[\d.]*[eE]\+?\d)[\d.eE+-]*\s*[,\]}]/;
/** A string, with the colon that makes it a name; or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * The record of one line of NDJSON. JSON.parse rounds integers beyond 2^53, so that a text which may have some
 * goes a slower way, on which they become an ExactNumber.
 * @throws SyntaxError when the text is no JSON
 */
export function parseRecord(text: string): JsonRecord {
  return asRecord(LONG_NUMBER.test(text) ? parseExactly(text) : JSON.parse(text));
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
