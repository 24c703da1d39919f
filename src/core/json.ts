/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Returns the value if it is an object, and otherwise an empty object. Code that reads the service's responses
 * can therefore treat a missing object like one without fields.
 */
export function asRecord(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** Returns the value if it is an array, and otherwise an empty array. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value if it is a non-empty string, and otherwise null. */
export function asString(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Returns the value if it is a finite number, and otherwise null. */
export function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Returns the value if it is a boolean, and otherwise null. */
export function asBoolean(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** Returns the strings in an array; other elements are skipped. */
export function asStrings(value: unknown): readonly string[] {
  return asArray(value).filter((item): item is string => typeof item === "string");
}

/** Shortest input whose nesting is checked. Shorter input parses fast, however deeply it is nested. */
const SHORTEST_DEEP = 100_000;
/** Maximum nesting depth. No document from a person, the platform or a browser is nested this deeply. */
const DEEPEST = 2_000;

/**
 * Parses JSON. Returns undefined for invalid JSON and for JSON that is nested so deeply that parsing would take
 * minutes.
 */
export function parseJson(text: string): unknown {
  if (text.length > SHORTEST_DEEP && nestsTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the text is nested more deeply than any real document. */
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
