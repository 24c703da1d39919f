import type { ApiRequest, QueryValue } from "../../platform/api/api.ts";

/** A request for one page. */
export type PageRequest = Pick<ApiRequest, "method" | "path" | "query" | "body">;

/** Returns the request with other query parameters; undefined removes one. */
export function withQuery(request: PageRequest, change: Readonly<Record<string, QueryValue>>): PageRequest {
  return { ...request, query: { ...request.query, ...change } };
}

/**
 * Returns the request for a link of the answer: its path and parameters, never its host, because the token
 * must not reach another host. Null for a link that leads out of the API.
 */
export function withLink(request: PageRequest, link: string): PageRequest | null {
  if (!URL.canParse(link, "http://host")) return null;
  const { pathname, searchParams } = new URL(link, "http://host");
  if (!pathname.startsWith("/api/v2/")) return null;
  const query = Object.create(null) as Record<string, QueryValue>;
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return { ...request, path: pathname, query };
}
