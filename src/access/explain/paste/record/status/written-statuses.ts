import { NO_COUNT, NUMBER } from "./status-number.ts";

const VERBS =
  "(?:return|answer|respond|receive|get|fail|throw|give|see|reject|print)(?:s|ed|d|ting|ing|n)?|says|said|repl(?:y|ies|ied)|(?:comes?|came|coming) back|(?:(?:tell|give|show)s?|told|gave|showed) (?:me|us)|(?:devuelve|devolve|retorna|responde)(?:n|m)?|(?:devolvendo|retornando|respondendo|devolviendo|retornando|respondiendo|dando)|d[áa]|recib(?:o|imos)|receb(?:o|emos)|renvoie|liefert|antwortet|kommt|bekomm(?:e|en)|got|gave|threw|saw|error|errors out|errored|failure|refused|denied|blocked|(?:actually|but) (?:found|was|got|had)|actual(?: (?:value|status|code|status code|response))?(?: (?:is|was))?";

/** Patterns for the places where people write a status in a sentence or a title. */
export const WRITTEN_STATUSES: readonly RegExp[] = [
  new RegExp(
    `\\b(?:${VERBS})\\b[:\\s]{1,3}(?:(?:with|w\\/|an?|the|HTTP|error|status|code|back|back a|by|as|una?|uma?|con|com|mit|ein|einen|une|plain|bare|simple|generic|flat)\\s{1,3}){0,4}["'(<]?${NUMBER}${NO_COUNT}`,
    "gi",
  ),
  new RegExp(
    `\\b(?:an?|the|this|that|these|its|same|with|of|to be|eine?|einen|una?|uma?|une)\\s{1,2}(?:HTTP\\s)?${NUMBER}s?\\b(?!\\s{1,3}(?!error|cors|api|http|body|code|response|answer|status|saying|says|from|on|for|when|is|was|with|and|but|if|in|as|again|zur|because|since|after|although|unless|until|instead|while|without|due|now|only|every|each|here|sur|avec|pour|quand|lors|bei|beim|auf|mit|wenn|para|con|cuando|sobre)[a-z]{3,})${NO_COUNT}`,
    "gi",
  ),
  new RegExp(`(?<![\\w.:/-])${NUMBER}\\s{1,2}(?:errors?|responses?|status|answers?|refusals?)\\b`, "gi"),
  // `we hit the 429 rate limit`
  new RegExp(
    `\\b(?:hit(?:ting|s)?|reach(?:ed|ing|es)?|exceed(?:ed|ing|s)?|r[au]n(?:ning)? into|got|get(?:ting)?)\\s(?:the |a )?${NUMBER}\\srate[ -]limit`,
    "gi",
  ),
  // `POST /api/v2/routing/queues is 403ing`
  new RegExp(`(?<![\\w.:/-])${NUMBER}['’]?(?:ing|ed)\\b`, "g"),
  // `403 wants recording:screenRecording:view`
  new RegExp(`(?<![\\w.:/-])${NUMBER}\\s{1,2}(?:wants|asks for|names|demands|complains)\\b`, "gi"),
  // The word for "error" in several languages
  new RegExp(
    `(?:\\b(?:Fehler(?:code)?|Statuscode|Erreur|Errore|Erro|C[oó]digo)\\b|エラー|错误|오류)[\\s:：]{0,3}(?:HTTP[\\s-]{0,2})?${NUMBER}`,
    "gi",
  ),
  // `handle 409 from PUT /api/v2/...`, `the 403s on https://api...`, `seit heute 401 von /api/v2/...`
  new RegExp(
    `(?<![\\w.:/-])${NUMBER}s?\\s{1,2}(?:from|on|of|for|von|vom|bei|auf|für|sur|pour|en|de|em|na|no|para|da|su|per)\\s{1,2}["'\`]?(?:(?:GET|POST|PUT|PATCH|DELETE)\\s|https?:|/api/)`,
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
  // `user A gets a 403, user B a 404`, `403 in prod and 404 in the sandbox`
  new RegExp(
    `\\b(?:gets?|got|receives?d?|sees?|saw|returns?|gives?|gave|answers?|respond(?:s|ed) with)\\s(?:an? |HTTP )?[45]\\d\\d\\b[^.;:\\n\\d]{0,40}?(?:[,;]|\\band\\b|\\bbut\\b|\\bwhile\\b)[^.;:\\n\\d]{0,24}?\\s(?:an? |HTTP )?(?=[45])${NUMBER}(?=[\\s.,;:!?)]|$)${NO_COUNT}`,
    "gi",
  ),
  // `does not return 200 but 403`
  new RegExp(`(?<![\\w.:-])20\\d,? but (?:an? |the )?${NUMBER}`, "gi"),
];
