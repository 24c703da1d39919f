import { createHash } from "node:crypto";

/**
 * What one entry of a keychain holds: the secret itself, or, when it is too long for the smallest keychain,
 * how many parts it was cut into, under which of two names they lie, and the digest of them together.
 */
export type Envelope =
  | { readonly kind: "whole"; readonly secret: string }
  | { readonly kind: "parts"; readonly slot: Slot; readonly count: number; readonly digest: string };

/** Parts are written beside those in use, so that the old secret stays whole until the new one is. */
export type Slot = "a" | "b";

/** Windows keeps 2,560 bytes an entry; the same cap everywhere, so that what works here works there. */
export const MAX_PART_BYTES = 2_400;
/** Far above any token; a bound makes it possible to sweep away all parts without knowing how many there are. */
export const MAX_PARTS = 16;

const MARK = "genscope:";
const PARTS = /^genscope:parts:([ab]):(\d{1,2}):([\w-]{43})$/;
const QUOTED = `${MARK}text:`;

/**
 * The secret as text that every keychain returns unchanged. Nearly always that is the secret itself; what a
 * keychain refuses (nothing), cuts (at NUL) or replaces (half a surrogate pair), and what looks like one of
 * our own marks, is quoted as JSON.
 */
export function quoteSecret(secret: string): string {
  return secret === "" || /[\0\p{Surrogate}]/u.test(secret) || secret.startsWith(MARK)
    ? `${QUOTED}${JSON.stringify(secret)}`
    : secret;
}

/** The secret that `quoteSecret` made the text of; null when the text is damaged. */
export function unquoteSecret(text: string): string | null {
  if (!text.startsWith(MARK)) return text;
  if (!text.startsWith(QUOTED)) return null;
  try {
    const secret: unknown = JSON.parse(text.slice(QUOTED.length));
    return typeof secret === "string" ? secret : null;
  } catch {
    return null;
  }
}

/** The entry's text as an envelope; null when it is damaged. */
export function readEnvelope(text: string): Envelope | null {
  const [, slot, count, digest = ""] = PARTS.exec(text) ?? [];
  if (slot === "a" || slot === "b") return { kind: "parts", slot, count: Number(count), digest };
  const secret = unquoteSecret(text);
  return secret === null ? null : { kind: "whole", secret };
}

/** The header of a secret that was cut into parts. */
export function writeHeader(slot: Slot, parts: readonly string[]): string {
  return `${MARK}parts:${slot}:${parts.length}:${digestOf(parts)}`;
}

/** SHA-256 of the parts together, in base64url. */
export function digestOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join(""), "utf8").digest("base64url");
}

/** Cuts between characters, never inside one: each part of at most `maxBytes` is valid UTF-8 by itself. */
export function cut(text: string, maxBytes = MAX_PART_BYTES): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character, "utf8");
    if (bytes + size > maxBytes) {
      parts.push(text.slice(start, end));
      start = end;
      bytes = 0;
    }
    bytes += size;
    end += character.length;
  }
  return [...parts, text.slice(start)];
}
