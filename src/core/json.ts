/** Any value that JSON.parse can return. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Returns the value as an object, or an empty one, because code that reads the service's responses tolerates
 * absent fields.
 */
export function asRecord(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** Returns the value as an array, or an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value as a non-empty string, or null. */
export function asString(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Returns the value as a finite number, or null. */
export function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Returns the value as a boolean, or null. */
export function asBoolean(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** Returns the strings of an array and skips other elements. */
export function asStrings(value: unknown): readonly string[] {
  return asArray(value).filter((item): item is string => typeof item === "string");
}

/** Shorter input parses in no noticeable time, however deeply it nests. */
const SHORTEST_DEEP = 100_000;
/** Nesting depth that no document from a person, the platform or a browser exceeds. */
const DEEPEST = 2_000;

/** Parses `text`; undefined when it is not JSON, or nests so deeply that parsing would take minutes. */
export function parseJson(text: string): unknown {
  if (text.length > SHORTEST_DEEP && nestsTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the nesting is deeper than in any real document. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isInString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) isInString = false;
    } else if (character === 0x22) {
      isInString = true;
    } else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === 0x7d || character === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}
