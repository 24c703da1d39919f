/** Messages from the platform about a limit, which people quote within their own sentences. */
const LIMIT_SENTENCE = /(?:You must specify a search interval|Pagination may not exceed)[^\n.!?"”]{0,200}/i;
/** `a 409 and the text "The version ..."`: the quoted message of a response, after its status. */
const QUOTED =
  /(?<![\d:.])[45]\d\d\b[^\n"“”]{0,80}(?:\b(?:text|message|saying|says|said|reads|reason|detail)\b[^\n"“”]{0,20}|\s(?:with|con|com|mit)\s)["“](?!https?:|[A-Z]{3,7} \/)([^"“”\n]{10,400})["”]/i;
const FIELD_NAME = /^[a-z]+(?:[_A-Z][a-zA-Z_]*)?$/;
/** `"error_description": "..."`, in quotation marks of any kind. */
const FIELD =
  /["“](?:message|error_?[dD]escription|error_?[mM]essage|detail|description)["”]\s{0,3}:\s{0,3}["“]([^"“”\n]{3,400})["”]/;
/** `"... assigned: [a:b:c]" (id)`: a quoted sentence, followed by the id of the response. */
const QUOTE_END = /["”](?:\s{0,3}\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))?/;

/** `HTTP 400, code "bad.request", message "..."`: the fields of a response, written as a list. */
const LISTED = /(?<![\d:.])[45]\d\d\b[^\n]{0,120}?[\s,;(]message:? ["“]([^"“”\n]{3,400})["”]/i;

/** Returns the response message that running text reports; null if absent. */
export function readToldMessage(text: string): string | null {
  const [sentence] = LIMIT_SENTENCE.exec(text) ?? [];
  const [, quoted = null] = QUOTED.exec(text) ?? [];
  if (sentence !== undefined) return sentence.trim();
  const [, value] = FIELD.exec(text) ?? LISTED.exec(text) ?? [];
  // The value of a field is a message; its name is not.
  return value ?? (quoted !== null && FIELD_NAME.test(quoted) ? null : quoted);
}

/** Separates a quoted sentence from the id after the quotation. */
export function splitQuotation(sentence: string): {
  readonly message: string;
  readonly contextId: string | null;
} {
  const end = QUOTE_END.exec(sentence);
  if (end === null) return { message: sentence, contextId: null };
  return { message: sentence.slice(0, end.index), contextId: end[1] ?? null };
}
