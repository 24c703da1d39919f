import { expect, test } from "vitest";
import { Brackets } from "../../../src/catalogue/scan/text/brackets.ts";
import { wordBefore } from "../../../src/catalogue/scan/text/word-before.ts";

const REACH = 4000;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Yields texts of random signs. Some are longer than the distance within which the scan searches for a bracket. */
function* textsOf(signs: string, count: number): Generator<string> {
  let seed = 7;
  const next = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * limit);
  };
  for (let made = 0; made < count; made += 1) {
    const pieces = Array.from({ length: 1 + next(24) }, () => signs[next(signs.length)] ?? "");
    const isLong = made % 10 === 0;
    yield isLong
      ? pieces.map((sign) => sign + "a".repeat(next(2) * (REACH / 2 - 2 + next(5)))).join("")
      : pieces.join("");
  }
}

/** Searches for the enclosing bracket of a position in a way that is slower but obviously correct. */
function searchEnclosure(code: string, offset: number): unknown {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - REACH); at -= 1) {
    const sign = code[at] ?? "";
    if (")]}".includes(sign)) depth += 1;
    if (sign === ";" && depth === 0) return null;
    if (!"([{".includes(sign)) continue;
    if (depth === 0) {
      const end = searchCloser(code, at);
      return code[end] === CLOSERS[sign] ? { open: sign, start: at, end } : null;
    }
    depth -= 1;
  }
  return null;
}

function searchCloser(code: string, start: number): number {
  const open = code[start] ?? "";
  const limit = Math.min(code.length, start + REACH);
  let depth = 0;
  for (let at = start; at < limit; at += 1) {
    if (code[at] === open) depth += 1;
    if (code[at] === CLOSERS[open]) depth -= 1;
    if (depth === 0) return at;
  }
  return limit;
}

function searchBlock(code: string, offset: number): number | null {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    if (code[at] === "}") depth += 1;
    if (code[at] === "{" && depth === 0) return at;
    if (code[at] === "{") depth -= 1;
  }
  return null;
}

test("pairs the brackets of 2,000 random strings exactly as a search from each position does", () => {
  for (const text of textsOf("(()[]{{}};;ab\n", 2_000)) {
    const brackets = new Brackets(text);
    const places = Array.from(text.matchAll(/[^a]|a$/g), ({ index }) => index);
    for (const at of [...places, text.length]) {
      expect(brackets.enclosureOf(at), `${text} at ${at}`).toEqual(searchEnclosure(text, at));
      expect(brackets.blockAt(at), `${text} at ${at}`).toBe(searchBlock(text, at));
      const isOpening = text[at] !== undefined && "([{".includes(text[at]);
      if (isOpening) expect(brackets.closerOf(at), `${text} at ${at}`).toBe(searchCloser(text, at));
    }
  }
});

test("finds the word before a position in 20,000 random strings exactly as a regular expression does", () => {
  const pattern = /(?:\$?\{\{?[^{}\n]*\}\}?|<[^<>\n]*>|[^\s"'`(=|,<>{}])*$/;
  for (const text of textsOf(`{}{}{}$#<>\n"a/ b=(,`, 20_000)) {
    if (text.length < 100) expect(wordBefore(text), text).toBe(pattern.exec(text)?.[0]);
  }
});
