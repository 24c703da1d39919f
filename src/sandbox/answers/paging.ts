import type { Answer } from "../answer.ts";
import { type Exchange, refuse } from "../exchange.ts";
import { pageOf } from "../page-drift.ts";
import { invalidValue } from "../refusal.ts";

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 500;

/**
 * Returns one page of `items` in the form that the platform uses with `pageNumber` and `pageSize`. Calls `describe` for
 * each item, and truncates a page that is larger than `mostEntries`.
 */
export function page<Item>(
  exchange: Exchange,
  items: readonly Item[],
  describe: (item: Item) => unknown,
  mostEntries = LARGEST_PAGE_SIZE,
): Readonly<Record<string, unknown>> {
  const { query, path } = exchange.request;
  const pageSize = Math.min(positive(query.get("pageSize")) ?? DEFAULT_PAGE_SIZE, mostEntries);
  const pageNumber = positive(query.get("pageNumber")) ?? 1;
  const pageCount = Math.max(1, Math.ceil(items.length / pageSize));
  const { from, to } = pageOf(
    items.length,
    { pageSize, pageNumber },
    exchange.world.settings.pageDrift.listings,
  );

  function uri(number: number): string {
    const parameters = new URLSearchParams(query);
    parameters.set("pageSize", String(pageSize));
    parameters.set("pageNumber", String(number));
    return `${path}?${parameters}`;
  }

  return {
    entities: items.slice(from, to).map(describe),
    pageSize,
    pageNumber,
    total: items.length,
    firstUri: uri(1),
    lastUri: uri(pageCount),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
    pageCount,
  };
}

/**
 * Refuses a page size or number that is not a positive whole number, and a page larger than the listings allow. Returns
 * null for valid ones. It is not published which error code the platform returns, or whether every listing refuses a
 * page that is too large. The sandbox returns the error code of other invalid parameters.
 */
export function checkPage(exchange: Exchange, largestPage = LARGEST_PAGE_SIZE): Answer | null {
  const largest = { pageSize: largestPage, pageNumber: Number.POSITIVE_INFINITY };
  for (const [name, most] of Object.entries(largest)) {
    const value = exchange.request.query.get(name);
    if (value === null) continue;
    const number = positive(value);
    if (number === null || number > most) return refuse(exchange, invalidValue(value, name));
  }
  return null;
}

/**
 * Sorts the items as requested by `sortBy` and `sortOrder`. Only name and id are supported; any other field is ignored.
 */
export function sortedAsRequested<Item extends { readonly id: string; readonly name: string }>(
  { request: { query } }: Exchange,
  items: readonly Item[],
): readonly Item[] {
  const field = query.get("sortBy");
  if (field !== "name" && field !== "id") return items;
  const ascending = items.toSorted((left, right) => (left[field] < right[field] ? -1 : 1));
  const isDescending = /^desc/i.test(query.get("sortOrder") ?? "");
  return isDescending ? ascending.reverse() : ascending;
}

/** Filters the items by the `id` and `divisionId` parameters of the query. Both accept several values. */
export function chosenAsRequested<Item extends { readonly id: string; readonly divisionId: string }>(
  { request: { query } }: Exchange,
  items: readonly Item[],
): readonly Item[] {
  const valuesOf = (name: string) => query.getAll(name).flatMap((each) => each.split(","));
  const ids = valuesOf("id");
  const divisions = valuesOf("divisionId");
  return items.filter(
    ({ id, divisionId }) =>
      (ids.length === 0 || ids.includes(id)) && (divisions.length === 0 || divisions.includes(divisionId)),
  );
}

/** Sorts by name, which is the only order that some listings support. `sortOrder` can reverse the order. */
export function byName<Item extends { readonly name: string }>(
  { request: { query } }: Exchange,
  items: readonly Item[],
): readonly Item[] {
  const ascending = items.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return /^desc/i.test(query.get("sortOrder") ?? "") ? ascending.reverse() : ascending;
}

/**
 * Filters the items by the `name` parameter of the query, ignoring case. The parameter is a whole name, or part of one
 * with an asterisk at its start, its end or both. Some listings also match the start of a name without an asterisk.
 */
export function namedAsRequested<Item extends { readonly name: string }>(
  { request: { query } }: Exchange,
  items: readonly Item[],
  matching: "whole" | "start" = "whole",
): readonly Item[] {
  const asked = query.get("name")?.toLowerCase() ?? "";
  if (asked === "") return items;
  const text = asked.replace(/^\*/, "").replace(/\*$/, "");
  const isFree = { start: asked.startsWith("*"), end: asked.endsWith("*") || matching === "start" };
  const holds = {
    "*name*": (name: string) => name.includes(text),
    "*name": (name: string) => name.endsWith(text),
    "name*": (name: string) => name.startsWith(text),
    name: (name: string) => name === text,
  }[`${isFree.start ? "*" : ""}name${isFree.end ? "*" : ""}` as const];
  return items.filter(({ name }) => holds(name.toLowerCase()));
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : null;
}
