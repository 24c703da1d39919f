import { REFUSAL_CODE } from "../body/code-words.ts";
import { findNamedStatus } from "./named-status.ts";

/** A status in the text, with its position. */
export interface StatusMention {
  readonly start: number;
  readonly status: number;
}

/**
 * Pattern source for statuses in use. Leaves out numbers that usually mean something else: 443 is a port, 250
 * and 350 are counts.
 */
const NUMBER =
  "(20[0-8]|226|30[0-8]|4[0-2]\\d|43[01]|451|49[4-9]|5[0-2]\\d|530|59[89])(?![\\w.]?\\d|,\\d{3}(?![\\w-]))";
/**
 * Pattern source that excludes counts, which are followed by a plural: `got 403 rows` is one, `got 403 errors`
 * is not.
 */
const NO_COUNT =
  "(?!\\s{1,3}(?!(?:errors|responses|answers|statuses|is|was|as|this|always|sometimes|cors)\\b)[a-z]+s\\b(?![=:])|\\s?(?:ms|[kM]?B|seconds?|minutes?)\\b)";
const PHRASES =
  'OK\\b|Created\\b|Accepted\\b|No Content|Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Conflict\\b|Gone\\b|Unprocessable|Too[ _]?Many|Internal Server|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time|Throttled\\b|Request Time|Request Entity|Payload Too|Unsupported Media|Client Error|Server Error|\\{"|\\ue000';
const FIELD =
  "(?:http[ _-]?)?(?:status|response|invocation_status)[ _-]?(?:code)?|http[ _-]?code|(?:rc|(?:ret|return|resp|result)[ _-]?code)(?=\\W{0,3}[:=])|(?:api|auth) error|http(?: error)?(?: code)?|httperror|(?:(?<!exit )|error[_-]?)code|ApiException|apiexception|ClientResponseError|result(?=\\s?[:=]\\s?')";
const VERBS =
  "(?:return|answer|respond|receive|get|fail|throw|give|see|reject|print)(?:s|ed|d|ting|ing|n)?|says|said|repl(?:y|ies|ied)|(?:comes?|came|coming) back|(?:(?:tell|give|show)s?|told|gave|showed) (?:me|us)|devuelve|devolve|retorna|responde|recib(?:o|imos)|receb(?:o|emos)|renvoie|liefert|antwortet|kommt|bekomm(?:e|en)|got|gave|threw|saw|error|errors out|errored|failure|refused|denied|blocked|(?:actually|but) (?:found|was|got|had)|actual(?: (?:value|status|code|status code|response))?(?: (?:is|was))?";

/**
 * Patterns for the places where a three-digit number is a status. Elsewhere it is data, such as a count, a duration,
 * a port or part of a name.
 */
