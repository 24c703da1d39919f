import { isDenied, isExpected } from "./absent-statuses.ts";
import { LOGGED_STATUSES } from "./logged-statuses.ts";
import { findNamedStatus } from "./named-status.ts";
import { isOtherProtocol } from "./other-protocol.ts";
import { NO_COUNT, NUMBER } from "./status-number.ts";
import { WRITTEN_STATUSES } from "./written-statuses.ts";

/** A status in the text, with its position. */
export interface StatusMention {
  readonly start: number;
  readonly status: number;
}
/**
 * Patterns for the places where a three-digit number is a status. Elsewhere it is data: a count, a duration, a port.
 */
const PLACES: readonly RegExp[] = [...LOGGED_STATUSES, ...WRITTEN_STATUSES];
const ANY_NUMBER = /(?<!\d)[2-5]\d\d(?!\d)/;
/**
 * Matches a status after the URL of a request: `GET /api/v2/users 403`, `GET /api/v2/users" 403 221`,
 * `/api/v2/users,403`.
 */
const AFTER_REQUEST = new RegExp(
  `^["'\`)\\]]{0,2}(?:[\\s,|]{1,4}(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?=[\\s,|]{1,4}\\d))?(?:["']?,["']?(?:true|false)["']?)?(?:\\s{1,3}HTTP\\/[\\d.]{1,4}["']?)?\\s{0,60}(?:[-=]{0,2}>|→|[:=|,;-]|\\.{3,60}|…)?\\s{0,4}[[(*_\`]{0,3}${NUMBER}(?!\\s?(?:ms|s|[kM]?B|rows?|records?|items?|times?|seconds?|users?|pages?)\\b)`,
  "i",
);
/**
 * Matches a status after a URL and a few words in another language: `GET /api/v2/users 호출 시 429 오류`,
 * `pe 403 aa raha hai`.
 */
const AFTER_FOREIGN_WORDS = new RegExp(
  `^["'\`)\\]]{0,2}(?:\\s{1,2}(?:[^\\s\\d.,;:!?()]*[^\\x00-\\x7f][^\\s\\d.,;:!?()]*|pe|par|ka|dá|da|dava|bei|op|geeft|zwraca|vrac[ií]|veriyor|hata|fejl|giver|ger|svarer)){1,4}\\s{1,2}${NUMBER}${NO_COUNT}`,
  "iu",
);
/** Matches a status that directly follows another one: `429s and 502s`, `a 401, a 403`. */
const NEXT_STATUS = new RegExp(
  `^s?(?:,| and| or|, and|, then| then)\\s(?:also |an? )?${NUMBER}(?=s?(?:[\\s,.;:!?)]|$))${NO_COUNT}`,
  "i",
);
/** Returns the statuses in masked text, in order. `urlEnds` are the positions where URLs end. */
export function findStatuses(text: string, urlEnds: readonly number[] = []): readonly StatusMention[] {
  if (!ANY_NUMBER.test(text) || isOtherProtocol(text)) return [];
  const found = new Map<number, number>();
  const add = (at: number, digits: string | undefined): void => {
    if (digits !== undefined && !isExpected(text, at) && !isDenied(text, at)) found.set(at, Number(digits));
  };
  for (const place of PLACES) {
    for (const match of text.matchAll(place)) {
      const digits = match.slice(1).find((group) => group !== undefined);
      add(match.index + match[0].lastIndexOf(digits ?? ""), digits);
    }
  }
  // The loop also visits the statuses that it adds.
  for (const at of found.keys()) {
    const [all = "", digits] = NEXT_STATUS.exec(text.slice(at + 3, at + 24)) ?? [];
    if (digits !== undefined) add(at + all.length, digits);
  }
  for (const end of urlEnds) {
    const behind = text.slice(end, end + 100);
    const match = AFTER_REQUEST.exec(behind) ?? AFTER_FOREIGN_WORDS.exec(behind);
    if (match !== null) add(end + match[0].length - 3, match[1]);
  }
  return [...found].toSorted(([one], [other]) => one - other).map(([start, status]) => ({ start, status }));
}

/** Returns the status that a reason phrase without a number implies; null if none exists. */
export function statusOfWords(text: string): number | null {
  return isOtherProtocol(text) ? null : findNamedStatus(text, (at) => !isDenied(text, at));
}
