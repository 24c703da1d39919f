import { parseJson } from "../../../../core/json.ts";

/** A JSON object or array found inside other text. */
export interface JsonSpan {
  readonly start: number;
  /** End of the span, exclusive. */
  readonly end: number;
  readonly value: unknown;
}

/**
 * Maximum number of characters for all searches together, so that unmatched braces do not cause quadratic time.
 */
const SCAN_BUDGET = 24_000_000;
/** Maximum number of characters to search for a closing bracket after an earlier part of the text did not parse. */
const LARGEST_RETRY = 1_000_000;
const MOST_SPANS = 5_000;

/**
 * Returns the outermost JSON objects and arrays of objects in the text, in order. Never throws; on hostile
 * input, returns only what it found within its limits.
 */
export function findJsonSpans(text: string): readonly JsonSpan[] {
  const spans: JsonSpan[] = [];
  let budget = SCAN_BUDGET;
  let reach = text.length;
  let position = nextOpening(text, 0);
  while (position !== -1 && budget > 0 && spans.length < MOST_SPANS) {
    const limit = Math.min(text.length, position + Math.min(reach, budget));
    const end = findClosing(text, position, limit);
    budget -= (end ?? limit) - position;
    const value = end === null ? undefined : parseJson(text.slice(position, end));
    if (end !== null && value !== undefined) {
      spans.push({ start: position, end, value });
      reach = text.length;
      position = nextOpening(text, end);
    } else {
      reach = LARGEST_RETRY;
      position = nextOpening(text, position + 1);
    }
  }
  return spans;
}

function nextOpening(text: string, from: number): number {
  // Text that cannot begin JSON is skipped, because each failed parse costs as much as parsing a small document.
  const opening = /\{(?=\s{0,200}["}])|\[(?=\s{0,200}\{)/g;
  opening.lastIndex = from;
  return opening.exec(text)?.index ?? -1;
}

/** Returns the index after the bracket that closes the one at `start`; null if none exists before `limit`. */
function findClosing(text: string, start: number, limit: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let index = start; index < limit; index++) {
    const character = text.charCodeAt(index);
    if (isInString) {
      if (character === 0x5c) index++;
      else if (character === 0x22 || character === 0x0a) isInString = false;
    } else if (character === 0x22) {
      isInString = true;
    } else if (character === 0x7b || character === 0x5b) {
      depth++;
    } else if (character === 0x7d || character === 0x5d) {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return null;
}
