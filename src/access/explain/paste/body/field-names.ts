import { asString, type JsonRecord } from "../../../../core/json.ts";

/**
 * Names of the fields that describe a request and its response, in lower case and without separators:
 * `http.request.method`, `http_method` and `httpMethod` are one name. The most specific names come first.
 */
export const FIELD_NAMES = {
  method: ["method", "httpmethod", "requestmethod", "httprequestmethod", "invocationmethod", "verb"],
  url: [
    "url",
    "uri",
    "requesturl",
    "requesturi",
    "urlfull",
    "urloriginal",
    "httpurl",
    "invocationurl",
    "endpoint",
    "path",
    "urlpath",
    "httptarget",
    "httppath",
    "requestpath",
    "href",
    "resource",
    "data",
  ],
  status: [
    "status",
    "statuscode",
    "httpstatus",
    "httpstatuscode",
    "httpresponsestatuscode",
    "responsestatus",
    "responsecode",
    "invocationstatuscode",
    "httpcode",
    "resultcode",
  ],
  code: ["code", "errorcode"],
  message: [
    "message",
    "errormessage",
    "usermessage",
    "messagewithparams",
    "errordescription",
    "errorsummary",
    "statustext",
    "reason",
  ],
  contextId: [
    "contextid",
    "correlationid",
    "inincorrelationid",
    "genesyscorrelationid",
    "httpresponseheadersinincorrelationid",
    "cid",
  ],
} as const;

export type FieldKind = keyof typeof FIELD_NAMES;

/** Returns the value of the most specific field of this kind that `read` accepts; null if none exists. */
export function fieldOf<Value>(
  record: JsonRecord,
  kind: FieldKind,
  read: (value: unknown) => Value | null,
): Value | null {
  const names: readonly string[] = FIELD_NAMES[kind];
  let best: { readonly rank: number; readonly value: Value } | null = null;
  for (const [name, value] of Object.entries(record)) {
    const rank = name.length > 60 ? -1 : names.indexOf(name.toLowerCase().replace(/[^a-z]/g, ""));
    if (rank === -1 || (best !== null && best.rank <= rank)) continue;
    // Search indexes return every field as a list.
    const known = read(Array.isArray(value) && value.length === 1 ? value[0] : value);
    if (known !== null) best = { rank, value: known };
  }
  return best?.value ?? null;
}

/** Returns the most specific field of this kind that is a string; null if none exists. */
export function textOf(record: JsonRecord, kind: FieldKind): string | null {
  return fieldOf(record, kind, asString);
}
