import { authorizationSeen, describeBody, type Exchange } from "./exchange.ts";
import type { RequestSeen } from "./failure.ts";
import { NO_REQUEST_DETAILS, requestFromUrl } from "./request-line.ts";

/** An exchange under construction. */
interface Draft {
  request: RequestSeen | null;
  status: number | null;
  headers: Record<string, string>;
  body: string[];
  part: "request-headers" | "request-body" | "response-headers" | "body";
}

const REQUEST_LINE =
  /^(?:> )?(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT) (\S{1,4000}) HTTP\/[\d.]{1,4}\s*$/;
const STATUS_LINE = /^(?:< )?HTTP\/[\d.]{1,4} (\d{3})\b/;
const HEADER = /^(?:[<>] )?([\w-]{1,60}):\s?(.*)$/;
const MOST_EXCHANGES = 2_000;

/** Whether a text is a transcript of HTTP: `curl -v`, `curl -i`, or a raw request and answer. */
export function isTranscript(text: string): boolean {
  return /^(?:> (?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT) |(?:< )?HTTP\/[\d.]{1,4} \d{3})/m.test(
    text,
  );
}

/**
 * Returns the exchanges of `curl -v` (lines marked `>`, `<`, `*`), `curl -i` and raw HTTP text. The tunnel to
 * a proxy (`CONNECT`) and interim answers (1xx) are not exchanges of their own; a proxy that refuses the
 * tunnel is.
 */
export function readTranscript(text: string): readonly Exchange[] {
  const drafts: Draft[] = [];
  let command: RequestSeen | null = null;
  let draft: Draft | null = null;
  const open = (request: RequestSeen | null, part: Draft["part"]): Draft => {
    const next: Draft = { request, status: null, headers: {}, body: [], part };
    drafts.push(next);
    return next;
  };
  for (const line of joinContinuations(text).split("\n")) {
    if (drafts.length > MOST_EXCHANGES) break;
    if (/\bcurl\s/.test(line) && /https?:\/\//.test(line)) {
      command = readCurlCommand(line);
      continue;
    }
    const [, method, target = ""] = REQUEST_LINE.exec(line) ?? [];
    if (method !== undefined) {
      draft = open(startOf(method, target, command), "request-headers");
      continue;
    }
    const [, status] = STATUS_LINE.exec(line) ?? [];
    if (status !== undefined) {
      // An interim or tunnel answer is followed by the real one; a redirect's target is a request of its own.
      if (draft === null || (draft.status !== null && !isInterim(draft))) {
        draft = open(draft === null ? command : null, "response-headers");
      }
      draft.status = Number(status);
      draft.headers = {};
      draft.body = [];
      draft.part = "response-headers";
      continue;
    }
    if (draft !== null) takeLine(draft, line);
  }
  return drafts.filter((item) => !isInterim(item)).map(finish);
}

function isInterim(draft: Draft): boolean {
  if (draft.status === null) return draft.request?.method === "CONNECT";
  return draft.status < 200 || (draft.request?.method === "CONNECT" && draft.status === 200);
}

function takeLine(draft: Draft, line: string): void {
  if (/^(?:\* |[{}] \[\d|\s*\d+\s+\d+\s+\d)/.test(line)) return;
  if (/^[<>]\s*$/.test(line) || (line.trim() === "" && draft.part !== "body")) {
    if (draft.part === "response-headers") draft.part = "body";
    else if (draft.part === "request-headers") draft.part = "request-body";
    return;
  }
  const [, name = "", value = ""] = HEADER.exec(line) ?? [];
  if (draft.part === "response-headers" && name !== "") {
    draft.headers[name.toLowerCase()] = value.trim();
  } else if (draft.part === "request-headers" && name !== "") {
    draft.request = withHeader(draft.request, name.toLowerCase(), value);
  } else if (draft.part === "request-body" && !line.startsWith("<")) {
    draft.request = { ...(draft.request ?? NO_REQUEST_DETAILS), ...describeBody(line) };
  } else if (draft.part === "body") {
    draft.body.push(line);
  }
}

function startOf(method: string, target: string, command: RequestSeen | null): RequestSeen {
  const line = requestFromUrl(method, target);
  const isSame = command !== null && command.path === line.path;
  return isSame ? { ...command, method, host: line.host ?? command.host } : line;
}

function withHeader(request: RequestSeen | null, name: string, value: string): RequestSeen {
  const known = request ?? NO_REQUEST_DETAILS;
  if (name === "host") return { ...known, host: value.trim().toLowerCase() };
  if (name === "authorization") return { ...known, authorization: authorizationSeen(value) };
  if (name === "content-type") return { ...known, contentType: value.trim().toLowerCase() };
  return known;
}

function finish(draft: Draft): Exchange {
  return {
    request: draft.request,
    status: draft.status,
    headers: draft.headers,
    // Text after the body (`* Connection #0 ...`, the next prompt) is cut where the JSON or the page ends.
    body: draft.body.join("\n").replace(/(?<=[}\]>])\s*\n?(?:\* |curl: |\$ ).*$/s, ""),
  };
}

function joinContinuations(text: string): string {
  return text.replace(/[ \t]{0,20}[\\^`]\n[ \t]{0,200}/g, " ");
}

/** Reads a `curl` command line: method, URL, authentication, field names. */
export function readCurlCommand(line: string): RequestSeen {
  const [url = ""] = /https?:\/\/[^\s"'`]{1,4000}/.exec(line) ?? [];
  const [, explicit = null] = /(?:^|\s)(?:-X\s?|--request[= ])["']?([A-Z]{3,8})\b/.exec(line) ?? [];
  const data = [
    ...line.matchAll(
      /(?:^|\s)(?:-d|--data(?:-raw|-binary|-urlencode)?|-F|--form)[= ]?\s?(?:'([^']{0,20000})'|"((?:[^"\\]|\\.){0,20000})"|(\S{1,4000}))/g,
    ),
  ]
    .map(([, single, double, bare]) => single ?? double?.replaceAll('\\"', '"') ?? bare ?? "")
    .join("&");
  const [, authorization] = /authorization:\s?([^"'\n]{0,200})/i.exec(line) ?? [];
  const [, contentType] = /content-type:\s?([\w./+-]{1,80})/i.exec(line) ?? [];
  const hasUser = /(?:^|\s)(?:-u|--user)[= ]?/.test(line);
  const withoutId = /(?:-u|--user)[= ]?\s?["']?\[secret without id\]/.test(line);
  return {
    ...requestFromUrl(explicit ?? (data === "" ? "GET" : "POST"), url),
    authorization:
      authorization === undefined
        ? withoutId
          ? "basic-without-id"
          : hasUser
            ? "basic"
            : null
        : authorizationSeen(authorization),
    contentType: contentType?.toLowerCase() ?? null,
    ...describeBody(data),
  };
}
