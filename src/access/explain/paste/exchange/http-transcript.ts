import { NO_REQUEST_DETAILS, type RequestSeen } from "../failure.ts";
import { isCurlCommand, readCurlCommand } from "../request/curl-command.ts";
import { requestFromUrl } from "../request/mentions.ts";
import { authorizationSeen, describeBody } from "../request/request-details.ts";
import type { Exchange } from "./exchange.ts";
import { isInterim, readRequestLine, readStatusLine } from "./transcript-lines.ts";

/** An exchange whose lines are still being read. */
interface ExchangeDraft {
  request: RequestSeen | null;
  status: number | null;
  headers: Record<string, string>;
  body: string[];
  part: "request-headers" | "request-body" | "response-headers" | "body" | "after";
}

/** The lines of one transcript. A JSON body or an HTML page is masked, so that it takes up a single line. */
export interface TranscriptText {
  readonly text: string;
  /** Whether a line contains a complete body. */
  hasBody(line: string): boolean;
  /** Returns a line with its body restored. */
  unmask(line: string): string;
}

const HEADER = /^(?:[<>] )?([\w-]{1,60}):\s?(.*)$/;

/**
 * Returns the exchanges in the output of `curl -v` (lines marked `>`, `<`, `*`), `curl -i`, an IDE's HTTP client
 * or raw HTTP text. The proxy tunnel (`CONNECT`) and interim responses (1xx) are not separate exchanges, but a
 * proxy's refusal to open the tunnel is.
 */
export function readTranscript(transcript: TranscriptText): readonly Exchange[] {
  const drafts: ExchangeDraft[] = [];
  let command: RequestSeen | null = null;
  let draft: ExchangeDraft | null = null;
  const open = (request: RequestSeen | null, part: ExchangeDraft["part"]): ExchangeDraft => {
    const next: ExchangeDraft = { request, status: null, headers: {}, body: [], part };
    drafts.push(next);
    return next;
  };
  for (const line of transcript.text.split("\n")) {
    const requestLine = readRequestLine(line);
    const status = readStatusLine(line);
    if (isCurlCommand(line)) {
      command = readCurlCommand(transcript.unmask(line));
    } else if (requestLine !== null) {
      draft = open(startOf(requestLine.method, requestLine.target, command), "request-headers");
    } else if (status !== null) {
      // The final response follows an interim or tunnel response in the same exchange. A redirect starts a new
      // exchange.
      if (draft === null || (draft.status !== null && !isUnfinished(draft))) {
        draft = open(draft === null ? command : redirected(draft), "response-headers");
      }
      draft.status = status;
      draft.headers = {};
      draft.body = [];
      draft.part = "response-headers";
    } else if (draft !== null) {
      takeLine(draft, line, transcript);
    }
  }
  return drafts
    .filter((item) => !isUnfinished(item))
    .map(({ request, status, headers, body }) => ({ request, status, headers, body: body.join("\n") }));
}

/** Returns the request that follows a redirect (RFC 9110 section 15.4); null after any other response. */
function redirected({ request, status, headers }: ExchangeDraft): RequestSeen | null {
  const location = headers["location"];
  if (status === null || status < 300 || status >= 400 || location === undefined) return null;
  const isSameMethod = status === 307 || status === 308;
  const target = requestFromUrl(isSameMethod ? (request?.method ?? null) : "GET", location);
  return { ...target, host: target.host ?? request?.host ?? null };
}

/** Whether an exchange is a tunnel or ends before its final response. */
function isUnfinished({ request, status }: ExchangeDraft): boolean {
  const isTunnel = request?.method === "CONNECT";
  return status === null ? isTunnel : isInterim(status) || (isTunnel && status === 200);
}

function takeLine(draft: ExchangeDraft, line: string, transcript: TranscriptText): void {
  const isBody = transcript.hasBody(line);
  if (!isBody && /^(?:\* |[{}] \[\d|\s*\d+\s+\d+\s+\d)/.test(line)) return;
  if (/^[<>]\s*$/.test(line) || (line.trim() === "" && draft.part !== "body")) {
    if (draft.part === "response-headers") draft.part = "body";
    else if (draft.part === "request-headers") draft.part = "request-body";
    return;
  }
  const [, name = "", value = ""] = isBody ? [] : (HEADER.exec(line) ?? []);
  if (draft.part === "response-headers" && name !== "") {
    draft.headers[name.toLowerCase()] = value.trim();
  } else if (draft.part === "request-headers" && name !== "") {
    draft.request = withHeader(draft.request, name.toLowerCase(), value, line.startsWith(">"));
  } else if (draft.part === "request-headers" || draft.part === "request-body") {
    if (!line.startsWith("<")) {
      const known = draft.request ?? NO_REQUEST_DETAILS;
      const described = describeBody(transcript.unmask(line));
      draft.request = { ...known, ...described, topics: [...known.topics, ...described.topics] };
    }
  } else if (draft.part !== "after") {
    draft.body.push(transcript.unmask(line));
    // After a complete body, the next line is a prompt, a footer or another log line.
    draft.part = isBody ? "after" : "body";
  }
}

function startOf(method: string, target: string, command: RequestSeen | null): RequestSeen {
  const line = requestFromUrl(method, target);
  const isSame = command !== null && command.path === line.path;
  return isSame ? { ...command, method, host: line.host ?? command.host } : line;
}

function withHeader(request: RequestSeen | null, name: string, value: string, isSent: boolean): RequestSeen {
  const known = request ?? NO_REQUEST_DETAILS;
  if (name === "host") return { ...known, host: value.trim().toLowerCase() };
  if (name === "authorization") return { ...known, authorization: authorizationSeen(value, isSent) };
  if (name === "content-type") return { ...known, contentType: value.trim().toLowerCase() };
  return known;
}
