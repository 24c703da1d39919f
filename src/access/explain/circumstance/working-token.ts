import { findReported } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import { isApiPath } from "../paste/failure.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const WORKS =
  "(?:still )?(?:works?(?: fine)?|is (?:fine|ok|okay|accepted|good)|succeeds?|passes|goes through|(?:returns?|gives?|answers?|gets?)(?: me| us)?(?: an?)? (?:HTTP )?(?:200|204))";
/** Matches a statement that another call accepts the refused token: `the same token works for GET /api/v2/users/me`. */
const WORKS_ELSEWHERE = new RegExp(
  `\\b(?:same|very same|this|that|identical) (?:access |bearer )?token\\b[^.!?\\n]{0,40}?\\b${WORKS}\\b[^.!?\\n]{0,30}?(?:\\b(?:for|on|with|against|in|at|when|everywhere|elsewhere)\\b|\\b(?:GET|POST|PUT|PATCH|DELETE)\\b|/api/)|\\btoken (?:itself )?${WORKS} (?:for|on|with|against) (?:all |every |the |many |most |some )?(?:other|others|another|GET|/api)|\\bother (?:calls?|endpoints?|requests?|operations?|APIs?|resources?) (?:with|using) (?:the|this) same (?:access )?token\\b[^.!?\\n]{0,20}?\\b(?:${WORKS}|work)\\b`,
  "i",
);
/** Matches a statement that the token works in a tool, in text about a program that sends the same token. */
const WORKS_IN_TOOL = new RegExp(
  `\\b(?:curl|Postman|Insomnia|Bruno|Swagger|API Explorer|browser|console)\\b[^.!?\\n]{0,40}\\btoken\\b[^.!?\\n]{0,20}\\b(?:${WORKS}|returns the|lists|shows)`,
  "i",
);
/**
 * Matches a statement that a successful call proves the token valid:
 * `the token is fine, GET /api/v2/users/me returns 200`.
 */
const VERIFIED =
  /\btoken\b[^.!?\n]{0,60}\b(?:is|it['’]s|was)\b (?:definitely |verified |verifiably |confirmed |surely )?(?:as )?(?:valid|fine|ok|okay|good|accepted)\b[^.!?\n]{0,60}(?:\/api\/v2\/|\busers\/me\b|\btokens\/me\b|(?<!\d)200\b)/i;
const SAME_TOKEN = /\b(?:same|identical) (?:access |bearer )?token\b/i;
/** Matches a token that replaced the refused one. Its success says nothing about the refused one. */
const OTHER_TOKEN = /\b(?:new|fresh|refreshed|renewed|second|other|different|another) (?:\w{1,12} )?token\b/i;
const LONGEST_ADJECTIVE = 24;
const NEGATED = /\b(?:used to|no longer|never|not)\b|n['’]t\b/i;

/** Recognizes a 401 for a token that other calls accept. The token itself is valid. */
export function findWorkingToken({
  layer,
  status,
  code,
  words,
  isUnlisted,
  failure,
}: CircumstanceFacts): Circumstance | null {
  if (layer !== "token" || status !== 401 || code === "authentication.required") return null;
  const inTool = SAME_TOKEN.test(words) ? findReported(WORKS_IN_TOOL, words) : null;
  const match = findReported(WORKS_ELSEWHERE, words) ?? findReported(VERIFIED, words) ?? inTool;
  if (match === null || NEGATED.test(match[0])) return null;
  if (
    OTHER_TOKEN.test(words.slice(Math.max(0, match.index - LONGEST_ADJECTIVE), match.index + match[0].length))
  ) {
    return null;
  }
  const claims = [
    {
      text: "a 401 means that the token has expired",
      verdict: "misleading" as const,
      truth: "according to the text, the same token works for other calls",
      source: SOURCES.paste,
    },
  ];
  if (isUnlisted && isApiPath(failure.request?.path ?? null)) {
    return { layer: "path", meaning: null, claims, remedies: [], isWholeRemedy: false };
  }
  return {
    layer: "token",
    meaning:
      "the service did not accept this call's token, although the text reports that the same token works for other calls",
    claims,
    remedies: [
      {
        kind: "check-live",
        summary:
          "compare both requests as they are sent: the host with its region, and the header `Authorization: Bearer TOKEN`, which a redirect, a proxy or a client can drop",
      },
      {
        kind: "log-in-again",
        summary: "if they match, repeat the working call: the token may have expired in the meantime",
      },
    ],
    isWholeRemedy: true,
  };
}
