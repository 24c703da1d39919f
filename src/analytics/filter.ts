import type { JsonRecord } from "../core/json.ts";
import { FILTER_EXAMPLES, type FilterText, parseFilter, refuseFilter } from "./filter-text.ts";
import { isObjectId } from "./named-objects.ts";
import { nearestWords, unknownWord } from "./unknown-word.ts";
import type { FilterPlace } from "./vocabulary.ts";

/** One condition of the platform's filter grammar, which has three operators and no negation. */
interface Predicate {
  readonly type: "dimension" | "metric";
  readonly dimension?: string;
  readonly metric?: string;
  readonly operator: "matches" | "exists" | "notExists";
  readonly value?: string;
  readonly range?: Readonly<Record<string, number>>;
}

/** Dimensions with ids of objects that have no name. */
const NAMELESS_IDS: ReadonlySet<string> = new Set(["conversationId"]);
const MOST_VALUES_IN_HINT = 40;

/**
 * Returns the fields of a request body for the filters, each in the field that accepts its dimension or metric. All
 * filters must hold; `in` accepts any of several values.
 * @throws UsageError `usage.filter` for text that is not a filter, that the platform's grammar can't express, or with a
 * value that the dimension does not have; `usage.unknown_dimension` with the closest ones
 * @param query the name of the query; the hint contains the command that lists its dimensions
 */
export function buildFilters(
  texts: readonly string[],
  places: readonly FilterPlace[],
  query: string,
): JsonRecord {
  const fields = new Map<string, { readonly place: FilterPlace; readonly groups: Predicate[][] }>();
  for (const text of texts) {
    const filter = parseFilter(text);
    const { place, type } = findPlace(filter, places, query);
    if (type === "dimension") checkValues(filter, place);
    const entry = fields.get(place.field) ?? { place, groups: [] };
    entry.groups.push(conditionsOf(filter, type).map((each) => ({ type, [type]: filter.name, ...each })));
    fields.set(place.field, entry);
  }
  return Object.fromEntries(
    [...fields].map(([field, { place, groups }]) => {
      const filter = joinGroups(groups);
      return [field, place.isList ? [filter] : filter];
    }),
  );
}

/**
 * Joins groups of predicates: every group must match, through at least one of its predicates. Alternatives
 * become clauses, which are the only level of nesting in the grammar.
 */
function joinGroups(groups: readonly (readonly Predicate[])[]): JsonRecord {
  const predicates = groups.flatMap((group) => (group.length === 1 ? group : []));
  const clauses = groups
    .filter((group) => group.length > 1)
    .map((group) => ({ type: "or", predicates: group }));
  const [only] = clauses;
  if (only !== undefined && clauses.length === 1 && predicates.length === 0) return only;
  return {
    type: "and",
    ...(predicates.length > 0 && { predicates }),
    ...(clauses.length > 0 && { clauses }),
  };
}

/** Returns the conditions of a filter; one of them must hold. */
function conditionsOf(filter: FilterText, type: Predicate["type"]): readonly Omit<Predicate, "type">[] {
  switch (filter.kind) {
    case "state":
      return [{ operator: filter.operator }];
    case "range":
      return [{ operator: "matches", range: { [filter.bound]: filter.value } }];
    case "values":
      return filter.values.map((value) => matches(type, value));
  }
}

/**
 * Returns the condition for one value. Metrics accept only ranges, so a number becomes both ends of a range.
 * @throws UsageError `usage.filter` for a metric with a value that is not a number
 */
function matches(kind: Predicate["type"], value: string): Omit<Predicate, "type"> {
  if (kind === "dimension") return { operator: "matches", value };
  const bound = Number(value);
  if (Number.isNaN(bound)) {
    throw refuseFilter(`\`${value}\` is not a number, but metrics are numbers`, FILTER_EXAMPLES);
  }
  return { operator: "matches", range: { gte: bound, lte: bound } };
}

/** @throws UsageError `usage.filter` for a value that the dimension cannot have */
function checkValues(filter: FilterText, { valuesOf }: FilterPlace): void {
  if (filter.kind !== "values") return;
  const { name } = filter;
  const known = valuesOf(name);
  const wrong = filter.values.find((value) => known !== null && !known.includes(value));
  if (wrong !== undefined && known !== null) {
    const near = nearestWords(wrong, known);
    const listed = known.slice(0, MOST_VALUES_IN_HINT).join(" ");
    throw refuseFilter(
      `\`${name}\` has no value \`${wrong}\``,
      near.length > 0
        ? `did you mean ${near.map((word) => `--filter '${name}=${word}'`).join(" or ")}? Pass a newer value with --body`
        : `its values are ${listed}; pass a newer value with --body`,
    );
  }
  const notAnId = NAMELESS_IDS.has(name) ? filter.values.find((value) => !isObjectId(value)) : undefined;
  if (notAnId !== undefined) {
    throw refuseFilter(
      `\`${notAnId}\` is not an id (\`${name}\`)`,
      "ids look like 6f1f2b1c-8d9e-4a53-9c0f-2b7b1a0c1d2e",
    );
  }
}

function findPlace(
  { name, text, kind }: FilterText,
  places: readonly FilterPlace[],
  query: string,
): { readonly place: FilterPlace; readonly type: Predicate["type"] } {
  for (const place of places) {
    if (place.metrics.includes(name)) return { place, type: "metric" };
    if (place.dimensions.includes(name)) {
      if (kind === "range") {
        throw refuseFilter(
          `\`${name}\` is a dimension, so \`<\` and \`>\` do not apply to it (\`${text}\`)`,
          `give values: --filter '${name}=VALUE', --filter '${name} in a,b'`,
        );
      }
      return { place, type: "dimension" };
    }
  }
  const known = [...new Set(places.flatMap(({ dimensions, metrics }) => [...dimensions, ...metrics]))];
  throw unknownWord("dimension", name, known, query);
}
