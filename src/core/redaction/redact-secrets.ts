import { Secret } from "../secret.ts";
import { lineOf } from "../text.ts";
import { isErrorCode } from "./error-code.ts";

const SHOWN = String(new Secret(""));
/** Matches the start of a placeholder that an earlier pass put in place of a secret. */
const MARK = /^\[(?:secret|empty|variable)\b/;

/** Matches words that follow "bearer" or "basic" in prose. Any other word there is treated as a credential. */
const PROSE_AFTER_SCHEME =
  /^(?:tokens?|headers?|auth|authentication|authorization|access|credentials?|scheme|grant|is|was|and|or|but|in|on|at|as|by|to|of|if|so|with|without|the|that|this|which|from|for|then|when|I|we|it|you|they|can|could|will|has|had|does|did|gets?|got|gives?|works?|worked|returns?|fails?|failed|passes|error)[.:=!?]*$/i;

/** Pattern source for the part of a name that says that its value is secret. */
const SECRET_WORD =
  "(?:secret|passw(?:or)?d|passphrase|token|cookie|verifier|assertion|samlresponse|api[-_]?key|jwt|sessionid)";
const ANY_SECRET_WORD = new RegExp(SECRET_WORD, "i");
/** Pattern source for names whose value is secret: `client_secret`, `X-Api-Key`, `GENESYSCLOUD_ACCESS_TOKEN`. */
const SECRET_NAME = `[\\w.-]{0,60}${SECRET_WORD}[\\w-]{0,30}`;

/**
 * Matches names that resemble those of secrets but belong to numbers, kinds, addresses and errors:
 * `accessTokenValiditySeconds`, `token_type`, `token_url`, `AssertionError`.
 */
const HARMLESS_NAME =
  /(?:seconds|expir\w*|expires_?in|valid\w*|type|timeout|count|limit|endpoint|ur[il]|host|errors?|exceptions?)$/i;

const QUOTED_PAIR = new RegExp(
  `(?<![\\w-])(["'\`]?${SECRET_NAME}\\\\{0,4}["'\`]?\\s{0,4}(?::|=>|:=|=|,|\\()\\s{0,4}\\[?)(\\\\{0,4}["'\`])((?:(?!\\2)(?:\\\\.|[^\\n])){0,8192})`,
  "gi",
);
const BARE_PAIR = new RegExp(
  `(?<![\\w:-])(${SECRET_NAME}\\\\{0,4}["'\`]?\\s{0,4}(?::|=>|:=|=)[ \\t]{0,4}\\[?)([^\\s"'\`\\\\&,;}\\])]{1,8192})`,
  "gi",
);
const FLAG =
  /((?:^|\s)--?(?:client-?secret|access-?token|password|token|oauth2-bearer|proxy-user)[= ]\s{0,4}["']?)([^\s"']{1,4096})/gi;
/**
 * Matches an id and a secret as arguments: `SetBasicAuth("id", "secret")`,
 * `loginClientCredentialsGrant("id", "secret")`, `auth=("id", "secret")`.
 */
const CALL_PAIR =
  /(\b(?:\w{0,40}ClientCredentials\w{0,20}|\w{0,20}basic_?auth|auth)\s{0,4}=?\s{0,4}\(\s{0,20}["'][^"'\n]{0,200}["']\s{0,4},\s{0,20}["'])[^"'\n]{1,4096}/gi;
const CURL_USER = /((?:^|\s)(?:-u\s{0,4}|--user[= ]\s{0,4})["']?)([^\s"':]{0,512}):([^\s"']{0,4096})/g;
const CURL_COOKIE = /((?:^|\s)(?:-b|--cookie)\s{1,4})("[^"\n]{0,8192}"|'[^'\n]{0,8192}'|\S{1,8192})/g;
const COOKIE_LINE = /^([<> \t\w.|-]{0,80}\b(?:set-)?cookie2?\s{0,4}:\s{0,4})([^"'\n]{1,16384})$/gim;
const URL_USER = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]{1,2048}@/gi;
const QUERY_CODE = /([?&#](?:code|samlresponse|sig|signature|x-amz-[\w-]{1,40})=)[^\s&"'<>]{1,8192}/gi;
const FORM_CODE = /((?:^|[\s"'{,])code(?:=|["']?\s{0,4}:\s{0,4}["']))([^\s&"',]{1,4096})/gi;
/**
 * Matches a JSON web token. Starts at a word boundary, so that a long run of letters and digits is scanned only once.
 */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,16384}\.[\w-]{1,16384}(?:\.[\w-]{0,16384})?/g;
const SHORTEST_TOKEN = 40;
/**
 * Matches a long word. The length is bounded, because a word with millions of letters would overflow the regular
 * expression's stack.
 */
const LONG_WORD = /[\w+=-]{40,65536}/g;
/** Matches the rest of a secret that is longer than its pattern allows. */
const REST_OF_SECRET = /(?<=\[secret\])[\w+=-]{1,65536}/g;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
/**
 * Matches a name and its value in separate fields, as in a HAR: `"name": "Authorization", "value": "..."`. The
 * next pattern matches the opposite order.
 */
const NAME_THEN_VALUE = new RegExp(
  `("name"\\s{0,4}:\\s{0,4}"(?:(?:proxy-)?authorization|code|${SECRET_NAME})"\\s{0,20},\\s{0,80}"value"\\s{0,4}:\\s{0,4}")((?:[^"\\\\\\n]|\\\\[^\\n]){0,16384})`,
  "gi",
);
const VALUE_THEN_NAME = new RegExp(
  `("value"\\s{0,4}:\\s{0,4}")((?:[^"\\\\\\n]|\\\\[^\\n]){0,16384})("\\s{0,20},\\s{0,80}"name"\\s{0,4}:\\s{0,4}"(?:(?:proxy-)?authorization|code|${SECRET_NAME})")`,
  "gi",
);
/** Matches an authorization header or field. Captures the scheme, which is kept, and the credentials. */
const AUTHORIZATION =
  /(\b(?:proxy-)?authorization\\{0,4}(?:["'`]?\s{0,4}(?::|=>|=)|["'`]\s{0,4},)\s{0,4}\[?\\{0,4}["'`]?\s{0,4})(?:(Bearer|Basic|Digest|Negotiate|NTLM|Token|\w{2,20})[ \t]{1,8})?([^\s"'`\\,;}\])]{0,16384})/gi;
const SCHEME = /(Bearer|Basic)([^\S\r\n]{1,256}|%20|\+)([^\s"'`,;<>(){}\]\\]{1,16384})/gi;

/**
 * Removes secrets from text before anything else reads it. The kind of credential stays readable
 * (`Bearer [secret]`, `Basic [secret]`, `Basic [secret without id]`, `Basic [secret without base64]`,
 * `Bearer [empty]`, `Bearer [variable]`), because using the wrong kind is a common mistake. When in doubt, removes
 * too much rather than too little.
 */
export function redactSecrets(text: string): string {
  const withoutHeaders = text
    .replace(NAME_THEN_VALUE, (_all, start: string, value: string) => `${start}${hiddenWithScheme(value)}`)
    .replace(
      VALUE_THEN_NAME,
      (_all, start: string, value: string, end: string) => `${start}${hiddenWithScheme(value)}${end}`,
    )
    .replace(URL_USER, `$1${SHOWN}@`)
    .replace(
      CURL_USER,
      (_all, start: string, id: string) => `${start}${id === "" ? "[secret without id]" : SHOWN}`,
    )
    .replace(CALL_PAIR, `$1${SHOWN}`)
    .replace(CURL_COOKIE, `$1${SHOWN}`)
    .replace(AUTHORIZATION, redactAuthorization)
    .replace(SCHEME, (all: string, scheme: string, gap: string, value: string) =>
      PROSE_AFTER_SCHEME.test(value) || MARK.test(value) ? all : `${scheme}${gap}${hidden(scheme, value)}`,
    )
    .replace(COOKIE_LINE, `$1${SHOWN}`);
  return redactPairs(withoutHeaders)
    .replace(FLAG, `$1${SHOWN}`)
    .replace(QUERY_CODE, `$1${SHOWN}`)
    .replace(FORM_CODE, (all: string, start: string, value: string) =>
      isErrorCode(value) ? all : `${start}${SHOWN}`,
    )
    .replace(JSON_WEB_TOKEN, SHOWN)
    .replace(LONG_WORD, (word: string) => (isToken(word) ? SHOWN : word))
    .replace(REST_OF_SECRET, "");
}

/** Removes the values that follow the name of a secret. */
function redactPairs(text: string): string {
  // Searching for words is much faster than searching for names, which most text does not contain.
  if (!ANY_SECRET_WORD.test(text)) return text;
  return text
    .replace(
      QUOTED_PAIR,
      (all: string, name: string, quote: string, value: string, offset: number, whole: string) =>
        isHarmless(name, value) ||
        isEndOfUrl(name, whole[offset - 1]) ||
        isNextField(name, whole.slice(offset + all.length, offset + all.length + 12))
          ? all
          : `${name}${quote}${SHOWN}`,
    )
    .replace(BARE_PAIR, (all: string, name: string, value: string, offset: number, whole: string) =>
      isHarmless(name, value) || isEndOfUrl(name, whole[offset - 1]) || isErrorAtUrl(value, whole[offset - 1])
        ? all
        : `${name}${SHOWN}`,
    );
}

/**
 * Removes secrets from text that a service sent, and returns it as a single line. Proxies and careless services
 * quote the requests that they refuse, and may put a line break between a scheme and its credential.
 */
export function redactLine(text: string): string {
  return redactSecrets(lineOf(redactSecrets(text)));
}

function redactAuthorization(all: string, start: string, scheme: string | undefined, value: string): string {
  if (scheme === undefined) {
    if (isFieldName(value)) return all;
    // `authorization:grant:view` is a permission and `authorization:readonly` a scope.
    if (/^[a-z]{1,40}(?::[a-z*]{1,40})?$/i.test(value) && /authorization:$/i.test(start)) return all;
    return /^(?:Bearer|Basic)$/i.test(value)
      ? `${start}${value} [empty]`
      : value === ""
        ? all
        : `${start}${SHOWN}`;
  }
  return MARK.test(value) ? all : `${start}${scheme} ${hidden(scheme, value)}`;
}

function hiddenWithScheme(value: string): string {
  const [, scheme, rest] = /^(Bearer|Basic)\s+(.*)$/i.exec(value) ?? [];
  return scheme === undefined ? SHOWN : `${scheme} ${hidden(scheme, rest ?? "")}`;
}

/**
 * Matches `id:secret`, or placeholders for both. Does not match `base64(id:secret)`, which describes the correct
 * form.
 */
const PLAIN_PAIR = /^(?![^:]{0,200}(?:base64|b64|encode))[^:\s(]{1,200}:./i;

/**
 * Returns the placeholder for a credential. It shows whether a Basic credential has an id, and whether a Bearer
 * token is empty or the name of a variable. People write `<token>` over a token that they do not want to show.
 */
function hidden(scheme: string, value: string): string {
  // The alphabet of base64 has no colon.
  if (/^basic$/i.test(scheme) && PLAIN_PAIR.test(value)) return "[secret without base64]";
  if (value === "" || /^(?:(?:undefined|null|none)$|\[object\b)/i.test(value)) return "[empty]";
  if (/^(?:\$|\{\{)/.test(value)) return "[variable]";
  if (!/^basic$/i.test(scheme)) return SHOWN;
  return Buffer.from(value, "base64").toString("latin1").startsWith(":") ? "[secret without id]" : SHOWN;
}

/** Whether the matched value is really the next field name, as in `{"name": "Cookie", "value": ...}`. */
function isFieldName(value: string): boolean {
  return value === "value" || value === "name";
}

/** Matches the first word of an error that a program prints after a URL. */
const ERROR_WORD =
  /^(?:Bad(?:Request|Gateway)?|Unauthorized|Forbidden|Not(?:Found)?|Too(?:ManyRequests)?|Internal(?:ServerError)?|Service(?:Unavailable)?|Gateway(?:Timeout)?|HTTP|HttpError|status|error|failed|timeout|timed|connect|connection|dial|read|getaddrinfo|net|ssl|tls|x509|Client|Server|Request|Response|invalid_(?:client|grant|request|scope)|unauthorized_client|unsupported_grant_type|access_denied)\.?$/i;

/**
 * Whether a URL and an error were matched as a name and its value:
 * `https://login.mypurecloud.com/oauth/token: BadRequest`.
 */
function isErrorAtUrl(value: string, before: string | undefined): boolean {
  return before === "/" && ERROR_WORD.test(value);
}

/**
 * Whether the matched name is the end of a quoted URL:
 * `Post "https://login.mypurecloud.com/oauth/token": dial tcp`.
 */
function isEndOfUrl(name: string, before: string | undefined): boolean {
  return before === "/" && /^[\w.-]{1,91}["'`]\s{0,4}:/.test(name);
}

/**
 * Whether the matched name is the end of one field's value, and the matched value is the next field:
 * `"/oauth/token","status":400`.
 */
function isNextField(name: string, after: string): boolean {
  return /,\s{0,4}$/.test(name) && /^\\{0,4}["'`]\s{0,4}:/.test(after);
}

function isHarmless(name: string, value: string): boolean {
  // `with the token: \`GET /api/v2/users\``: the sentence continues with a request.
  if (/^(?:GET|POST|PUT|PATCH|DELETE) \//.test(value)) return true;
  const bare = name.replace(/[^\w-]+$/, "");
  if (MARK.test(value) || (name.endsWith("[") && /^(?:secret|empty)\b/.test(value))) return true;
  if (isFieldName(value)) return true;
  // `cannot fetch token: 400 Bad Request`: three digits are a status, and too short for a secret.
  if (/^[1-5]\d\d$/.test(value)) return true;
  if (/^https?:\/\//i.test(value)) return true;
  return HARMLESS_NAME.test(bare) && /^[\w./-]{0,12}$/.test(value);
}

/** Whether a long word is a token rather than an id (`custom_-_<uuid>`) or a long name without digits. */
function isToken(word: string): boolean {
  const rest = word.replace(UUID, "");
  return rest.length >= SHORTEST_TOKEN && (rest.match(/\d/g)?.length ?? 0) >= 3;
}
