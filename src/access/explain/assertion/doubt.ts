import type { WordsAround } from "./clause.ts";

/** Excludes negations of knowledge, ability or extent: `I do not know why ...` does not deny the failure. */
const NO_NEGATION =
  "(?! (?:only|just|sure|certain|clear|enough|know|understand|see why|work|working|able|matter|idea|clue|luck|until)\\b)";
const NEGATION = `(?:\\b(?:not|never|cannot|nor|neither|none|nobody|no|without|hardly|unlike|except|don['’]?t|doesn['’]?t|didn['’]?t|can['’]?t|won['’]t|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|haven['’]?t|hasn['’]?t|wouldn['’]?t|shouldn['’]?t|couldn['’]?t)\\b${NO_NEGATION})`;
const SET_ASIDE =
  "\\b(?:instead of|rather than|nothing to do with|unrelated to|ruled out|far from|nowhere near|other than|apart from|avoid(?:s|ed|ing)?|bypass(?:es|ed|ing)?|stopped \\w{2,20}ing|no longer|any ?more)\\b";
/** Matches a negation anywhere in the clause before the match. */
const DENIED_IN_CLAUSE = new RegExp(`${NEGATION}|${SET_ASIDE}`, "i");
/** Matches a negation directly before the match. Ignores one that is part of the failure: `can't log in with ...`. */
const DENIED_NEARBY = new RegExp(
  `${NEGATION}(?: (?!work|log|sign|start|open|load)[\\w'’/-]{1,20}){0,3}[\\s"'\`“(]{0,3}$|(?:${SET_ASIDE})[^,;:]{0,40}$`,
  "i",
);
/** Matches the rest of a clause that denies what precedes it: `X is not the cause`, `X is disabled`. */
const DENIED_AFTERWARDS =
  /^["'`”)]{0,2}(?: \w{1,20}){0,4}? (?:(?:is|are|was|were|has been|have been)(?: all| both| simply| just)? (?:not\b(?! (?:working|yet|trusted|reachable|responding|known|supported|running|found|set|accepted|valid|able|registered|allowed|enabled|available))|never\b|wrong\b(?! (?:for|in))|false\b|nonsense\b|a myth\b|irrelevant\b|unrelated\b|ruled out\b|disabled\b|switched off\b|turned off\b|out of the question\b|impossible\b)|(?:isn|aren|wasn|weren)['’]t (?!working|found|accepted|valid|enough|sufficient|yet)|(?:do|does|did)(?:n['’]t| not) (?:apply|matter|help|exist|happen|occur|affect|fix|change)\b|has nothing to do\b)/i;
/** Matches a rejection or an acknowledgment of the whole statement: `..., which is wrong`, `..., I know`. */
const REFUTED =
  /(?:,|\s[-–—(])\s?(?:as (?:that|this)|which|that|this|and (?:that|this))(?: of course| obviously)?(?: is|['’]s|['’]s just| was) (?:wrong|false|not (?:an? |true|the case|correct|possible|so)|nonsense|a myth|untrue)\b|,? (?:as )?(?:I|we) (?:already )?(?:know|understand)\b(?! (?:that|why|how|what|if))/i;
const KNOWN =
  /\b(?:it is|it['’]s|that is|that['’]s) (?:not true|false|wrong|a myth) that\b|\b(?:no|not true)[:,] /i;

/** Matches words for a failure or habit in the past: `used to`, `formerly`. */
const OVER =
  /\b(?:used to|formerly|our old|(?:we|they|I) left|in the past|back then|previously|until (?:last|yesterday|recently|we|I|they|the|\w+day|20\d\d)|(?:was|were|been|is|are|got) (?:already |since |now |meanwhile )?(?:fixed|solved|resolved|repaired|corrected|removed|replaced)|(?:fixed|solved|resolved|corrected|removed|replaced|dropped|migrated|moved (?:away|off|from)|switched (?:away |off )?from)\b)/i;
const OVER_AFTERWARDS =
  /^[^.!?\n]{0,60}\b(?:(?:that|this|it|which|and) (?:is|was|has been|got)|was|were|been|is|are|is now|are now|has since been) (?:already |since |now |meanwhile )?(?:fixed|solved|resolved|gone|history|removed|replaced|the old way)\b|^[^.!?\n]{0,60}\b(?:until (?:last|yesterday|recently|\w+day)|in the past|back then)\b/i;
const OVER_BEFORE_COMMA =
  /^(?:until|before|previously|in the past|earlier|back then|formerly|in the old)\b[^,\n]{0,60},\s/i;

/** Matches a condition, a possibility or a plan. Ignores `if we ...`, which reports what happens each time. */
const CONDITION =
  /(?<!\b(?:even|as) )\b[Ii]f (?!I\b|we\b|only\b)|\b(?:whether|unless|in case|suppose|assuming|imagine)\b|(?<!\bwhat (?:else )?)\b(?:would|might)\b(?! (?:like|love|appreciate|anyone|someone|explain)\b)|(?<!\bwhat (?:else )?)\b(?:could|can)\b(?! ?n[o'’]t\b| not\b|\s(?:someone|anyone|you|see|reproduce|confirm)\b)(?=[^,;]{0,20}$)|(?<!\bwhat (?:else )?)\bmay(?! \d| 20)\b(?=[^,;]{0,40}$)|\b(?:am|is|are|['’](?:m|re|s)) (?:going|about|planning) to\b|\b(?:plans?|intends?) to\b|\b(?:will|['’]ll)\b(?! not\b)/;
const CONDITION_BEFORE_COMMA =
  /^(?:if (?!I\b|we\b)|unless (?!I\b|we\b)|in case |suppose |assuming )[^,\n]{1,120},\s/i;
/** Matches the beginning of a yes-or-no question. A `why` question reports that something happens. */
const ASKS =
  /(?:^|[,;:–—]\s|\b(?:and|or|so|but)\s)["'(]{0,2}(?:is|are|was|were|does|do|did|can|could|would|will|should|has|have|may|might|must|what if|what happens)(?:n['’]t)?\b(?! (?:anyone|anybody|someone|somebody|you know)\b)/i;
const ENDS_IN_QUESTION = /\?["'”’)]{0,2}\s{0,3}$/;
/**
 * Matches a question about detecting or preventing a failure, which therefore has not occurred. In `the call, which
 * returns 401`, the pronoun does not begin a question.
 */
const PREVENTS =
  /\bhow (?:do|can|could|would|should|to)\b[^.?!\n]{0,20}\b(?:detect|check|handle|catch|tell|find out|monitor|simulate|avoid|prevent|test)\b|(?<!,\s)\b(?:which|what)(?! (?:returns?|returned|gives?|gave|throws?|threw|fails?|failed|gets?|got|answers?|answered|comes?|came|ends?|ended|results?|resulted|shows?|showed|responds?|responded|was|is|has|had)\b)(?: \w{1,20})?\s{0,2}$/i;
const WHY = /\b(?:why|how come|reason|what causes?)\b/i;

/** Matches a mention of someone else's case. */
const OF_OTHERS =
  /\b(?:(?:a|my|another|one|some) (?:colleague|co-?worker|team ?mate|friend|guy|person|vendor|consultant|partner)|(?:another|other|some other|a different) (?:customers?|teams?|users?|compan(?:y|ies)|people|projects?|org\w*|vendors?|posts?|threads?|products?|tickets?)|someone else|somebody else|elsewhere|competitors?|in another (?:thread|post|ticket|project))\b/i;
/** Matches text that quotes what a document or a program contains. */
const QUOTED =
  /\baccording to (?:the |its |your |our )?(?:docs?|documentation|manual|specification|spec)\b|\b(?:docs?|documentation|manuals?|read ?me|help page|changelog|release notes|runbook|wiki|blog|article|guide|tutorial|faq|comments?|example|sample|template|fixture|mock|stub|unit tests?|test case)\b[^.\n]{0,40}\b(?:says?|said|lists?|mentions?|states?|describes?|shows?|warns?|explains?|covers?)\b/i;
const QUOTED_BEFORE_COMMA =
  /^\W{0,3}(?:according to|as per) (?:the |its |your |our )?(?:docs?|documentation|manual|spec\w{0,10}),\s$/i;
const COMMENT = /^\s{0,40}(?:\/\/|\/\*|<!--|--\s|#\s(?=[a-z]))|\s(?:\/\/|#)\s(?=[a-z])/;
/** Matches source code that names a status or an error. */
const CODE =
  /\b[Ii]f \(?!?[\w.]+ ?(?:[=!]==?|\bin\b)|^\s{0,20}(?:const|let|var)\s\w{1,40} ?= ?(?:new Set\()?\[|@throws\b|\.reply\(|\b(?:throw new|raise \w{2,40}\(|catch \(|except \w|assert\w{0,20}[ (]|expect\(|\.(?:includes|contains|startsWith|matches|match|indexOf|test|equals|has)\(|case ["'`]|=== ?["'`]|== ?["'`]|!== ?["'`]|describe\(|it\(|grep )/;

/** Whether the clause around a match denies it: `we never get ...`, `unlike ...`, `... is not the cause`. */
export function isDenied({ clauseBefore, clauseAfter, sentenceBefore, sentenceAfter }: WordsAround): boolean {
  // `Shouldn't tokens be region-wide?` asks whether they are.
  const isAsked = ENDS_IN_QUESTION.test(sentenceAfter) && ASKS.test(sentenceBefore);
  return (
    (!isAsked && DENIED_IN_CLAUSE.test(clauseBefore)) || isRefuted(clauseAfter, sentenceBefore, sentenceAfter)
  );
}

/** Like `isDenied`, but only for a negation directly before the match. Others can be part of the failure. */
export function isDeniedNearby({
  clauseBefore,
  clauseAfter,
  sentenceBefore,
  sentenceAfter,
}: WordsAround): boolean {
  return DENIED_NEARBY.test(clauseBefore) || isRefuted(clauseAfter, sentenceBefore, sentenceAfter);
}

/** Whether the matched words contain a negation that the pattern lacks: `our action never times out`. */
export function isDeniedWithin(words: string, { source }: RegExp): boolean {
  return (
    WITHIN.test(words) &&
    !/\bno(?:t|r|thing)?\b|n\[|\\bno\\b|never|without|cannot|can\(|could\(|does\(|unable/i.test(source)
  );
}

const WITHIN = /\b(?:not|never|nor|neither|no longer)\b|n['’]t\b/i;

/** Whether the author calls the statement wrong or already knows it. */
export function isCalledWrong({ clauseAfter, sentenceBefore, sentenceAfter }: WordsAround): boolean {
  return isRefuted(clauseAfter, sentenceBefore, sentenceAfter);
}

function isRefuted(clauseAfter: string, sentenceBefore: string, sentenceAfter: string): boolean {
  return DENIED_AFTERWARDS.test(clauseAfter) || REFUTED.test(sentenceAfter) || KNOWN.test(sentenceBefore);
}

/** Whether the sentence is about the past. */
export function isOver({ clauseBefore, sentenceBefore, sentenceAfter }: WordsAround): boolean {
  return (
    OVER.test(clauseBefore) || OVER_BEFORE_COMMA.test(sentenceBefore) || OVER_AFTERWARDS.test(sentenceAfter)
  );
}

/** Matches the rest of a sentence that reports the end of a failure: `... was fixed`, `... until last week`. */
const PASSED_AFTERWARDS =
  /^(?![^.!?\n]*\bstill\b)[^.!?\n]{0,60}\b(?:(?:is|was|has been|got) (?:already |since |now |meanwhile )?(?:fixed|solved|resolved|gone|history)|(?:went|has gone) away|until (?:last|yesterday|recently|we|I|they|\w+day))\b/i;

/** Whether the sentence says that the failure with the matched status no longer occurs. */
export function isPastStatus({ sentenceBefore, sentenceAfter }: WordsAround): boolean {
  return PASSED_AFTERWARDS.test(sentenceAfter) || /^\W{0,3}(?:resolved|solved|fixed)\b/i.test(sentenceBefore);
}

/** Whether the sentence only considers the match: in a condition, a plan or a yes-or-no question. */
export function isConsidered({ clauseBefore, sentenceBefore, sentenceAfter }: WordsAround): boolean {
  if (PREVENTS.test(sentenceBefore)) return true;
  if (CONDITION.test(clauseBefore) || CONDITION_BEFORE_COMMA.test(sentenceBefore)) return true;
  const isQuestion = ENDS_IN_QUESTION.test(sentenceAfter);
  return isQuestion && ASKS.test(sentenceBefore) && !WHY.test(sentenceBefore);
}

/** Matches another system with its own tokens, scopes and limits, unless the sentence then names the platform. */
const OTHER_SYSTEM =
  /\b(?:Okta|Entra|Azure|Auth0|Google|GCP|Salesforce|Keycloak|Zendesk|ServiceNow|HubSpot|Twilio|AWS|Microsoft|GitHub|GitLab|Slack|Zoom|Dynamics|Kubernetes|k8s|Windows|Active Directory|Jira|Snowflake|CRM|[Rr]edis|our own (?:API|service|backend))\b(?![^.!?\n]{0,200}\b(?:Genesys|PureCloud|the platform|\/api\/v2\/))/i;

/** Whether the sentence names another system before the match. */
export function isOfOtherSystem({ sentenceBefore }: WordsAround): boolean {
  return OTHER_SYSTEM.test(sentenceBefore);
}

/** Pattern source for applications that have their own users, organizations and permissions. */
const APPLICATION =
  "(?:CRM|Salesforce|ServiceNow|Zendesk|SharePoint|Jira|HubSpot|Dynamics|SAP|Confluence|Slack|Zoom|Postgres|MySQL|Oracle|warehouse)";
const OF_APPLICATION = new RegExp(
  `(?<!\\bGenesys\\b[^.!?\\n]{0,60})\\b${APPLICATION}\\b(?![^.!?\\n]{0,200}\\b(?:Genesys|PureCloud|data ?action|/api/v2/))`,
  "i",
);
/** Matches the rest of a sentence about another application, a test or a document. */
const OF_OTHERS_AFTERWARDS = new RegExp(
  `^[^.!?\\n]{0,60}\\b(?:(?:of|in|for|about|from|by) (?:the |our |my |a )?(?:${APPLICATION}|unit tests?|docs|documentation|test fixture|another project)\\b|as the docs say|according to the docs)|^[^.!?\\n]{0,20}\\((?:from the docs|${APPLICATION})`,
  "i",
);

/** Whether the sentence is about someone else, or quotes a document or source code. */
export function isOfOthers(around: WordsAround): boolean {
  const { sentenceBefore, sentenceAfter, lineBefore } = around;
  return (
    OF_OTHERS.test(sentenceBefore) ||
    OF_APPLICATION.test(sentenceBefore) ||
    OF_OTHERS_AFTERWARDS.test(sentenceAfter) ||
    COMMENT.test(lineBefore) ||
    isQuoted(around)
  );
}

/** Whether the match is part of a quoted document or of source code. */
export function isQuoted({ sentenceBefore, clauseBefore, lineBefore }: WordsAround): boolean {
  const clause = clauseBefore.trimStart();
  const opening = sentenceBefore.slice(0, sentenceBefore.length - clauseBefore.length);
  return QUOTED.test(clause) || QUOTED_BEFORE_COMMA.test(opening) || CODE.test(lineBefore);
}