const PLACES: readonly RegExp[] = [
  new RegExp(`\\bHTTP\\/[\\d.]{1,4}["']?[\\s:,|]{1,3}["']?${NUMBER}`, "gi"),
  new RegExp(
    `\\b(?:${FIELD})\\b["'\\])]?\\s{0,8}(?:[:=]|=>|is|was|of)?\\s{0,3}[[("']{0,2}${NUMBER}${NO_COUNT}`,
    "gi",
  ),
  new RegExp(
    `\\b(?:${VERBS})\\b[:\\s]{1,3}(?:(?:with|an?|the|HTTP|error|status|code|back|back a|by|as|una?|uma?|con|com|mit|ein|einen|une)\\s{1,3}){0,4}["'(<]?${NUMBER}${NO_COUNT}`,
    "gi",
  ),
  new RegExp(
    `(?:->|=>|→|<-{1,2}|←|⇢)\\s{0,3}(?:HTTP(?: error)?[\\s:]{1,2})?[[(*_\`]{0,3}${NUMBER}(?!\\s?(?:ms|[kM]?B)\\b)`,
    "g",
  ),
  new RegExp(`(?<![\\w.:-])${NUMBER}(?:[\\s:,_-]{1,3}|["')]\\s?)[("']{0,2}(?:${PHRASES})`, "gi"),
  // `(403) Forbidden`, `: (403)`, `fine (200)`
  new RegExp(`(?:^|[\\s:])\\(${NUMBER}\\)`, "gm"),
  new RegExp(`(?::\\s|^\\s{0,12})${NUMBER}\\s{1,2}[-–]\\s`, "gm"),
  // A status alone on its line, or at the start of a line before its body or reason phrase. The name of a logger
  // may precede it.
  new RegExp(
    `^[\\s>]{0,8}(?:\\[[\\w -]{1,30}\\]\\s{1,2})?${NUMBER}(?=\\s*$|:\\s|\\s(?:on|for|from)\\s(?:[A-Z]{3,6}\\s|https?:|\\/)|\\s{0,3}(?:[\\ue000{<]|"))`,
    "gm",
  ),
  new RegExp(
    `\\b(?:an?|the|this|that|these|its|same|with|of|to be|eine?|einen|una?|uma?|une)\\s{1,2}(?:HTTP\\s)?${NUMBER}s?\\b(?!\\s{1,3}(?!error|cors|api|http|body|code|response|answer|status|saying|says|from|on|for|when|is|was|with|and|but|if|in|as|again|zur|because|since|after|although|unless|until|instead|while|without|due|now|only|every|each|here|sur|avec|pour|quand|lors|bei|beim|auf|mit|wenn|para|con|cuando|sobre)[a-z]{3,})${NO_COUNT}`,
    "gi",
  ),
  new RegExp(`(?<![\\w.:/-])${NUMBER}\\s{1,2}(?:errors?|responses?|status|answers?|refusals?)\\b`, "gi"),
  // `403 wants recording:screenRecording:view`
  new RegExp(`(?<![\\w.:/-])${NUMBER}\\s{1,2}(?:wants|asks for|names|demands|complains)\\b`, "gi"),
  // The word for "error" in several languages
  new RegExp(
    `(?:\\b(?:Fehler(?:code)?|Statuscode|Erreur|Errore|Erro|C[oó]digo)\\b|エラー|错误|오류)[\\s:：]{0,3}(?:HTTP[\\s-]{0,2})?${NUMBER}`,
    "gi",
  ),
  // `400 could.not.delete - message`, `"403 missing.permissions"`
  new RegExp(`(?<![\\w.:/-])${NUMBER}[\\s:*\`]{1,5}${REFUSAL_CODE}`, "g"),
  // `RuntimeError`, then `[409] The object was changed`, as Make writes it
  new RegExp(`Error\\.?\\s{1,2}\\[${NUMBER}\\]\\s`, "g"),
  // `handle 409 from PUT /api/v2/...`, `the 403s on https://api...`
  new RegExp(
    `(?<![\\w.:/-])${NUMBER}s?\\s{1,2}(?:from|on|of|for)\\s{1,2}["'\`]?(?:(?:GET|POST|PUT|PATCH|DELETE)\\s|https?:|/api/)`,
    "g",
  ),
  // `GET /api/v2/routing/queues in the same job is 403 as well`
  new RegExp(
    `(?:/api/v2/|\\b(?:GET|POST|PUT|PATCH|DELETE) /)[^\\n]{0,120}?\\s(?:is|are)\\s(?:also |still |always |now |a )?${NUMBER}${NO_COUNT}`,
    "g",
  ),
  // `Summary: 403 when saving a queue`
  new RegExp(
    `^(?:[Ss]ummary|[Tt]itle|[Ss]ubject|[Ii]ssue|[Bb]ug|[Bb]etreff)\\s?:\\s{1,3}${NUMBER}(?=\\s[a-z])`,
    "gm",
  ),
  // `Error: Failed to delete queue: 403`, `genesyscloud_flow.ivr: error updating flow: 403`, as Terraform prints them
  new RegExp(
    `^(?:Error: |\\S{0,80}genesyscloud_\\w{2,80}\\.\\S{1,80}: [^\\n]{0,60}\\b(?:error|failed)\\b)[^\\n]{0,200}: ${NUMBER}\\s*$`,
    "gim",
  ),
  // `error(403, Optional(173 bytes)`, as Swift prints its ErrorResponse
  new RegExp(`\\berror\\(${NUMBER},`, "g"),
  // `1758012345678,412,GET users,403,Forbidden`: a row of JMeter results
  new RegExp(`^\\d{13},\\d{1,7},[^,\\n]{0,200},${NUMBER},`, "gm"),
  // `The HTTP response from the server [404] did not permit the upgrade`, `429 retry-after=12`
  new RegExp(`\\bresponse from the server \\[${NUMBER}\\]`, "g"),
  new RegExp(`(?<![\\w.:/-])${NUMBER}[\\s,;]{1,3}retry[-_ ]?after\\s?[=:]`, "gi"),
  // `intermittent 429s`, `seeing 502s`
  new RegExp(
    `\\b(?:intermittent|occasional|random|sporadic|frequent|constant|repeated|many|some|several|seeing|getting|hitting|throwing|see|hit)\\s{1,2}(?:HTTP\\s)?${NUMBER}s?(?=[\\s,.;:!?)]|$)${NO_COUNT}`,
    "gi",
  ),
  // `it is always 403`, `keeps returning 403`
  new RegExp(
    `\\b(?:always|still|again|constantly|keeps? (?:getting|returning|giving|answering))(?: an?)?\\s{1,2}${NUMBER}(?=[\\s.,;:!?)]|$)(?! (?:of|more|other|left)\\b)${NO_COUNT}`,
    "gi",
  ),
  // `Sandbox: 200. Prod: 403.`
  new RegExp(
    `\\b(?:dev|test|sandbox|staging|stage|QA|UAT|prod|production|live|Postman|curl)\\s?[:=]\\s{0,2}${NUMBER}(?=[\\s.,;!?)]|$)`,
    "gi",
  ),
  // `does not return 200 but 403`
  new RegExp(`(?<![\\w.:-])20\\d,? but (?:an? |the )?${NUMBER}`, "gi"),
  // `headers after 91 ms - 403`
  new RegExp(`\\sms? - ${NUMBER}\\s*$|\\d(?:ms|s) - ${NUMBER}\\s*$`, "gm"),
  // `0/0/12/181/193 403 512 - - ---- "POST /api/v2/...`, `0.001 0.181 0.000 403 403 34 366 "GET https:...`: load
  // balancers log the status between the times and the request
  new RegExp(
    `(?:\\d\\/\\+?\\d{1,9}|\\d\\.\\d{1,6}|-1) ${NUMBER} (?:\\d{1,12}|-) [^"\\n]{0,200}"(?:GET|POST|PUT|PATCH|DELETE|HEAD) `,
    "g",
  ),
  // `http.codes.403: .... 120`, `[403] 120 responses`, as load generators count them
  new RegExp(`\\bhttp\\.codes\\.${NUMBER}:|^\\s{0,8}\\[${NUMBER}\\]\\s{1,8}\\d{1,9} responses`, "gm"),
  new RegExp(`^(?:STATUS|Status)\\s{1,8}:\\s${NUMBER}`, "gm"),
  // `403 0.143s https://api...`: `curl -w` prints the status, then times and sizes, then the address
  new RegExp(
    `^[\\s"']{0,8}${NUMBER}["']?(?:[\\s,;|]{1,4}["']?[\\d.]{1,12}\\s?(?:ms|s|[kM]?B|bytes)?["']?){1,5}[\\s,;|]{1,4}["']?(?:[A-Z]{3,6} )?(?:https?:\\/\\/|\\/api\\/v2\\/)`,
    "gm",
  ),
];
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
/** Matches words before the expected status of a test, which is not the actual one. */
const EXPECTATION =
  /\b(?:expect(?:ed|s|ing)?|should(?: be)?|wanted|instead of|not)[\s:](?:a |an |status |code |HTTP |to be |result|behaviou?r|response|answer|output)?[\s:*]{0,4}["'(]?$|\bAssertionError\s{1,4}[\w ]{0,30}\bis $/i;

/**
 * Matches the words before a status that did not occur: `the requests do not trigger 429`, `we never get a 403`,
 * `without any 401`.
 */
const DENIED =
  /\b(?:n[o']t|(?:do|does|did|are|is|was|were|has|have|had|would|wo|could)n['’]t|not|never|without|no longer)\s(?:(?:be|been|even|ever|actually|currently) )?(?:(?:trigger|get|gett|see|return|receiv|hit|hitt|throw|produc|caus|giv|give|receive|cause|produce)(?:s|ing|ed|n)? )?(?:an? |any |the |HTTP )?["'(]?$/i;

/** Matches the mark of a test that passed, which then got the status that it expects: `✓ throws on 403`. */
const PASSED = /^\s{0,20}[✓✔√✅]\s/;

/** Matches protocols whose codes look like HTTP statuses: SIP, STUN and ISDN. */
const OTHER_PROTOCOL =
  /\b(?:SIP|STUN|TURN|ISDN)\b|(?<![a-z])(?:[sS]ip|[sS]tun)(?=[A-Z])|(?<=[a-z])(?:Sip|Stun)(?=[A-Z])/;
const HTTP = /https?:|\bHTTP\b|\/api\/v2\//;

/** Whether the text is only about a protocol whose codes are not HTTP statuses. */
export function isOtherProtocol(text: string): boolean {
  return OTHER_PROTOCOL.test(text) && !HTTP.test(text);
}

/** Returns the statuses in masked text, in order. `urlEnds` are the positions where URLs end. */
export function findStatuses(text: string, urlEnds: readonly number[] = []): readonly StatusMention[] {
  if (!ANY_NUMBER.test(text) || isOtherProtocol(text)) return [];
  const found = new Map<number, number>();
  const add = (at: number, digits: string | undefined): void => {
    const isExpected = EXPECTATION.test(text.slice(Math.max(0, at - 40), at));
    if (digits !== undefined && !isExpected && !isDenied(text, at)) found.set(at, Number(digits));
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

/**
 * Whether the text says that the status at a position did not occur. The position can be that of a reason phrase
 * after the number.
 */
function isDenied(text: string, at: number): boolean {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  if (PASSED.test(text.slice(start, start + 24))) return true;
  return DENIED.test(text.slice(Math.max(0, at - 44), at).replace(/\d{3} $/, ""));
}
