import { createHash } from "node:crypto";

/**
 * Content of one keychain entry: the secret itself or, when it is too long for the smallest keychain, the
 * number of its parts, the slot that names them, and their common digest.
 */
export type SecretEnvelope =
  | { readonly kind: "whole"; readonly secret: string }
  | { readonly kind: "parts"; readonly slot: Slot; readonly count: number; readonly digest: string };

/**
 * One of two names for the parts of a secret. New parts are written next to those in use, so that the old secret
 * stays complete until the new one is.
 */
export type Slot = "a" | "b";

/**
 * Largest part. Windows allows 2,560 bytes per entry; the same limit applies everywhere, so that a secret
 * fits on every platform or on none.
 */
export const MAX_PART_BYTES = 2_400;
/**
 * Maximum number of parts, far more than any token needs. The limit allows all parts to be erased without
 * knowing their number.
 */
export const MAX_PARTS = 16;

const MARK = "genscope:";
const PARTS = /^genscope:parts:([ab]):(\d{1,2}):([\w-]{43})$/;
const QUOTED = `${MARK}text:`;

/**
 * Encodes a secret as text that every keychain returns unchanged. It is nearly always the secret itself. A secret
 * that a keychain refuses (empty), truncates (at NUL) or changes (a lone surrogate) is quoted as JSON. So is one that
 * begins with genscope's own mark.
 */
export function quoteSecret(secret: string): string {
  return secret === "" || /[\0\p{Surrogate}]/u.test(secret) || secret.startsWith(MARK)
    ? `${QUOTED}${JSON.stringify(secret)}`
    : secret;
}

/** Returns the secret that `quoteSecret` quoted; null when the text is damaged. */
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

/** Returns the envelope in the text of an entry; null when it is damaged. */
export function readEnvelope(text: string): SecretEnvelope | null {
  const [, slot, count, digest = ""] = PARTS.exec(text) ?? [];
  if (slot === "a" || slot === "b") return { kind: "parts", slot, count: Number(count), digest };
  const secret = unquoteSecret(text);
  return secret === null ? null : { kind: "whole", secret };
}

/** Returns the header of a secret that was split into parts. */
export function writeHeader(slot: Slot, parts: readonly string[]): string {
  return `${MARK}parts:${slot}:${parts.length}:${digestOf(parts)}`;
}

/** Returns the SHA-256 of all parts together, in base64url. */
export function digestOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join(""), "utf8").digest("base64url");
}

/** Splits text between characters, so that each part of at most `maxBytes` is valid UTF-8. */
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
