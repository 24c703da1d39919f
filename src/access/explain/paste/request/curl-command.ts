import type { RequestSeen } from "../failure.ts";
import { requestFromUrl } from "./mentions.ts";
import { authorizationSeen, describeBody } from "./request-details.ts";

const LONGEST_COMMAND = 50_000;
/** Matches a header in single quotation marks, in which the shell expands no variables. */
const LITERAL_HEADER = /(?:^|\s)-H\s?'authorization:/i;

/**
 * Matches `curl` before an option, a URL or a variable, but not in a sentence: `curl with the token returns the users`.
 */
const COMMAND =
  /\bcurl(?:\.exe)?\s{1,8}(?!(?:with|and|or|works?|returns?|is|in|from|for|gives?|the|it|call|command|request|shows?|says?|gets?|but|to|on|as|fails?|answers?|succeeds?)\b)/;

/** Whether a line calls `curl` with a URL. */
export function isCurlCommand(line: string): boolean {
  return line.length < LONGEST_COMMAND && COMMAND.test(line) && /https?:\/\//.test(line);
}

/** Parses a `curl` command line: method, URL, authentication, field names. */
export function readCurlCommand(line: string): RequestSeen {
  const [url = ""] = /https?:\/\/[^\s"'`“”‘’]{1,4000}/.exec(line) ?? [];
  const [, explicit = null] = /(?:^|\s)(?:-X\s?|--request[= ])["']?([A-Z]{3,8})\b/.exec(line) ?? [];
  const data = [
    ...line.matchAll(
      /(?:^|\s)(?:-d|--data(?:-raw|-binary|-urlencode)?|--json|-F|--form)[= ]?\s?(?:'([^']{0,20000})'|"((?:[^"\\]|\\.){0,20000})"|(\S{1,4000}))/g,
    ),
  ]
    .map(([, single, double, bare]) => single ?? double?.replaceAll('\\"', '"') ?? bare ?? "")
    .join("&");
  const [, authorization] = /authorization:\s?([^"'\n]{0,200})/i.exec(line) ?? [];
  const [, contentType] = /content-type:\s?([\w./+-]{1,80})/i.exec(line) ?? [];
  const hasUser = /(?:^|\s)(?:-u|--user)[= ]?/.test(line);
  const withoutId = /(?:-u|--user)[= ]?\s?["']?\[secret without id\]/.test(line);
  const isHead = /(?:^|\s)(?:-I|--head)\b/.test(line);
  return {
    ...requestFromUrl(
      explicit ?? (isHead ? "HEAD" : data === "" ? "GET" : "POST"),
      url.replace(/[;)]+$/, ""),
    ),
    authorization:
      authorization === undefined
        ? withoutId
          ? "basic-without-id"
          : hasUser
            ? "basic"
            : null
        : authorizationSeen(authorization, LITERAL_HEADER.test(line)),
    contentType: contentType?.toLowerCase() ?? null,
    ...describeBody(data),
  };
}
