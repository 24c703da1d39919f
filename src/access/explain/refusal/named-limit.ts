import type { NamedLimit } from "../../verdict/refusal-facts.ts";

/** Returns the limit that an answer names in `limit`; null without one. */
export function readLimit(text: string): NamedLimit | null {
  const [, key, rest = ""] =
    /"limit"\s{0,3}:\s{0,3}\{\s{0,3}"key"\s{0,3}:\s{0,3}"([\w.]{3,80})"([^}]{0,200})/.exec(text) ?? [];
  if (key === undefined) return null;
  const [, value] = /"value"\s{0,3}:\s{0,3}(\d{1,9})/.exec(rest) ?? [];
  return { key, value: value === undefined ? null : Number(value) };
}
