import { UsageError } from "../core/errors.ts";
import { asArray, asRecord, asString } from "../core/json.ts";
import type { Api, ApiRequest } from "../platform/api/api.ts";
import { requireJson } from "../platform/api/api-client.ts";
import { ApiError } from "../platform/api/api-error.ts";
import { parseFilter } from "./filter-text.ts";
import { isObjectId, type NamedObject, namedObjectOf } from "./named-objects.ts";
import { nearestWords } from "./unknown-word.ts";

interface NamedEntry {
  readonly id: string;
  readonly name: string;
  /** Email address of a user; null for any other object. */
  readonly email: string | null;
}

/** The largest page of the listings, and the number of candidates in a hint. */
const PAGE_SIZE = 100;
const MOST_PAGES = 20;
const MOST_CANDIDATES = 8;

/** Whether any of these filters gives a name where the platform takes an id. */
export function hasNames(filters: readonly string[]): boolean {
  return filters.some((text) => {
    const filter = parseFilter(text);
    return (
      filter.kind === "values" && namedObjectOf(filter.name) !== null && !filter.values.every(isObjectId)
    );
  });
}

/**
 * Returns the filters with the id of each object in place of its name: `queueId=Support`. Names match whole and in any
 * case; a name in exactly this case comes first.
 * @throws UsageError `usage.unknown_name` for a name of no object or of several, with the candidates; ApiError for a
 * look-up that the token may not make, with the permission
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
  const entries = await readAll(api, kind, name, dimension);
  const isSame = (text: string | null) => text?.toLowerCase() === name.toLowerCase();
  const exact = entries.filter((entry) => entry.name === name);
  const found =
    exact.length > 0 ? exact : entries.filter((entry) => isSame(entry.name) || isSame(entry.email));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const candidates = found.length > 0 ? found : await findNear(api, kind, name);
  const listed = candidates.slice(0, MOST_CANDIDATES);
  const many = found.length === 0 ? "no" : String(found.length);
  throw new UsageError(
    "usage.unknown_name",
    `${many} ${kind.noun} are called \`${name}\` (\`${dimension}\`)`,
    {
      hint:
        listed.length === 0
          ? `pass the id: --filter '${dimension}=ID'`
          : `${found.length > 0 ? "pass the id" : "did you mean"}: ${listed.map((entry) => `--filter '${dimension}=${found.length > 0 ? entry.id : entry.name}'`).join(" or ")}`,
    },
  );
}

/** Returns the objects with the most similar names among the first ones of the listing. */
async function findNear(api: Api, kind: NamedObject, name: string): Promise<readonly NamedEntry[]> {
  const path = kind.path;
  const answer = await api.send({ method: "GET", path, query: { ...kind.query, pageSize: PAGE_SIZE } });
  const entries = entriesIn(asRecord(answer.body)["entities"]);
  const near = nearestWords(
    name,
    entries.map((entry) => entry.name),
  );
  return near.flatMap((word) => entries.find((entry) => entry.name === word) ?? []);
}

/** Reads every object that the service finds by this name; the service may also match parts of names. */
async function readAll(
  api: Api,
  kind: NamedObject,
  name: string,
  dimension: string,
): Promise<readonly NamedEntry[]> {
  const found = new Map<string, NamedEntry>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const request = requestFor(kind, name, page);
    const body = asRecord(await read(api, request, kind, dimension));
    const entries = entriesIn(body[kind.searchPath === null ? "entities" : "results"]);
    const before = found.size;
    for (const entry of entries) found.set(entry.id, entry);
    // A listing that ignores page numbers repeats its first page.
    if (Number(body["pageCount"] ?? 1) <= page || found.size === before) break;
  }
  return [...found.values()];
}

function requestFor({ path, query, searchPath }: NamedObject, name: string, pageNumber: number): ApiRequest {
  const paging = { pageSize: PAGE_SIZE, pageNumber };
  if (searchPath === null) return { method: "GET", path, query: { ...query, name, ...paging } };
  const criteria = { type: "EXACT", fields: ["name", "email"], value: name };
  return { method: "POST", path: searchPath, body: { ...paging, query: [criteria] }, repeatable: true };
}

async function read(api: Api, request: ApiRequest, kind: NamedObject, dimension: string): Promise<unknown> {
  const answer = await api.send(request);
  if (answer.status !== 403) return requireJson(request, answer, api.region);
  const needs = kind.permission === null ? "" : `: that needs \`${kind.permission}\``;
  throw new ApiError("api.forbidden", `this token may not look up names of ${kind.noun}${needs}`, {
    request,
    answer,
    hint: `an id needs no look-up: --filter '${dimension}=ID'`,
  });
}

function entriesIn(value: unknown): readonly NamedEntry[] {
  return asArray(value).flatMap((each) => {
    const id = asString(asRecord(each)["id"]);
    const name = asString(asRecord(each)["name"]);
    return id === null || name === null ? [] : [{ id, name, email: asString(asRecord(each)["email"]) }];
  });
}
