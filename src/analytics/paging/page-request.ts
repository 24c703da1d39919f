import { asRecord } from "../../core/json.ts";
import type { ApiRequest, QueryValue } from "../../platform/api/api.ts";

export type PageRequest = Pick<ApiRequest, "method" | "path" | "query" | "body" | "mostTimeouts">;

/** Returns the request with changed query parameters; `undefined` removes a parameter. */
export function withQuery(request: PageRequest, change: Readonly<Record<string, QueryValue>>): PageRequest {
  return { ...request, query: { ...request.query, ...change } };
}

/**
 * Returns the request for a link in a response: its path and parameters, never its host, because the token must
 * not reach another host. Null for a link that leads outside the API.
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

/** Fields with the number of the first page or record, from 1, and fields with a cursor. */
const NUMBERED = ["pageNumber", "startIndex"];
const POSITIONED = ["cursor", "after"];

/**
 * Returns the field that makes a request skip the first pages, such as `pageNumber=3`; null when reading starts at
 * the first page.
 */
export function startOf({ query, body }: PageRequest): string | null {
  const sent = asRecord(body);
  for (const fields of [{ ...query }, sent, asRecord(sent["paging"])]) {
    for (const [name, given] of Object.entries(fields)) {
      // Which of several values counts is not published, so any of them may skip pages.
      const value = Array.isArray(given) ? (given.find((each) => Number(each) !== 1) ?? 1) : given;
      const isLater = NUMBERED.includes(name) && Number(value) > 1;
      const isPlace = POSITIONED.includes(name) && typeof value === "string" && value !== "";
      if (isLater || isPlace) return `${name}=${String(value)}`;
    }
  }
  return null;
}
