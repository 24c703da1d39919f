import { wordsAround } from "./clause.ts";
import { isConsidered, isPastStatus, isQuoted } from "./doubt.ts";

/** Maximum number of characters to examine. Longer text is a log rather than sentences. */
const LONGEST_PROSE = 20_000;
/** Matches a number that can be a status, with its reason phrase. */
const STATUS =
  /(?<![\w.:/-])[45]\d\d(?=s?(?![\w-]|[.:]\d))(?: \(?(?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Too Many Requests|Internal Server Error|Service Unavailable)\b\)?)?/g;

/**
 * Blanks out the statuses of failures that no longer occur: `the 403 is fixed`,
 * `it returned 403 until we added the role`.
 */
export function withoutOver(text: string): string {
  return withoutStatuses(text, isPastStatus);
}

/** Blanks out the statuses that conditions, documents and source code mention. */
export function withoutConsidered(text: string): string {
  return withoutStatuses(text, (around) => isConsidered(around) || isQuoted(around));
}

function withoutStatuses(text: string, isMeant: (around: ReturnType<typeof wordsAround>) => boolean): string {
  if (text.length > LONGEST_PROSE) return text;
  return text.replace(STATUS, (digits: string, at: number) =>
    isMeant(wordsAround(text, at, at + digits.length)) ? " ".repeat(digits.length) : digits,
  );
}
