import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Layer, Remedy } from "../../verdict/verdict.ts";
import { anyOf } from "../../verdict/wording.ts";
import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import { sentencesOf } from "../paste/text/sentences.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches a statement that a change made the call work. */
const SOLVED =
  /\b(?:solved|resolved|sorted|never ?mind|with the (?:right|correct|proper|other|new) (?:one|\w{2,12}),? (?:it|everything|the call|this) works|figured (?:it |this )?out|(?:that|this|it|which|and)(?: finally| actually)? (?:did (?:it|the trick)|was (?:it|the (?:issue|problem|cause))|fixed (?:it|this|that|things|the \w+)|solved (?:it|this)|helped)|fixed (?:it|this|now|by)|got it (?:working|to work)|(?:works?|working|fine|succeeds|200|passes)(?: (?:fine|again|well|perfectly))? now|now (?:it |everything |the call |the request |this )?(?:works?|is fine|succeeds|passes|(?:returns?|answers?|gives?|gets?)(?: an?)? 200)|(?:error|problem|issue|40[13]) (?:is|was|has|went)(?: now)? (?:gone|away|disappeared)|no longer (?:get|see|fails))\b/i;
/** Matches words that turn a report of success into its opposite, a wish or a question. */
const NOT_SOLVED =
  /\b(?:not|never|hasn't|still|until|unless|if|would|could|might|may|should|hope|hopefully|maybe|perhaps|how)\b|n['’]t\b|\?/i;

