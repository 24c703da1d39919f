import { closest } from "../../core/closest.ts";
import { oneLine } from "../../core/text.ts";
import type { Location, Position, Problem } from "./position.ts";
import type { YamlEntry, YamlList, YamlMap, YamlValue } from "./yaml-value.ts";

/** The state of reading one policy file, including the problems found so far. */
export interface PolicyReading {
  readonly file: string;
  readonly problems: Problem[];
}

/** The fields of a mapping, by key. */
export type Fields = ReadonlyMap<string, YamlEntry>;

const METHOD = /^(GET|HEAD|POST|PUT|PATCH|DELETE)$/i;

/**
 * Reads the fields of a mapping; null for any other value. Reports an unknown key together with the closest of
 * `keys`.
 * @param what how messages refer to the mapping, such as "service `reporting`"
 */
export function readFields(
  reading: PolicyReading,
  value: YamlValue,
  keys: readonly string[],
  what: string,
): Fields | null {
  if (value.kind !== "map") {
    addProblem(reading, value.at, `${what} must be a mapping of keys and values, not ${kindOf(value)}`);
    return null;
  }
  for (const { key, keyAt } of value.entries) {
    if (!keys.includes(key)) addProblem(reading, keyAt, unknownKey(key, keys, what));
  }
  return new Map(value.entries.map((entry) => [entry.key, entry]));
}

/** Reads a string field; null when it is absent. Reports any other value as a problem. */
export function readText(reading: PolicyReading, fields: Fields, key: string): string | null {
  const entry = fields.get(key);
  if (entry === undefined) return null;
  const { value } = entry;
  if (value.kind === "scalar" && typeof value.value === "string" && value.value.trim() !== "") {
    return value.value;
  }
  addProblem(reading, placeOf(entry), `\`${key}\` must be text, not ${kindOf(value)}`);
  return null;
}

/** Reads a boolean field; null when it is absent. Reports any other value as a problem. */
export function readFlag(reading: PolicyReading, fields: Fields, key: string): boolean | null {
  const entry = fields.get(key);
  if (entry === undefined) return null;
  const { value } = entry;
  if (value.kind === "scalar" && typeof value.value === "boolean") return value.value;
  addProblem(reading, placeOf(entry), `\`${key}\` must be true or false, not ${kindOf(value)}`);
  return null;
}

/** Reads a list field with at least `least` items; empty when the field is absent or invalid. */
export function readList(
  reading: PolicyReading,
  fields: Fields,
  key: string,
  least: number,
): YamlList["items"] {
  const entry = fields.get(key);
  if (entry === undefined) return [];
  const { value } = entry;
  if (value.kind !== "list") {
    addProblem(reading, placeOf(entry), `\`${key}\` must be a list, not ${kindOf(value)}`);
    return [];
  }
  if (value.items.length < least) {
    const wanted = least === 1 ? "one" : "two";
    addProblem(reading, placeOf(entry), `\`${key}\` must list at least ${wanted}`);
  }
  return value.items;
}

/**
 * Reads a mapping whose keys are names of services or environments. A name is a single line of at most 100
 * characters.
 */
export function readNames(reading: PolicyReading, map: YamlMap, what: string): readonly YamlEntry[] {
  for (const { key, keyAt } of map.entries) {
    if (key === "" || [...key].length > 100 || oneLine(key) !== key) {
      addProblem(reading, keyAt, `the name of ${what} must have 1 to 100 characters on one line`);
    }
  }
  return map.entries;
}

export function addProblem(reading: PolicyReading, at: Position, message: string): void {
  reading.problems.push({ line: at.line, column: at.column, message });
}

export function locate({ file }: PolicyReading, { line, column }: Position): Location {
  return { file, line, column };
}

/** Describes a value for a message: "the number 2", "a list", "an empty value". */
export function kindOf(value: YamlValue): string {
  if (value.kind === "map") return "a mapping";
  if (value.kind === "list") return "a list";
  if (value.value === null) return "an empty value";
  if (typeof value.value === "number") return `the number ${value.value}`;
  if (typeof value.value === "boolean") return `${value.value}`;
  return value.value.trim() === "" ? "empty text" : `the text \`${oneLine(value.value, 60)}\``;
}

/** Returns the position of a value, or of its key when the value is absent. */
function placeOf({ keyAt, value }: YamlEntry): Position {
  return value.kind === "scalar" && value.value === null ? keyAt : value.at;
}

function unknownKey(key: string, keys: readonly string[], what: string): string {
  const shown = oneLine(key, 60);
  if (METHOD.test(key)) {
    return `\`${shown}:\` is not a key: write method and path as one string without a colon`;
  }
  const [near] = closest(key.toLowerCase(), keys, 1, Math.max(1, Math.floor(key.length / 3)));
  const known = keys.map((name) => `\`${name}\``).join(", ");
  return `unknown key \`${shown}\` in ${what}${near === undefined ? `; known keys: ${known}` : `: did you mean \`${near}\`?`}`;
}
