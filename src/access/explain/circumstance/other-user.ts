import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Words that name a program, a place or the call instead of a person. */
const NOT_A_USER =
  "(?:it|that|this|which|one|call|request|endpoint|api|query|path|operation|token|client|app|application|service|script|code|program|curl|postman|get|post|put|patch|delete|dev|test|qa|uat|stage|staging|sandbox|prod|production|and|but|or|then|also|only|both|first|second|other|response|server|platform|genesys|integration|lambda|job|flow|function|method|page|url|list|old|new|now|still|always|sometimes|just|usually)";
const USER = `(?:(?:the |our |my |an? )?(?:(?:user|agent|supervisor|colleague|admin)s? )?(?!${NOT_A_USER}\\b)[a-z][\\w.@'-]{0,40}|(?:an? |the )?other users?|user \\w{1,20})`;
const GETS = "(?:gets?|got|sees?|saw|receives?|received|has|have)";
const A = "(?:an? |the )?(?:HTTP )?(?:status )?";
/** Match sentences that say that one user may make the call and another may not. */
const USERS = [
  new RegExp(
    `\\b${USER} ${GETS} ${A}20[0-6]\\b[^.\\n]{0,30}?(?:[,;]|\\b(?:but|while|and|whereas)\\b) ?(?:but |while |and |whereas )?(?:for )?(${USER}) ${GETS} ${A}403\\b`,
    "i",
  ),
  new RegExp(
    `\\b${USER} ${GETS} ${A}403\\b[^.\\n]{0,30}?(?:[,;]|\\b(?:but|while|and|whereas)\\b) ?(?:but |while |and |whereas )?(?:for )?${USER} ${GETS} ${A}20[0-6]\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:works?|worked|working|succeeds?|fine|ok|200)\\b (?:\\(?200\\)? )?for ${USER}(?: \\(?200\\)?)?,? (?:but|and|while|whereas|yet)\\b[^.\\n]{0,30}?\\b(?:not for|fails? (?:with (?:an? )?403 )?for|403 for|${USER} ${GETS} ${A}403)\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:403|fails?|failed|refused|denied)\\b (?:with (?:an? )?403 )?for ${USER}(?: \\(?403\\)?)?,? (?:but|and|while|whereas|yet)\\b[^.\\n]{0,30}?\\b(?:works?|fine|ok|succeeds?|200)\\b[^.\\n]{0,20}\\bfor\\b`,
    "i",
  ),
] as const;
/** Matches a statement that the two users log in through different clients, programs or organizations. */
const OTHER_CLIENT =
  /\b(?:different|another|other|separate|own|two)\b[^.\n]{0,20}\b(?:OAuth )?(?:clients?|apps?|applications?|orgs?|organi[sz]ations?|environments?)\b|\bclient[-_ ]credentials\b/i;

/**
 * Recognizes an unexplained 403 for a call that another user may make. Anything the two users share, such as the OAuth
 * client and its scopes, cannot be the cause.
 */
export function findOtherUser({ layer, status, words, operation }: CircumstanceFacts): Circumstance | null {
  if (layer !== "unknown" || status !== 403 || OTHER_CLIENT.test(words)) return null;
  if (!USERS.some((pattern) => reports(pattern, words))) return null;
  const name = operation === null ? "OPERATION" : `"${nameOf(operation)}"`;
  return {
    layer: "unknown",
    meaning:
      "the same call succeeds for another user, so the two users' roles, or the divisions of these roles, probably differ; the service does not reveal which",
    claims: [
      {
        text: "the OAuth client or its scopes cause the refusal",
        verdict: "misleading",
        truth:
          "users who log in to the same OAuth client get the same scopes, and each user's own roles and divisions decide the rest",
        source: SOURCES.clientModel,
      },
    ],
    remedies: [
      {
        kind: "assign-role",
        summary: "compare the roles of both users, and the divisions of each role",
        menuPath: "Admin > People & Permissions > People > the user > Roles",
      },
      {
        kind: "check-live",
        summary: "or list what the refused user lacks, with an administrator's token",
        command: `genscope check-scopes ${name} --user NAME`,
      },
    ],
    isWholeRemedy: false,
  };
}
