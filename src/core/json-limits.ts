import { grouped } from "./text.ts";

/** Limits on JSON in a response or file. */
export const JSON_LIMITS = {
  /** Levels of nesting. The deepest response from the platform has fewer than 20. */
  depth: 256,
  /** Number of values. The definition of the whole API has fewer than a million. */
  values: 4_000_000,
  /** Number of keys in one object. */
  keys: 100_000,
} as const;

/** The properties of a string that may be JSON, measured before it is parsed. */
export interface JsonShape {
  /** Whether every string and bracket is closed. False for an empty string. */
  readonly isClosed: boolean;
  /** The limit that is exceeded, worded to follow "it has"; null when no limit is exceeded. */
  readonly excess: string | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

/**
 * Measures JSON without parsing it, because input beyond the limits makes a parser fail or run out of memory.
 * Counts bytes rather than characters, which is enough because no byte from 0x80 on is part of an ASCII
 * character in UTF-8.
 */
export function measureJson(bytes: Uint8Array): JsonShape {
  /** Number of keys in each open object. */
  const keys = new Int32Array(JSON_LIMITS.depth + 1);
  let depth = 0;
  let values = 0;
  let isInString = false;
  let isEmpty = true;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (isInString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isInString = false;
      continue;
    }
    if (byte > SPACE) isEmpty = false;
    if (byte === QUOTE) {
      isInString = true;
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === COLON && depth > 0) {
      keys[depth] = (keys[depth] as number) + 1;
      if ((keys[depth] as number) > JSON_LIMITS.keys) {
        return exceeds(`more than ${counted("keys")} keys in one object`);
      }
    } else if ((byte | 0x20) === OPEN_BRACE) {
      // In ASCII, `[` and `{` differ only in this bit, as do `]` and `}`.
      depth += 1;
      values += 1;
      if (depth > JSON_LIMITS.depth) return exceeds(`more than ${counted("depth")} levels of nesting`);
      keys[depth] = 0;
    } else if ((byte | 0x20) === CLOSE_BRACE) {
      depth = Math.max(0, depth - 1);
    }
    if (values > JSON_LIMITS.values) return exceeds(`more than ${counted("values")} values`);
  }
  return { isClosed: !isEmpty && !isInString && depth === 0, excess: null };
}

function exceeds(excess: string): JsonShape {
  return { isClosed: true, excess };
}

function counted(limit: keyof typeof JSON_LIMITS): string {
  return grouped(JSON_LIMITS[limit]);
}
