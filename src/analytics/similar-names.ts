import { asRecord, asString } from "../core/json.ts";
import type { Api, ApiRequest } from "../platform/api/api.ts";
import { entriesIn, type NamedObject } from "./named-objects.ts";
import { nearestWords } from "./unknown-word.ts";

/** The maximum page size of the listings. */
const PAGE_SIZE = 100;
const MOST_NAMES = 3;

/**
 * Returns up to three names of objects for a name that no object has: those that contain it, otherwise the
 * closest ones. Reads the first page of the listing. For a longer listing, one more request searches for the
 * name. Empty when the token may not read them.
 */
export async function similarNames(api: Api, kind: NamedObject, name: string): Promise<readonly string[]> {
  const text = name.replaceAll("*", "").trim();
  const { path, query } = kind;
  const first = await read(api, { method: "GET", path, query: { ...query, pageSize: PAGE_SIZE } });
  const containing = namesContaining(text, first.names);
  if (containing.length > 0 || !first.hasMore || text === "") {
    return containing.length > 0 ? containing : nearestWords(name, first.names);
  }
  const found = namesContaining(text, (await read(api, searchFor(kind, text))).names);
  return found.length > 0 ? found : nearestWords(name, first.names);
}

/**
 * Returns the request that searches for a part of a name. Without asterisks, a listing matches only the start of
 * a name, or nothing.
 */
function searchFor({ path, query, searchPath }: NamedObject, text: string): ApiRequest {
  if (searchPath === null) {
    return { method: "GET", path, query: { ...query, name: `*${text}*`, pageSize: PAGE_SIZE } };
  }
  const criteria = { type: "CONTAINS", fields: ["name", "email"], value: text };
  const body = { pageSize: PAGE_SIZE, pageNumber: 1, query: [criteria] };
  return { method: "POST", path: searchPath, body, repeatable: true };
}

async function read(
  api: Api,
  request: ApiRequest,
): Promise<{ readonly names: readonly string[]; readonly hasMore: boolean }> {
  const body = asRecord((await api.send(request)).body);
  return {
    names: entriesIn(body["entities"] ?? body["results"]).map((entry) => entry.name),
    hasMore: Number(body["pageCount"] ?? 1) > 1 || asString(body["nextUri"]) !== null,
  };
}

/** Returns the names that contain the text: first those that begin with it, and shorter ones before longer ones. */
function namesContaining(text: string, names: readonly string[]): readonly string[] {
  const sought = text.toLowerCase();
  if (sought === "") return [];
  const startOf = (name: string) => name.toLowerCase().indexOf(sought);
  return [...new Set(names)]
    .filter((name) => startOf(name) !== -1)
    .sort(
      (left, right) =>
        Number(startOf(left) > 0) - Number(startOf(right) > 0) ||
        left.length - right.length ||
        (left < right ? -1 : 1),
    )
    .slice(0, MOST_NAMES);
}
