/** Matches platform messages about a limit, which people quote within their own sentences. */
const LIMIT_SENTENCE = /(?:You must specify a search interval|Pagination may not exceed)[^\n.!?"”]{0,200}/i;
/** Matches a status followed by the quoted message of the response: `a 409 and the text "The version ..."`. */
const QUOTED =
  /(?<![\d:.])[45]\d\d\b[^\n"“”]{0,80}(?:\b(?:text|message|saying|says|said|reads|reason|detail)\b[^\n"“”]{0,20}|\s(?:with|con|com|mit)\s)["“](?!https?:|[A-Z]{3,7} \/)([^"“”\n]{10,400})["”]/i;
/** Matches the message that a tool prints in the line below its error: `Error: ...: 409 Conflict`, `Message: ...`. */
const LINE_BELOW = /(?<![\d:.])[45]\d\d\b[^\n]{0,60}\n\s{0,8}(?:error )?message:? ([^\n"{]{10,300})/i;
/** Matches a message directly after its status: `fails with 400: "The interval exceeds the maximum"`. */
const DIRECT =
  /(?<![\d:.])[45]\d\d:? ["“](?!https?:|[A-Z]{3,7} \/)((?:[^"“”\s\n]{1,60} ){2,60}[^"“”\s\n]{1,60})["”]/;
/** Matches a message after the reason phrase of its status: `HTTP 403 Forbidden: Insufficient permissions for ...`. */
const BEHIND_PHRASE =
  /(?<![\d:.])[45]\d\d (?:Bad Request|Unauthorized|Forbidden|Not Found|Conflict): ([A-Z](?:[^"“”\s\n{]{1,60} ){2,60}[^"“”\s\n{]{1,60})$/m;
const FIELD_NAME = /^[a-z]+(?:[_A-Z][a-zA-Z_]*)?$/;
/** Matches a message field in quotation marks of any kind: `"error_description": "..."`. */
const FIELD =
  /["“](?:message|error_?[dD]escription|error_?[mM]essage|detail|description)["”]\s{0,3}:\s{0,3}["“]([^"“”\n]{3,400})["”]/;
/** Matches the end of a quotation, with the correlation id that may follow: `"... assigned: [a:b:c]" (id)`. */
const QUOTE_END = /(?:(?<!\s)["”]|\s?»)(?:\s{0,3}\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))?/;

/** Matches the fields of a response written as a list: `HTTP 400, code "bad.request", message "..."`. */
const LISTED = /(?<![\d:.])[45]\d\d\b[^\n]{0,120}?[\s,;(]message:? ["“]([^"“”\n]{3,400})["”]/i;

/** Returns the response message that the text quotes; null if it quotes none. */
export function readQuotedMessage(text: string): string | null {
  const [sentence] = LIMIT_SENTENCE.exec(text) ?? [];
  const [, quoted = null] = QUOTED.exec(text) ?? [];
  if (sentence !== undefined) return sentence.trim();
  const [, value] =
    FIELD.exec(text) ??
    LISTED.exec(text) ??
    LINE_BELOW.exec(text) ??
    DIRECT.exec(text) ??
    BEHIND_PHRASE.exec(text) ??
    [];
  // A quoted field name is not a message.
  return value ?? (quoted !== null && FIELD_NAME.test(quoted) ? null : quoted);
}

/** Separates a quoted message from the correlation id after it. */
export function splitQuotation(sentence: string): {
  readonly message: string;
  readonly contextId: string | null;
} {
  const end = QUOTE_END.exec(sentence);
  if (end === null) return { message: sentence, contextId: null };
  return { message: sentence.slice(0, end.index), contextId: end[1] ?? null };
}
