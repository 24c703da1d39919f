import { UsageError } from "../core/errors.ts";
import type { JsonRecord } from "../core/json.ts";
import { ownValue } from "../core/own-value.ts";
import { unknownWord } from "./unknown-word.ts";
import type { FilterPlace } from "./vocabulary.ts";

/** One condition of the platform's filter grammar: three words, without a negation. */
interface Predicate {
  readonly type: "dimension" | "metric";
  readonly dimension?: string;
  readonly metric?: string;
  readonly operator: "matches" | "exists" | "notExists";
  readonly value?: string;
  readonly range?: Readonly<Record<string, number>>;
}

/** The conditions of one `--filter`; one of them must hold. */
interface Condition {
  readonly name: string;
  readonly alternatives: readonly ((
    kind: Predicate["type"],
  ) => Omit<Predicate, "type" | "dimension" | "metric">)[];
  readonly isRange: boolean;
}

const SHAPE = /^\s*([A-Za-z][A-Za-z0-9]*)(?:\s*(!=|>=|<=|=|>|<)|\s+(in)\b)(.*)$/is;
/** Several operator characters in a row, as in other languages. */
const SIGNS = /^[=<>!][=<>]*/;
const RANGE_WORDS: Readonly<Record<string, string>> = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte" };
const EXAMPLES =
  "filters look like `queueId=ID`, `mediaType in voice,chat`, `conversationEnd=*` (present), `conversationEnd!=` (absent), `tHandle>60000`";

/**
 * Returns the fields of a request body for the filters, each in the field that accepts its dimension or
 * metric. All filters must hold; `in` accepts any of several values.
 * @throws UsageError `usage.filter` for text that is not a filter or that the platform's grammar can't
 * express, `usage.unknown_dimension` with the closest ones
 */
export function buildFilters(texts: readonly string[], places: readonly FilterPlace[]): JsonRecord {
  const fields = new Map<string, { readonly place: FilterPlace; readonly groups: Predicate[][] }>();
  for (const text of texts) {
    const condition = parseFilter(text);
    const { place, type } = findPlace(condition, text, places);
    const entry = fields.get(place.field) ?? { place, groups: [] };
    entry.groups.push(
      condition.alternatives.map((make) => ({ type, [type]: condition.name, ...make(type) })),
    );
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
 * Every group must hold, by at least one of its predicates. Alternatives become clauses, the only level of
 * nesting in the grammar.
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

function parseFilter(text: string): Condition {
  const [, name = "", sign, keyword = "", rest = ""] = SHAPE.exec(text) ?? [];
  const operator = sign ?? keyword.toLowerCase();
  const value = rest.trim();
  const state = (word: "exists" | "notExists"): Condition => ({
    name,
    alternatives: [() => ({ operator: word })],
    isRange: false,
  });
  const rangeWord = ownValue(RANGE_WORDS, operator);
  if (name === "") throw refuse(`\`${text}\` is not a filter`, EXAMPLES);
  const [signs = operator] = SIGNS.exec(`${operator}${value}`) ?? [];
  if (signs !== operator) throw refuse(`\`${signs}\` is not an operator (\`${text}\`)`, EXAMPLES);
  if (operator === "=" && value === "*") return state("exists");
  if (operator === "!=" && (value === "" || value === "*")) return state("notExists");
  if (operator === "!=") {
    throw refuse(
      `the platform can't exclude \`${name}\` \`${value}\`: its filters match a value or test for presence, and have no "not"`,
      `list the values to include: --filter '${name} in a,b'; \`--filter '${name}!='\` matches records without ${name}`,
    );
  }
  if (value === "") throw refuse(`the filter \`${text}\` has no value`, EXAMPLES);
  if (rangeWord !== undefined) {
    const bound = Number(value);
    if (Number.isNaN(bound)) {
      throw refuse(
        `\`${value}\` is not a number (\`${text}\`)`,
        "metrics that begin with `t` are in milliseconds: --filter 'tHandle>60000'",
      );
    }
    return {
      name,
      alternatives: [() => ({ operator: "matches", range: { [rangeWord]: bound } })],
      isRange: true,
    };
  }
  const values = operator === "=" ? [value] : listOf(value);
  if (values.length === 0) throw refuse(`the filter \`${text}\` has no value`, EXAMPLES);
  return {
    name,
    alternatives: values.map((each) => (kind) => matches(kind, each)),
    isRange: false,
  };
}

/** A metric accepts only ranges: one value is the range from itself to itself. */
function matches(kind: Predicate["type"], value: string): Omit<Predicate, "type"> {
  if (kind === "dimension") return { operator: "matches", value };
  const bound = Number(value);
  if (Number.isNaN(bound)) throw refuse(`\`${value}\` is not a number, and metrics are numbers`, EXAMPLES);
  return { operator: "matches", range: { gte: bound, lte: bound } };
}

function listOf(text: string): readonly string[] {
  return text
    .replace(/^\((.*)\)$/s, "$1")
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

function findPlace(
  { name, isRange }: Condition,
  text: string,
  places: readonly FilterPlace[],
): { readonly place: FilterPlace; readonly type: Predicate["type"] } {
  for (const place of places) {
    if (place.metrics.includes(name)) return { place, type: "metric" };
    if (place.dimensions.includes(name)) {
      if (isRange) {
        throw refuse(
          `\`${name}\` is a dimension and can't be compared by size (\`${text}\`)`,
          `give values: --filter '${name}=VALUE', --filter '${name} in a,b'`,
        );
      }
      return { place, type: "dimension" };
    }
  }
  const known = [...new Set(places.flatMap(({ dimensions, metrics }) => [...dimensions, ...metrics]))];
  throw unknownWord("dimension", name, known);
}

function refuse(message: string, hint: string): UsageError {
  return new UsageError("usage.filter", message, { hint });
}