/** Matches a report that the refusal continues. */
const CONTINUES = /\bstill\b[^.!?\n]{0,40}\b(?:40[13]|fail\w*|refused|denied|error|get|see|not|n['’]t)\b/i;

interface Fix {
  readonly layer: Layer;
  readonly pattern: RegExp;
  readonly meaning: string;
}

const CHANGED =
  "(?:add|assign|grant|extend|chang|switch|mov|put|includ|enabl|set|miss|lack|gave|giv|only (?:assign|grant|cover|in|had|held)|tick|select|updat|approv)";
/** Patterns of a change that is said to have ended a refusal. Each shows which layer must have refused. */
const FIXES: readonly Fix[] = [
  {
    layer: "division",
    pattern: new RegExp(
      `\\b${CHANGED}\\w{0,6}\\b[^.!?\\n]{0,80}\\bdivisions?\\b|\\bdivisions?\\b[^.!?\\n]{0,80}\\b${CHANGED}\\w{0,6}\\b`,
      "i",
    ),
    meaning: "according to the text, the role did not cover the object's division",
  },
  {
    layer: "scope",
    pattern: new RegExp(`\\b${CHANGED}\\w{0,6}\\b[^.!?\\n]{0,60}\\bscopes?\\b`, "i"),
    meaning: "according to the text, the OAuth client lacked a scope",
  },
  {
    layer: "permission",
    pattern: new RegExp(
      `\\b${CHANGED}\\w{0,6}\\b[^.!?\\n]{0,60}(?:\\b(?:permissions?|roles?)\\b|\\b[a-z]\\w{1,40}:[a-z]\\w{1,60}:[a-z]\\w{1,40})`,
      "i",
    ),
    meaning: "according to the text, the token's roles lacked a permission",
  },
  {
    layer: "unknown",
    pattern:
      /\b(?:us(?:ed|ing)|sent|sending|had|was|with) (?:the |a |an )?(?:(?:wrong|other|old|stale) (?:access )?token|token (?:of|from|for) (?:our|my|the|a|an)\b)|\bwrong (?:org|organization|client|account|environment|tenant)\b/i,
    meaning: "according to the text, the call was sent with the token of another client or organization",
  },
];
const COMPARE_TOKENS: Remedy = {
  kind: "check-live",
  summary: "if it happens again, check which client and organization the token belongs to",
  command: "genscope whoami",
};
const BY_CLIENT = /\bclient[- _]credentials?\b/i;

/**
 * Recognizes the change that ended an unexplained 403, from the author's later report:
 * `EDIT: solved, the role was only granted in the Home division`. Null when the text reports no fix, or more than one
 * kind.
 */
export function findReportedFix({ layer, status, words }: CircumstanceFacts): Circumstance | null {
  if (layer !== "unknown" || status !== 403) return null;
  const sentences = sentencesOf(words);
  const at = sentences.findIndex((sentence) => SOLVED.test(sentence) && !NOT_SOLVED.test(sentence));
  if (at === -1) return null;
  // People describe the change in the sentence before or after the one that reports success.
  const told = sentences.slice(Math.max(0, at - 1), at + 3).filter((sentence) => !sentence.includes("?"));
  if (told.some((sentence) => CONTINUES.test(sentence))) return null;
  const found = FIXES.filter(({ pattern }) => told.some((sentence) => reports(pattern, sentence)));
  const [division] = found.filter((fix) => fix.layer === "division");
  // A role is assigned in a division, so both words describe one change.
  const others = found.filter((fix) => fix.layer !== "permission" || division === undefined);
  const [fix, ...rest] = others;
  if (fix === undefined || rest.length > 0 || (fix.layer === "scope" && BY_CLIENT.test(words))) return null;
  return {
    layer: fix.layer,
    meaning: fix.meaning,
    claims: [
      {
        text: "the refusal is already fixed",
        verdict: "unknown",
        truth: "a later part of the text reports it; the response itself does not name the layer",
        source: SOURCES.paste,
      },
    ],
    remedies: fix.layer === "unknown" ? [COMPARE_TOKENS] : [],
    isWholeRemedy: fix.layer === "unknown",
  };
}

const OF_CLIENT = /\bclient[- _]cred(?:ential)?s?\b|\bOAuth clients?\b|\bservice (?:account|client)\b/i;
/** Matches a report that the client got no role: `I didn't select any role`, `the client has no roles`. */
const WITHOUT_ROLE =
  /\b(?:(?:did|have|has|had) ?(?:not|n['’]t|never)|never) (?:select|assign|add|set|pick|choos|giv|grant)\w{0,4} (?:(?:it|the client) )?(?:any |a )?roles?\b(?! (?:in|for)\b)|\b(?:client|it|app) (?:has|had|got|holds?) (?:no|zero) roles?\b(?! (?:in|for)\b)|\bno roles? (?:is |are |was |were )?(?:selected|assigned)\b(?! (?:in|for)\b)|\broles? tab (?:is|was) empty\b/i;
/** Matches a report that the client has a role after all. */
const WITH_ROLE =
  /\b(?:added|assigned|gave|given|granted|has|with) (?:it )?(?:the |a |an )(?:["'“]?[\w -]{1,30}["'”]? )?role\b/i;

/** Recognizes from a report in the text that the client has no roles; null for any other refusal. */
export function findClientWithoutRoles({
  layer,
  status,
  operation,
  words,
}: CircumstanceFacts): Circumstance | null {
  if (layer !== "unknown" || status !== 403 || operation === null || operation.permissions.length === 0) {
    return null;
  }
  if (!OF_CLIENT.test(words) || WITH_ROLE.test(words)) return null;
  const isReported = sentencesOf(words).some(
    (sentence) => WITHOUT_ROLE.test(sentence) && !/\?|\bif\b/i.test(sentence),
  );
  if (!isReported) return null;
  return {
    layer: "permission",
    meaning:
      "according to the text, the OAuth client has no role, so its token holds no permission; a client-credentials token gets every permission from the roles of its client",
    claims: [
      {
        text: "the roles of an OAuth client are optional",
        verdict: "misleading",
        truth: `a client without a role can log in, but \`${nameOf(operation)}\` needs ${anyOf(operation.permissions)}`,
        source: SOURCES.clientModel,
      },
    ],
    remedies: [],
    isWholeRemedy: false,
  };
}
