import type { Remedy } from "../../verdict/verdict.ts";
import type { LayeredClaim } from "../claims/misconception-claims.ts";
import { SOURCES } from "../claims/source.ts";
import type { KnownError } from "./known-error.ts";

const OMITS = "the platform omits objects in divisions that the token's roles do not cover";

/** Matches two numbers of entries that a person compares: `returns 40 users, but the UI shows 900`. */
const COUNTS =
  /\b(?:lists?|returns?|answers?|shows?|gives?|gets?|sees?)\b[^.\n]{0,40}\b(?!40\d |429 |50[0-4] )(?<count>\d{1,7}) [a-z]{3,20}\b[^.\n]{0,30}\b(?:of(?: the| our)? (?=\d)|while\b|but\b|instead of\b|although\b)[^.\n]{0,30}\b(?!\k<count>\b)\d{1,7}\b/gi;
/** Maximum distance in characters between compared numbers and the divisions that may explain their difference. */
const NEARBY = 400;
/** Matches a number of entries that a person finds too small: `only returns 12 queues`. */
const ONLY_SOME =
  /(?<!\b(?:each|every|one|per) (?:request|call|page|query|response) )\bonly (?:returns?|returned|gives?|gave|shows?|lists?|get|gets|got|see|sees)\b[^.\n]{0,20}\b\d{1,6} (?:of|out of|queues?|users?|agents?|conversations?|campaigns?|records?|entries|rows|results?|flows?|skills?|groups?)\b(?! (?:an?|per) (?:day|hour|minute|week|month))/
    .source;

/** Matches a response that lacks the objects of a division: `returns 200, but without the queues of division Sales`. */
const WITHOUT_DIVISION =
  /\b(?:200|returns?|returned|lists?|shows?|results?|response|get|gets|got|see|sees)\b[^.\n]{0,80}\b(?:without|except|but not|not those|leav(?:es?|ing) out|lacks?|missing|hides?|omits?)\b[^.\n]{0,60}\bdivisions?\b(?! (?:permission|access))/
    .source;

const COMPARE_DIVISIONS: Remedy = {
  kind: "check-live",
  summary: "compare the divisions of the role with those of the objects",
  command: "genscope check-scopes OPERATION --division NAME",
};

/** Responses that contain fewer entries than expected, as people describe them. */
export const OF_LISTINGS: readonly KnownError[] = [
  {
    pattern:
      /\b(?:returns?|returned|answers?|gives?|shows?|gets?|sees?|200)\b[^.\n]{0,50}\b(?:an )?empty (?:list|array|result|page|set)\b|\b(?:returns?|returned|answers?|gives?|shows?|gets?|sees?)\b[^.\n]{0,20}\bonly (?:some|part|half|a few|one) of\b|\b(?:returns?|returned|answers?|gives?|shows?|gets?|sees?|has)\b[^.\n]{0,20}\b(?:0|no|zero) (?:conversations?|queues?|users?|agents?|records?|results?|rows?|entities|calls)\b[^\n]{0,160}\b(?:200|divisions?)\b|"entities"\s{0,3}:\s{0,3}\[\s{0,3}\][^\n]{0,200}\b(?:although|but|even though|role|permission)|\b(?:entities|conversations|results?|(?<!\b\w{3,20}(?<!\b(?:the|returned|user|queue|whole)) )lists?|array|(?<!\berror )page|it|everything)\b["'`]? (?:is|are|was|were|comes? back|stays?|remains?|always)(?: always| just| simply| completely| totally)? (?:empty|blank)\b(?! handed|-handed)|\btotal(?:Hits|Count)?\b["'`]?\s{0,3}(?:[:=]|is|of|was)?\s{0,3}0\b(?! (?:errors?|failures?|failed|retries|warnings?|skipped))|\b200\b[^.\n]{0,30}\b(?:zero|no|0) (?:conversations?|data|entries|hits|records?|results?|rows?|users?)\b|\bno (?:data|results?|rows|records|conversations|entries) (?:comes?|came|is|are|was|were) (?:back|returned)\b/i,
    isAnswer: false,
    layer: "none",
    meaning: `a response without entries is not a refusal: ${OMITS}, and objects that the filter excludes`,
    remedies: [COMPARE_DIVISIONS],
  },
  {
    pattern:
      /\bonly (?:returns?|returned|gives?|shows?|get|got|lists?|see)\b[^.\n]{0,30}\b(?:25|50|100)\b(?=[.,;!?\n)]|$| (?:of|at|but|and|per page|while|even|although|instead|when|for|queues?|users?|agents?|conversations?|records?|results?|entries|items|entities|rows|flows?|skills?|groups?|campaigns?|contacts?|calls? (?:of|but))\b)/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "a listing returns pages of 25 entries unless `pageSize` requests more, up to 100 for most listings; nothing was refused",
    remedies: [
      {
        kind: "use-operation",
        summary:
          "read the next pages with `pageNumber` or the `nextUri` of the response, or let genscope do it",
        command: 'genscope query "GET PATH" --all',
      },
    ],
  },
  {
    pattern: new RegExp(`${ONLY_SOME}|${COUNTS.source}|${WITHOUT_DIVISION}`, "i"),
    isAnswer: false,
    layer: "none",
    meaning: `a response with fewer entries than expected is not a refusal: ${OMITS}, objects that the filter excludes, and pages that were not read`,
    remedies: [COMPARE_DIVISIONS],
  },
];

/**
 * Corrects the assumption that a listing is complete, in text that compares numbers of entries and mentions divisions.
 */
export function findListClaims(text: string): readonly LayeredClaim[] {
  const isCut = Array.from(text.matchAll(COUNTS)).some(({ 0: counts, index }) =>
    /\bdivisions?\b/i.test(text.slice(Math.max(0, index - NEARBY), index + counts.length + NEARBY)),
  );
  if (!isCut) return [];
  const claim = {
    text: "a listing with status 200 is complete",
    verdict: "misleading",
    truth: `${OMITS}; no scope changes that`,
    source: SOURCES.reports,
  } as const;
  return [{ claim, layer: "division" }];
}
