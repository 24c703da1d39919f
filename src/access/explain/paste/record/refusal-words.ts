import { CAPITAL_CODE, REFUSAL_CODE } from "../body/code-words.ts";
import { PLATFORM_SENTENCE } from "../body/platform-sentence.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { readListedPermissions } from "./listed-permissions.ts";
import { splitQuotation } from "./quoted-message.ts";
import { readTokenWords } from "./token-words.ts";

/**
 * Matches an API response as the Go SDK, Terraform and the official CLI print it:
 * `API Error: 403 - message (id)`.
 */
const API_ERROR =
  /API Error:?\s{0,3}(\d{3})\s{0,3}-\s{0,3}([^\n]{1,2000}?)(?:\s{0,3}\(([0-9a-f-]{8,64})\)|["'`]?\s{0,3}$)/im;
/**
 * Matches the exception of the Java SDK with the response's message but no status:
 * `com.mypurecloud.sdk.v2.ApiException: Invalid value for pageSize`.
 */
const JAVA_ERROR = /\bcom\.mypurecloud\.sdk\.v2\.ApiException: (?!\d)([A-Z][^\n{]{8,400})$/m;
/**
 * Matches a response as the integration platform Make prints it: `RuntimeError`, then `[409] message (code: ...)`.
 */
const BRACKETED_ERROR = /Error\.?\s{1,2}\[([45]\d\d)\] ([^\n]{1,1000}?)(?=\s\(code:|\s{0,3}$)/m;
/**
 * Matches a status with a platform code and its message, as programs log them: `400 could.not.delete - message`.
 */
const CODE_ERROR = new RegExp(
  `(?<![\\w.])([45]\\d\\d)[\\s:-]{1,3}(${REFUSAL_CODE})\\s{0,3}[-–:]\\s{1,3}([^\\n]{1,1000}?)(?=\\s{0,3}(?:[,;([]\\s{0,3})?(?:context|correlation)[-_ ]?id\\b|\\s{0,3}\\([0-9a-f-]{8,64}\\)|\\s{0,3}$)`,
  "im",
);
/**
 * Matches a status with a platform code but no message: `403 missing.permissions`,
 * `Code=403 "missing.permissions"`, `| 403 | missing.permissions |`.
 */
const CODE_ALONE = new RegExp(
  `(?<![\\w.])([45]\\d\\d)(?: (?:Forbidden|Unauthorized|Bad Request|Not Found|Conflict))?[\\s:"'(\`*|,;→=-]{1,8}(?:(?:with|and|code|error|reason|saying|says|because of|due to|\\w{0,20}(?:[Rr]eason|REASON|[Tt]ext|TEXT|[Mm]sg|MSG|[Mm]essage|[Cc]ode|CODE|[Ee]rror)(?=\\s{0,2}[:=]))[\\s:="'\`*]{1,4}){0,3}(${REFUSAL_CODE})`,
);
/** Matches a status with the code in a separate field on the same line: `403 ..., code missing.permissions`. */
const CODE_NAMED = new RegExp(
  `(?<![\\w.])([45]\\d\\d)\\b[^\\n{}]{0,60}?\\b(?:(?:[Ee]rror ?)?[Cc]ode|[Rr]eason)\\b[\\s:="'\`]{1,4}(${REFUSAL_CODE})`,
);
/**
 * Matches a status and a later clause about the body: `fails with 403, POST /api/v2/users, body says not.authorized`.
 */
const CODE_SAID = new RegExp(
  `(?<![\\w.])([45]\\d\\d)\\b[^\\n{}]{0,160}?\\b(?:body|response|error|message|answer|it)(?: (?:just|only))? (?:says?|said|is|was|contains?|reads?)[\\s:="'\`]{1,4}(${REFUSAL_CODE})`,
);
/**
 * Matches a status with the code in quotation marks or in a field of any name:
 * `http=403 why="missing.division.permission"`, `un 403 con el mensaje "missing.permissions"`. Does not match
 * the names of loggers, events and files.
 */
const CODE_IN_FIELD = new RegExp(
  `(?<![\\w.])([45]\\d\\d)\\b[^\\n{}\\d]{0,60}?(?:(?<!\\b(?:logger|log|class|event|topic|file|host|name|thread|source|module|key|metric)["']?\\s?[=:]\\s?)["'\`“«]|(?<![\\w.])(?!(?:logger|log|class|event|topic|file|host|name|thread|source|module|key|metric)\\b)\\w{1,20}[=:])(${REFUSAL_CODE})`,
);
/** Matches a status before the call and the code after it: `403  4  GET /api/v2/users  missing.permissions`. */
const CODE_AFTER_CALL = new RegExp(
  `(?<![\\w.])([45]\\d\\d)\\b[^\\n{}]{0,40}?\\b(?:GET|POST|PUT|PATCH|DELETE|HEAD) \\S{4,400}[\\s|,;:→-]{1,12}(${REFUSAL_CODE})(?=[\\s:,;|[(]|$)`,
);
/** Matches a code in capitals that is called a code: `a 400 Bad Request with the error code INVALID_VALUE`. */
const CAPITALS_NAMED = new RegExp(
  `(?<![\\w.])([45]\\d\\d)\\b[^\\n{}]{0,60}?\\b[Cc]ode\\b(?: is| was| of)?[\\s:="'\`(]{1,4}(${CAPITAL_CODE})`,
);
/** Pattern source for the reason phrase of a status as frameworks name it in capitals: `429 TOO_MANY_REQUESTS`. */
const PHRASE_IN_CAPITALS =
  "(?:BAD_REQUEST|NOT_FOUND|METHOD_NOT_ALLOWED|NOT_ACCEPTABLE|REQUEST_TIMEOUT|TOO_MANY_REQUESTS|UNPROCESSABLE_\\w+|INTERNAL_SERVER_ERROR|BAD_GATEWAY|SERVICE_UNAVAILABLE|GATEWAY_TIMEOUT)\\b";
/**
 * Matches a code in capitals directly after its status: `400 INVALID_VALUE`, `400 Bad Request with "INVALID_VALUE"`.
 */
const CAPITALS_BESIDE = new RegExp(
  `(?<![\\w.])([45]\\d\\d)(?: (?:Bad Request|Conflict|Forbidden|Not Found))?(?: with)? ["'\`“]?(?!${PHRASE_IN_CAPITALS})(${CAPITAL_CODE})(?=["'\`”]?(?:\\s|[.,;)]|$))`,
);
/** Matches a code before its status: `missing.permissions (403)`. */
const CODE_FIRST = new RegExp(
  `(?<![\\w./-])(${REFUSAL_CODE})["'\`*]{0,3}(?: (?:with|and|as|status|HTTP)){0,2}[\\s/|,(:]{1,4}(?:status |HTTP )?([45]\\d\\d)\\b`,
);
/** Matches text after a list of permissions that shows that the message ended with the list. */
const LIST_END = /^(?:["'`”»*_)\]}]|\s»|[.,;!?]?(?:\s+[A-Z]|\s*$)|\s{1,3}\()/;
/** Matches the message about missing permissions up to the end of its list. */
const PERMISSION_LIST =
  /^(?:Unable to perform the requested action\.\s{0,3})?You (?:are missing|must have)[^:\n]{0,80}:\s{0,3}(?:\[[^\]\n]{0,1000}\]|[a-z]\w{0,60}(?::[\w*-]{1,80}){2,3}(?:\s?,\s?[a-z]\w{0,60}(?::[\w*-]{1,80}){2,3}){0,20})/i;
/**
 * Matches a code about missing permissions without a status: `comes back with missing.any.permissions`. Other
 * codes need a status to be recognized.
 */
const CODE_MISSING =
  /\b(?:(?:comes?|came) back with|got|gets|says|said|returned|(?:error|code|reason)(?=["']?\s?[:=]))["'`:=\s]{1,5}(missing\.(?:any\.)?(?:division\.)?permissions?)\b/i;
const CORRELATION =
  /\b(?:inin-|genesys-)?(?:correlation[-_ ]?id|contextId)\b["']?(?:[ \t]{4,30}(?=[:=])|\s{0,3})(?:[:=–,-]|=>)?\s{0,3}[[{]?\s{0,3}["']?([0-9a-f][\w-]{7,63})/i;
/**
 * Matches short names of the correlation id before a UUID: `cid=`, `ctxId:`, `context id`,
 * `requestCorrelation=`. Before any other value they can mean something else.
 */
const SHORT_CORRELATION =
  /(?<![A-Za-z])(?:cid|corr|corr(?:el)?[-_ ]?id|ctx(?:[-_ ]?id)?|context[-_ ]id|(?:\w{1,20}[-_]?)?correlation(?:[-_ ]?id)?|ININ)["']?\s{0,3}(?:[:=–-]|=>)?\s{0,3}[[{("']{0,2}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/i;
const RETRY_AFTER = /retry[-_]?after["']?\s{0,3}[:=,\s]\s{0,3}["'[]{0,2}(\d{1,6})/i;
/** Matches the rest of the rate limit's window, which every response has and only a 429 must wait for. */
const WINDOW_REST = /inin-ratelimit-reset["']?\s{0,3}[:=,\s]\s{0,3}["'[]{0,2}(\d{1,6})/i;
const TOO_MANY = /\b429\b|\btoo[ .]many[ .]requests\b|\brate limit exceeded\b/i;
const EDGE_CACHE = /x-cache["']?\s{0,3}[:=]\s{0,3}["'[]{0,2}([^"'\n,\]]{1,80})/i;

/** Reads the details of a refusal from text without an error body: its message, its ids and how long to wait. */
export function readRefusalWords(text: string): Failure {
  const [, correlationId = null] = CORRELATION.exec(text) ?? SHORT_CORRELATION.exec(text) ?? [];
  const [, retryAfter] =
    RETRY_AFTER.exec(text) ?? (TOO_MANY.test(text) ? WINDOW_REST.exec(text) : null) ?? [];
  const [, cache] = EDGE_CACHE.exec(text) ?? [];
  return {
    ...NO_FAILURE_DETAILS,
    form: "words",
    ...(readTokenWords(text) ?? readCodeError(text) ?? readApiError(text)),
    messageParams: readListedPermissions(text),
    headers: {
      ...(correlationId === null ? {} : { "inin-correlation-id": correlationId }),
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
      ...(cache === undefined ? {} : { "x-cache": cache.trim() }),
    },
  };
}

function readApiError(text: string): Pick<Failure, "status" | "message" | "contextId"> {
  const [, status, message, id = null] = API_ERROR.exec(text) ?? BRACKETED_ERROR.exec(text) ?? [];
  const sentence = readSentence(text);
  const [, thrown = null] = JAVA_ERROR.exec(text) ?? [];
  return {
    status: status === undefined ? null : Number(status),
    message: message ?? sentence?.message ?? thrown,
    contextId: id ?? sentence?.contextId ?? null,
  };
}

/** Returns the platform's message in the text. A quoted message ends with the quotation. */
function readSentence(text: string): Pick<Failure, "message" | "contextId"> | null {
  const match = PLATFORM_SENTENCE.exec(text);
  if (match === null) return null;
  const isQuoted = /["“«]\s?$/.test(text.slice(Math.max(0, match.index - 2), match.index));
  if (isQuoted) return splitQuotation(match[0]);
  const [list] = PERMISSION_LIST.exec(match[0]) ?? [];
  const rest = list === undefined ? "" : match[0].slice(list.length);
  // A person may continue on the same line: `...: routing:queue:view. Should we switch to PKCE?`
  if (list !== undefined && LIST_END.test(rest)) return { message: list, contextId: null };
  const isCode = list === undefined && text.charAt(match.index - 1) === "`";
  return { message: isCode ? match[0].replace(/`.*$/, "") : match[0], contextId: null };
}

function readCodeError(
  text: string,
): Pick<Failure, "form" | "status" | "code" | "message" | "contextId"> | null {
  const [, status, code, message] =
    CODE_ERROR.exec(text) ??
    CODE_ALONE.exec(text) ??
    CODE_NAMED.exec(text) ??
    CODE_SAID.exec(text) ??
    codeFirst(text) ??
    CODE_IN_FIELD.exec(text) ??
    CODE_AFTER_CALL.exec(text) ??
    CAPITALS_NAMED.exec(text) ??
    CAPITALS_BESIDE.exec(text) ??
    [];
  if (code === undefined) {
    const [, missing] = CODE_MISSING.exec(text) ?? [];
    return missing === undefined
      ? null
      : {
          form: "api",
          status: null,
          code: missing,
          message: readSentence(text)?.message ?? null,
          contextId: idAfterMessage(text),
        };
  }
  const sentence = readSentence(text)?.message ?? null;
  return {
    form: "api",
    status: Number(status),
    code,
    message: message ?? sentence,
    contextId: idAfterMessage(text),
  };
}

/** Returns the correlation id that the Go SDK appends in parentheses, with or without a message. */
function idAfterMessage(text: string): string | null {
  const [, , , contextId = null] = API_ERROR.exec(text) ?? [];
  return contextId;
}

function codeFirst(text: string): readonly string[] | null {
  const [all = "", code, status] = CODE_FIRST.exec(text) ?? [];
  return code === undefined || status === undefined ? null : [all, status, code];
}
