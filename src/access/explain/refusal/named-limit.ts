import type { NamedLimit } from "../../verdict/refusal-facts.ts";
import { findAllReported } from "../assertion/asserted.ts";

/** Matches `limit="token.rate.per.minute" value=300`, as programs log it. */
const LOGGED = /\blimit["']?\s{0,3}[=:]\s{0,3}["']?(\w{2,40}(?:\.\w{2,40}){2,8})["']?([^\n]{0,60})/;

/** Matches `ui.token.rate.per.minute`, optionally followed by `= 300`, as people write it. */
const IN_PROSE =
  /(?<![\w.])((?:[a-z]{2,20}\.){1,5}(?:rate\.per\.[a-z]{3,10}|(?:concurrent\.)?(?:executions?|volume)\.max))\b["'`)]{0,2}(?:\s{0,3}(?:=|:|is|of)\s{0,3}(\d{1,9})\b)?/g;
/** Maximum number of characters to search. Limits are named near the beginning of the text. */
const LONGEST_PROSE = 40_000;

/** Returns the rate limit that the text names, with its value if given; null if it names none. */
export function readLimit(text: string): NamedLimit | null {
  return readObject(text) ?? readLogged(text) ?? readProse(text);
}

function readProse(text: string): NamedLimit | null {
  const limits = new Map(
    findAllReported(IN_PROSE, text.slice(0, LONGEST_PROSE)).map(([, key = "", value]) => [key, value]),
  );
  const [only, ...others] = limits;
  // Text that names several limits does not show which one was hit.
  if (only === undefined || others.length > 0) return null;
  const [key, value] = only;
  return { key, value: value === undefined ? null : Number(value) };
}

function readLogged(text: string): NamedLimit | null {
  const [, key, rest = ""] = LOGGED.exec(text) ?? [];
  if (key === undefined) return null;
  const [, value] = /\b(?:value|max)["']?\s{0,3}[=:]\s{0,3}["']?(\d{1,9})\b/.exec(rest) ?? [];
  return { key, value: value === undefined ? null : Number(value) };
}

function readObject(text: string): NamedLimit | null {
  const [, key, rest = ""] =
    /"limit"\s{0,3}:\s{0,3}\{\s{0,3}"key"\s{0,3}:\s{0,3}"([\w.]{3,80})"([^}]{0,200})/.exec(text) ?? [];
  if (key === undefined) return null;
  const [, value] = /"value"\s{0,3}:\s{0,3}(\d{1,9})/.exec(rest) ?? [];
  return { key, value: value === undefined ? null : Number(value) };
}
