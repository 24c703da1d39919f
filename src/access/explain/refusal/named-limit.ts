import type { NamedLimit } from "../../verdict/refusal-facts.ts";

/** `limit="token.rate.per.minute" value=300`, as programs log it. */
const LOGGED = /\blimit["']?\s{0,3}[=:]\s{0,3}["']?(\w{2,40}(?:\.\w{2,40}){2,8})["']?([^\n]{0,60})/;

/** Returns the limit that an answer names in `limit`; null without one. */
export function readLimit(text: string): NamedLimit | null {
  return readObject(text) ?? readLogged(text);
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
