const WORDS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:Bad Request|BAD_REQUEST|BadRequest(?:Exception|Error)?)\b/, 400],
  [/\b(?:Forbidden|FORBIDDEN)(?:Exception|Error)?\b/, 403],
  [/\b(?:Unauthorized|UNAUTHORIZED)(?:Exception|Error)?\b(?! endpoint)/, 401],
  [/\bToo ?Many ?Requests\b|\bTOO_MANY_REQUESTS\b/i, 429],
  [/\bBad ?Gateway\b/i, 502],
  [/\bService ?Unavailable\b/i, 503],
  [/\bGateway ?Time-?out\b/i, 504],
];

/**
 * Matches the name of a status next to a word that introduces it: `status code Conflict`, `HttpStatus.NOT_FOUND`,
 * `ApiException: Not Found`.
 */
const NAMED =
  /\b(?:status(?: ?code)?(?: is| was|:|=)?\s|HttpStatus(?:Code)?[.:]{1,2}|StatusCode[.:=]{1,2}\s?|ApiException: )["'`]?(Not[_ ]?Found|Conflict|Gone|Method[_ ]?Not[_ ]?Allowed|Request[_ ]?Timeout|Request[_ ]?Entity[_ ]?Too[_ ]?Large|Payload[_ ]?Too[_ ]?Large|Unprocessable[_ ]?(?:Entity|Content)|Precondition[_ ]?Failed|Unsupported[_ ]?Media[_ ]?Type|Internal[_ ]?Server[_ ]?Error|Not[_ ]?Implemented)\b/i;
const NAMES: Readonly<Record<string, number>> = {
  notfound: 404,
  methodnotallowed: 405,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  preconditionfailed: 412,
  requestentitytoolarge: 413,
  payloadtoolarge: 413,
  unsupportedmediatype: 415,
  unprocessableentity: 422,
  unprocessablecontent: 422,
  internalservererror: 500,
  notimplemented: 501,
};

/**
 * Returns the status whose name the text contains: a reason phrase, or the name of a constant next to a word that
 * introduces it. `isMeant` decides whether the phrase at a position counts.
 */
export function findNamedStatus(text: string, isMeant: (at: number) => boolean): number | null {
  const said = WORDS.find(([pattern]) => {
    const at = pattern.exec(text)?.index;
    return at !== undefined && isMeant(at);
  });
  const [, name = ""] = NAMED.exec(text) ?? [];
  return said?.[1] ?? NAMES[name.replace(/[_ ]/g, "").toLowerCase()] ?? null;
}
