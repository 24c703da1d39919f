import { UsageError } from "../core/errors.ts";
import { asRecord } from "../core/json.ts";
import { quotedWord } from "../core/shell-word.ts";
import type { Api, ApiRequest } from "../platform/api/api.ts";
import { requireJson } from "../platform/api/api-client.ts";
import { ApiError } from "../platform/api/api-error.ts";
import { parseFilter } from "./filter-text.ts";
import { entriesIn, isObjectId, type NamedEntry, type NamedObject, namedObjectOf } from "./named-objects.ts";
import { similarNames } from "./similar-names.ts";

/** The maximum page size of the listings, and the maximum number of ids in a hint. */
const PAGE_SIZE = 100;
const MOST_PAGES = 20;
const MOST_CANDIDATES = 8;

/** Returns whether any of these filters contains a name where the platform expects an id. */
export function hasNames(filters: readonly string[]): boolean {
  return filters.some((text) => {
    const filter = parseFilter(text);
    return (
      filter.kind === "values" && namedObjectOf(filter.name) !== null && !filter.values.every(isObjectId)
    );
  });
}

/**
 * Returns the filters with the id of each object in place of its name: `queueId=Support`. Names must match
 * completely, ignoring case; an exact-case match takes precedence.
 * @throws UsageError `usage.unknown_name` for a name that matches no object or several, with the candidates; ApiError
 * for a lookup that the token may not make, with the permission
 */
export async function resolveNames(api: Api, filters: readonly string[]): Promise<readonly string[]> {
  const resolved: string[] = [];
  for (const text of filters) {
    const filter = parseFilter(text);
    const kind = namedObjectOf(filter.name);
    if (filter.kind !== "values" || kind === null || filter.values.every(isObjectId)) {
      resolved.push(text);
      continue;
    }
    const ids: string[] = [];
    for (const value of filter.values) {
      ids.push(isObjectId(value) ? value : await findId(api, kind, { dimension: filter.name, name: value }));
    }
    resolved.push(`${filter.name} in ${ids.join(",")}`);
  }
  return resolved;
}

async function findId(
  api: Api,
  kind: NamedObject,
  { dimension, name }: { readonly dimension: string; readonly name: string },
): Promise<string> {
  const present = matching(await readAll((page) => requestFor(kind, name, page), api, kind, dimension), name);
  const { former } = kind;
  // Records still refer to users who have left.
  const found =
    present.length > 0 || former === undefined
      ? present
      : matching(await readAll((page) => formerRequest(kind.path, former, page), api, kind, dimension), name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  if (found.length > 0) {
    const ids = found.slice(0, MOST_CANDIDATES).map(({ id }) => filterFor(dimension, id));
    throw unclearName(`${found.length} ${kind.noun} are named`, `pass the id: ${ids.join(" or ")}`);
  }
  const near = (await similarNames(api, kind, name)).map((each) => filterFor(dimension, each));
  throw unclearName(
    `there are no ${kind.noun} named`,
    near.length === 0 ? `pass the id: ${filterFor(dimension, "ID")}` : `did you mean ${near.join(" or ")}?`,
  );

  function unclearName(finding: string, hint: string): UsageError {
    return new UsageError("usage.unknown_name", `${finding} \`${name}\` (\`${dimension}\`)`, { hint });
  }
}

/** Returns the entries with exactly this name or, if there are none, those whose names differ from it only in case. */
function matching(entries: readonly NamedEntry[], name: string): readonly NamedEntry[] {
  const isSame = (text: string | null) => text?.toLowerCase() === name.toLowerCase();
  const exact = entries.filter((entry) => entry.name === name);
  return exact.length > 0 ? exact : entries.filter((entry) => isSame(entry.name) || isSame(entry.email));
}

function filterFor(dimension: string, value: string): string {
  return `--filter ${quotedWord(`${dimension}=${value}`)}`;
}

/** Reads every object that the service finds by name; the service may also match parts of names. */
async function readAll(
  requestAt: (page: number) => ApiRequest,
  api: Api,
  kind: NamedObject,
  dimension: string,
): Promise<readonly NamedEntry[]> {
  const found = new Map<string, NamedEntry>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const body = asRecord(await read(api, requestAt(page), kind, dimension));
    const entries = entriesIn(body["entities"] ?? body["results"]);
    const before = found.size;
    for (const entry of entries) found.set(entry.id, entry);
    // A listing that ignores page numbers returns its first page again.
    if (Number(body["pageCount"] ?? 1) <= page || found.size === before) break;
  }
  return [...found.values()];
}

function formerRequest(
  path: string,
  query: Readonly<Record<string, string>>,
  pageNumber: number,
): ApiRequest {
  return { method: "GET", path, query: { ...query, pageSize: PAGE_SIZE, pageNumber } };
}

function requestFor({ path, query, searchPath }: NamedObject, name: string, pageNumber: number): ApiRequest {
  if (searchPath === null) {
    // Listings with cursors have no parameter for a page number, and their first page needs none.
    const later = pageNumber === 1 ? {} : { pageNumber };
    return { method: "GET", path, query: { ...query, name, pageSize: PAGE_SIZE, ...later } };
  }
  const paging = { pageSize: PAGE_SIZE, pageNumber };
  const criteria = { type: "EXACT", fields: ["name", "email"], value: name };
  return { method: "POST", path: searchPath, body: { ...paging, query: [criteria] }, repeatable: true };
}

async function read(api: Api, request: ApiRequest, kind: NamedObject, dimension: string): Promise<unknown> {
  const answer = await api.send(request);
  if (answer.status !== 403) return requireJson(request, answer, api.region);
  const needs = kind.permission === null ? "" : `: that needs \`${kind.permission}\``;
  throw new ApiError(
    "api.forbidden",
    `this token is not allowed to look up the names of ${kind.noun}${needs}`,
    {
      request,
      answer,
      hint: `pass the id instead: --filter '${dimension}=ID'`,
    },
  );
}
