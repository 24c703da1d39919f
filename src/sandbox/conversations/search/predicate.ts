import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../../core/json.ts";
import { invalidValue, type Refusal, refusal } from "../../refusal.ts";
import type { DeclaredNames } from "./declared-names.ts";

/** Thrown for a filter that the definition does not declare, because ignoring it would return wrong results. */
export class RefusedFilterError extends Error {
  readonly refusal: Refusal;

  constructor(refused: Refusal) {
    super(refused.code);
    this.refusal = refused;
  }
}

/** Reads the values of a dimension or the numbers of a metric. The lists are empty when the record has none. */
export interface FilterReader<Subject> {
  readonly names: DeclaredNames;
  values(subject: Subject, dimension: string): readonly string[];
  numbers(subject: Subject, metric: string): readonly number[];
}

type Test<Subject> = (subject: Subject) => boolean;

const JOINS: ReadonlySet<string> = new Set(["and", "or"]);
const BOUNDS: readonly (readonly [string, (value: number, bound: number) => boolean])[] = [
  ["gt", (value, bound) => value > bound],
  ["gte", (value, bound) => value >= bound],
  ["lt", (value, bound) => value < bound],
  ["lte", (value, bound) => value <= bound],
];

/**
 * Parses a filter or clause. Its `type` (`and` or `or`) combines its predicates and clauses.
 * @throws RefusedFilterError for a name, type or operator that the definition does not declare
 */
export function compile<Subject>(filter: JsonRecord, reader: FilterReader<Subject>): Test<Subject> {
  const type = asString(filter["type"]) ?? "and";
  if (!JOINS.has(type)) throw new RefusedFilterError(invalidValue(type, "type"));
  const parts = [
    ...asArray(filter["predicates"]).map((each) => compilePredicate(asRecord(each), reader)),
    ...asArray(filter["clauses"]).map((each) => compile(asRecord(each), reader)),
  ];
  return type === "or"
    ? (subject) => parts.some((holds) => holds(subject))
    : (subject) => parts.every((holds) => holds(subject));
}

/**
 * Parses a predicate, which names a dimension, a metric or a property. The name implies the type when `type` is absent.
 * Properties are free text from flows and bots, which the sandbox does not have.
 * @throws RefusedFilterError
 */
function compilePredicate<Subject>(predicate: JsonRecord, reader: FilterReader<Subject>): Test<Subject> {
  const [kind, name] = nameIn(predicate);
  const type = asString(predicate["type"]) ?? kind;
  if (type !== kind) throw new RefusedFilterError(invalidValue(type, "type"));
  const operator = asString(predicate["operator"]) ?? "matches";
  const find =
    kind === "metric" ? metricTest(predicate, name, reader) : dimensionTest(predicate, name, reader);
  switch (operator) {
    case "matches":
      return find.matches;
    case "exists":
      return find.exists;
    case "notExists":
      return (subject) => !find.exists(subject);
    default:
      throw new RefusedFilterError(invalidValue(operator, "operator"));
  }
}

function nameIn(predicate: JsonRecord): readonly ["dimension" | "metric" | "property", string] {
  for (const kind of ["dimension", "metric", "property"] as const) {
    const name = asString(predicate[kind]);
    if (name !== null) return [kind, name];
  }
  throw invalidProperty("");
}

interface PredicateTest<Subject> {
  readonly matches: Test<Subject>;
  readonly exists: Test<Subject>;
}

function dimensionTest<Subject>(
  predicate: JsonRecord,
  name: string,
  { names, values }: FilterReader<Subject>,
): PredicateTest<Subject> {
  if (predicate["property"] === undefined && !names.dimensions.has(name)) throw invalidProperty(name);
  const wanted = asString(predicate["value"]);
  const isWithin = withinRange(predicate);
  return {
    exists: (subject) => values(subject, name).length > 0,
    matches: (subject) =>
      values(subject, name).some((value) =>
        isWithin === null ? value === wanted : isWithin(toNumber(value)),
      ),
  };
}

function metricTest<Subject>(
  predicate: JsonRecord,
  name: string,
  { names, numbers }: FilterReader<Subject>,
): PredicateTest<Subject> {
  if (!names.metrics.has(name)) throw invalidProperty(name);
  const wanted = boundIn(predicate["value"]);
  const isWithin = withinRange(predicate) ?? ((value: number) => value === wanted);
  return {
    exists: (subject) => numbers(subject, name).length > 0,
    matches: (subject) => numbers(subject, name).some(isWithin),
  };
}

/**
 * Returns the test for the predicate's range; null without a range. Bounds are numbers, or strings that contain
 * numbers or instants.
 */
function withinRange(predicate: JsonRecord): ((value: number) => boolean) | null {
  if (predicate["range"] === undefined) return null;
  const range = asRecord(predicate["range"]);
  const unknown = Object.keys(range).find((key) => BOUNDS.every(([name]) => name !== key));
  if (unknown !== undefined) throw invalidProperty(unknown);
  const bounds = BOUNDS.flatMap(([name, holds]) => {
    if (range[name] === undefined) return [];
    const bound = boundIn(range[name]);
    if (Number.isNaN(bound)) throw new RefusedFilterError(invalidValue(String(range[name]), "range"));
    return [(value: number) => holds(value, bound)];
  });
  return (value) => bounds.every((holds) => holds(value));
}

function boundIn(value: unknown): number {
  return asNumber(value) ?? toNumber(asString(value) ?? "");
}

function toNumber(text: string): number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
}

function invalidProperty(property: string): RefusedFilterError {
  return new RefusedFilterError(
    refusal(400, "invalid.property", "Invalid property [{property}]", { property }),
  );
}
