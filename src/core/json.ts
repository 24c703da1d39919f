/** Anything JSON.parse can return. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one: readers of the service's answers tolerate absent fields. */
export function asRecord(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** The value as an array, or an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a non-empty string, or null. */
export function asString(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The value as a finite number, or null. */
export function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The value as a boolean, or null. */
export function asBoolean(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** The strings of an array; everything else in it is left out. */
export function asStrings(value: unknown): readonly string[] {
  return asArray(value).filter((item): item is string => typeof item === "string");
}

/** Texts shorter than this take no noticeable time, however deep they nest. */
const SHORTEST_DEEP = 100_000;
/** No document that a person, the platform or a browser writes nests deeper. */
const DEEPEST = 2_000;

/** The value of `text`, or undefined when it is not JSON, or nests so deeply that reading it would take minutes. */
export function parseJson(text: string): unknown {
  if (text.length > SHORTEST_DEEP && nestsTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether more brackets are open at one place than any real document has. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isInString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) isInString = false;
    } else if (character === 0x22) isInString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}
