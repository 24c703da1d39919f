import { NO_REQUEST_DETAILS, OWN_AREAS, type RequestSeen } from "../failure.ts";

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT)$/i;

/** Matches a path that the text shows only as a variable: `/api/v2/$path`. */
const VARIABLE_PATH = /^\/api\/v2\/(?:\$\{?[\w.]{1,60}\}?|\{\{[\w.-]{1,60}\}\}|%\w{1,60}%)[;,]?$/;

/** Returns a request known only by its method and its URL or path. */
export function requestFromUrl(method: string | null, url: string): RequestSeen {
  const [, host = null, rest = url] = /^(?:https?|wss?):\/\/([^/?#\s]{1,300})(.*)$/is.exec(url) ?? [];
  const isVariable = VARIABLE_PATH.test(rest);
  const path = isVariable ? "" : rest.replace(/[?#].*$/s, "");
  const [, query = null] = /\?([^#]{1,2000})/.exec(rest) ?? [];
  return {
    ...NO_REQUEST_DETAILS,
    method: method !== null && METHOD.test(method) ? method.toUpperCase() : null,
    host: host === null ? null : host.replace(/^.*@/, "").toLowerCase(),
    path: path.startsWith("/") ? path : host === null || isVariable ? null : "/",
    query,
  };
}

/** A request mentioned in text, with its position from the method (or URL) to the end of the URL. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly request: RequestSeen;
}

/** Pattern source for a character of a URL. A brace is part of the URL only around a parameter name. */
const URL_END = "(?:\\{{1,2}[\\w.-]{1,60}\\}{1,2}|[^\\s\"'`“”‘’<>)\\]},;{|\\\\\\ue000\\ue001])";
/**
 * Pattern source for the text between a method and its URL, as in `POST, Path /api`, `[POST] to [https:`,
 * `GET - https:` and `GET request for "https:`.
 */
const BETWEEN =
  "[\"'\\])]?[\\s,:|([>→–-]{1,8}(?:(?:requests?|on|to|al?|auf|en|contra|para|for|from|against|url|uri|path|endpoint|resource)\\b[\"']?\\s{0,2}[:=]?\\s{0,2}){0,3}[\"'`[(]{0,2}";
/**
 * Pattern source for a path without its leading slash after a method or verb: `GET routing/queues`,
 * `calling users/me`.
 */
const BARE = `(?<=\\b(?:GET|POST|PUT|PATCH|DELETE|call(?:ing|s|ed)?(?: to)?) ["'\`]?)(?:users\\/me\\b|(?:${OWN_AREAS})\\/(?=[a-z]{4,30}\\b)${URL_END}{2,500})`;
const MENTION = new RegExp(
  `(?:(?:\\b|\\bXHR)(GET|POST|PUT|PATCH|DELETE|HEAD)\\b${BETWEEN}(?:\\{\\{[\\w.-]{1,40}\\}\\}(?=/)|\\$\\{[\\w.]{1,40}\\}(?=/))?)?((?:https?|wss?):\\/\\/${URL_END}{3,2000}|(?<![\\w@./-])api\\.[a-z0-9.-]{4,40}\\/api\\/v2\\/${URL_END}{1,2000}|(?:(?<![\\w/])\\/?|(?<=\\$\\w{1,40})\\/|(?<=\\b(?:GET|POST|PUT|PATCH|DELETE))\\/?)api\\/v2\\/${URL_END}{1,2000}|(?<![\\w./])\\/oauth2?\\/[\\w/]{3,60}|(?<![\\w./-])oauth\\/token\\b|(?<![\\w./-])\\/(?:v2\\/)?(?:${OWN_AREAS})\\/${URL_END}{2,500}|${BARE})`,
  "gi",
);
/** Matches the end of a line that PowerShell or a log truncated. The URL may continue beyond it. */
const CUT = /(?:\.\.\.|…)$/;
const CUT_AFTER = /^["'`]?[ \t]?(?:\.\.\.|…)[ \t"'`]*(?:\n|$)/;
/**
 * Matches a method after the URL: a column of a network table or CSV, followed by the status, or
 * `https://... (POST)`.
 */
const METHOD_AFTER =
  /^["']?(?:[\s,|\t]{1,4}(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\s,|\t]{1,4}\d{3}\b|\s?\((GET|POST|PUT|PATCH|DELETE)\))/;
/**
 * Matches an HTTP client call before a relative URL whose base is a variable: `requests.get(f"{base}`,
 * `axios.post(${base}`, `PostAsync("`.
 */
const CALL_BEFORE =
  /(?:\.(get|post|put|patch|delete|head)(?:Async)?|\b(get|post|put|patch|delete)Async)\(\s{0,8}[fr$@]{0,2}["'`]?(?:\$?\{[\w.]{1,60}\}|[\w.]{1,60}\s{0,2}\+\s{0,2}["'`])?$/i;
/** Matches a method that is used as a verb: `when posting to /api/v2/...`, `we patch /api/v2/...`. */
const VERB_BEFORE =
  /\b(?:(post)(?:s|ed|ing)?(?: to)?|(patch|delete|put)(?:s|ed|es|d|ing|ting)?)(?: to)? (?:the )?["'`]?$/i;
/** Matches a verb for a read before a path: `querying /api/v2/users`, `we list /api/v2/users`. */
const READ_BEFORE =
  /\b(?:list|load|read|fetch|query|queri|retriev|download|export)(?:s|ed|es|d|ing)?(?: from)? (?:the )?["'`]?$/i;
/** Matches a verb for a change, which may be about the same path. */
const WRITES = /\b(?:post|put|patch|creat|updat|delet|chang)(?:e|es|ed|ing|s|ting)?\b/i;
/** Matches a link to an operation in the documentation: `.../routing/architect/#put-api-v2-architect-ivrs--ivrId-`. */
const DOCUMENTED =
  /^https?:\/\/developer\.(?:genesys\.cloud|mypurecloud\.[a-z.]{2,6})\/[^#\s]{0,200}#(get|post|put|patch|delete|head)-(api-v\d-[\w-]{2,300})$/i;
/** Matches addresses of the vendor's documentation and community sites, which do not serve API calls. */
const MANUAL =
  /^https?:\/\/(?:developer|help|community|docs|all\.docs)\.(?:dev-)?(?:genesys|mypurecloud)\.[a-z.]{2,6}(?:[/?#]|$)/i;
/** Matches a method without a space before its path: `GETapi/v2/users`. */
const GLUED = /\b(GET|POST|PUT|PATCH|DELETE)$/;
const REACH_OF_CALL = 100;
const MOST_MENTIONS = 500;

/** Returns the requests in running text: `POST /api/v2/...`, and URLs with or without a method before them. */
export function findMentions(text: string): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const match of text.matchAll(MENTION)) {
    const [all, method, rawUrl = ""] = match;
    const end = match.index + all.length;
    // Some people omit only `/api`, so the path begins with `/v2`.
    const url = withoutLine(rawUrl, text.slice(end, end + 30))
      .replace(/(?<![.:;!*])[.:;!*]+$/, "")
      .replace(/^\/v2(?=\/)/, "/api/v2");
    const [, column, bracketed] = METHOD_AFTER.exec(text.slice(end, end + 24)) ?? [];
    const behind = column ?? bracketed ?? null;
    const ahead = text.slice(Math.max(0, match.index - REACH_OF_CALL), match.index);
    const [, received, called] = CALL_BEFORE.exec(ahead) ?? [];
    const before = received ?? called ?? null;
    const verb =
      VERB_BEFORE.exec(ahead.slice(-24))
        ?.slice(1)
        .find((word) => word !== undefined) ?? null;
    if (MANUAL.test(url)) {
      const documented = readDocumented(url);
      if (documented !== null) mentions.push({ start: match.index, end, request: documented });
      continue;
    }
    const [, glued = null] = GLUED.exec(ahead) ?? [];
    const request = requestFromUrl(method ?? behind ?? before ?? verb ?? glued, withRoot(url));
    const isRead =
      request.method === null &&
      READ_BEFORE.test(ahead.slice(-30)) &&
      !WRITES.test(text.slice(end, end + 80));
    const isCut = CUT.test(rawUrl) || CUT_AFTER.test(text.slice(end, end + 12));
    mentions.push({
      start: match.index,
      end,
      // Truncation after the question mark leaves the path complete.
      request: isCut
        ? { ...request, path: url.includes("?") ? request.path : null, query: null }
        : { ...request, isRead },
    });
    if (mentions.length >= MOST_MENTIONS) break;
  }
  return mentions;
}

/** Removes the line number that a browser console appends to a URL: `...:1 Failed to load resource`. */
function withoutLine(url: string, behind: string): string {
  return /^\s{1,4}Failed to load/.test(behind) ? url.replace(/:\d{1,6}$/, "") : url;
}

/** Returns the operation that a link to the documentation names; null for any other page. */
function readDocumented(url: string): RequestSeen | null {
  const [, method, name] = DOCUMENTED.exec(url) ?? [];
  if (method === undefined || name === undefined) return null;
  // The documentation writes `-` for a slash and for each brace around a parameter.
  const path = name.replace(/--(\w{1,60})-(?=-|$)/g, "/{$1}").replaceAll("-", "/");
  return requestFromUrl(method, `/${path}`);
}

/**
 * Completes `users/me`, which was written without `/api/v2`. Any other path only gets a leading slash if it lacks one.
 */
function withRoot(url: string): string {
  if (/^users\/me$/i.test(url)) return `/api/v2/${url}`;
  if (/^api\.[^/]{1,60}\//i.test(url)) return `https://${url}`;
  return /^(?:https?|wss?):|^\//i.test(url) ? url : `/${url}`;
}

const TOKEN_GOT =
  /\b(?:get|got|generat|obtain|fetch|request|receiv|acquir|retriev|exchang)\w{0,4}\b[^.\n]{0,40}\btokens?\b[^.\n]{0,12}$/i;

/** Whether a request is only the login before the call in question: `we generate a token via /oauth/token`. */
export function isLoginOnTheWay({ start, request: { path } }: Mention, text: string): boolean {
  return /\boauth2?\b/.test(path ?? "") && TOKEN_GOT.test(text.slice(Math.max(0, start - 80), start));
}

const WITHOUT_ERRORS = /\bno (?:[\w-]+ ){0,4}(?:errors?|[45]\d\ds?)\b[^.\n]{0,60}$/i;

/** Phrases before a request that only proved something else: `the token is valid according to /...`. */
const REFERS_TO =
  /\b(?:(?:valid|fine|correct|active|okay|ok) according to|(?:confirmed|verified|validated|checked) (?:via|with|by|through|against)|is valid (?:per|on|with))(?: the)?[\s"'`(]{1,3}(?:(?:GET|POST|HEAD) )?$/i;
/** Words after a request that succeeds without returning what the person needs: `/... only gives history`. */
const GIVES_ONLY =
  /^["'`)]{0,2} (?:endpoint )?(?:(?:only|just) (?:gives?|provides?|shows?|returns?|lists?|has|contains?|offers?)|(?:has|contains|includes|returns) no|does(?: not|n[’']t) (?:have|contain|include|return))\b(?! (?:an? )?(?:HTTP )?[245]\d\d)/i;

/**
 * Phrases before a request that the program does not send: one that it serves itself, one of another product, or one
 * that the author sets aside.
 */
const NOT_SENT =
  /\b(?:app|router|server|fastify|blueprint|bp)\.(?:(?:get|post|put|patch|delete|all|use|route)\(\s{0,4}["'`])?$|\b(?:Zendesk|Okta|Salesforce|ServiceNow|Freshdesk|HubSpot|Zoom|Jira)(?:['’]s)? (?:API )?["'`(]?(?:(?:GET|POST|PUT|PATCH|DELETE) )?$|\b[Ww]e (?:do not|don['’]t|never|no longer) (?:use|call|send (?:it )?to)(?: the)? ["'`(]?(?:(?:GET|POST|PUT|PATCH|DELETE) )?$/;

/**
 * Phrases before a request that succeeded: `with the same token I can call GET /...`, `I created the client via the
 * /... endpoint`.
 */
const WORKED =
  /\b(?:I|we) (?:can|could|am able to|are able to) (?:also |still |now |successfully )?(?:call|read|list|query|get|use|reach|open|fetch)(?: the)?[\s"'`(]{1,3}(?:(?:GET|HEAD|POST) )?$|\b(?:I|we)(?:['’]ve| have)? (?:successfully |already )?(?:created|registered|set up|added|uploaded|generated|obtained) [^.!?\n]{0,60}?\b(?:via|through|with|using)(?: the)?[\s"'`(]{1,3}(?:(?:GET|POST|PUT|PATCH) )?$/;
/** Matches the rest of a sentence that reports a failure of the request after all. */
const FAILED_AFTERWARDS =
  /^[^.!?\n]{0,100}(?:(?<![\w.:/-])[45]\d\d\b|\b(?:but|fail\w*|errors?|refused?|denied|forbidden|unauthori[sz]ed)\b)/i;

/**
 * Whether the text says that a request had no errors: `no 429s on the token endpoint (/oauth/token)`, or mentions it
 * only as a request that works.
 */
export function isUnharmed({ start, end }: Mention, text: string): boolean {
  const before = text.slice(Math.max(0, start - 100), start);
  if (NOT_SENT.test(before)) return true;
  if (WORKED.test(before) && !FAILED_AFTERWARDS.test(text.slice(end, end + 120))) return true;
  return WITHOUT_ERRORS.test(before) || REFERS_TO.test(before) || GIVES_ONLY.test(text.slice(end, end + 60));
}
