import type { RequestSeen } from "./failure.ts";

export const NO_REQUEST_DETAILS = {
  method: null,
  host: null,
  path: null,
  authorization: null,
  contentType: null,
  bodyFields: [],
  bodyFormat: null,
  grantType: null,
} as const;

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT)$/i;

/** A request of which only method and URL (or path) are known; the query is dropped. */
export function requestFromUrl(method: string | null, url: string): RequestSeen {
  const [, host = null, rest = url] = /^https?:\/\/([^/?#\s]{1,300})(.*)$/is.exec(url) ?? [];
  const path = rest.replace(/[?#].*$/s, "");
  return {
    ...NO_REQUEST_DETAILS,
    method: method !== null && METHOD.test(method) ? method.toUpperCase() : null,
    host: host === null ? null : host.replace(/^.*@/, "").toLowerCase(),
    path: path.startsWith("/") ? path : host === null ? null : "/",
  };
}

const MENTION =
  /(?:\b(GET|POST|PUT|PATCH|DELETE|HEAD)\b["']?[\s,:|(]{1,8}(?:["']?(?:url|uri|path|to)["']?\s{0,2}[:=]?\s{0,2})?["'`]?)?(https?:\/\/(?:\{\w{1,60}\}|[^\s"'`<>)\]},{]){3,2000}|\/?api\/v2\/(?:\{\w{1,60}\}|[^\s"'`<>)\]},{]){1,2000}|(?<![\w.])\/oauth\/[\w/]{3,60})/gi;

/**
 * Returns the requests in running text: `POST /api/v2/...`, and URLs with or without a method before them.
 */
export function findRequestMentions(
  text: string,
): readonly { readonly index: number; readonly request: RequestSeen }[] {
  const mentions: { index: number; request: RequestSeen }[] = [];
  for (const match of text.matchAll(MENTION)) {
    const [, method, rawUrl = ""] = match;
    const url = rawUrl.replace(/[.:;!]+$/, "");
    const request = requestFromUrl(method ?? null, /^api\//i.test(url) ? `/${url}` : url);
    mentions.push({ index: match.index, request });
    if (mentions.length >= 500) break;
  }
  return mentions;
}
