import type { PolicyAlternatives, PolicyItem, PolicyOperation, PolicyPermission } from "./policy.ts";
import {
  addProblem,
  type Fields,
  kindOf,
  locate,
  type PolicyReading,
  readFields,
  readList,
  readText,
} from "./policy-fields.ts";
import type { NamedThing, Noun } from "./policy-names.ts";
import type { Position } from "./position.ts";
import type { YamlMap, YamlValue } from "./yaml-value.ts";

/** The state of reading one policy file, with a lookup for the names in it. */
export interface ItemReading extends PolicyReading {
  lookUp(noun: Noun, name: string): NamedThing | null;
}

type PolicySingle = PolicyOperation | PolicyPermission;

/** Reads the items of `operations`, then those of `permissions`. */
export function readItems(reading: ItemReading, fields: Fields): readonly PolicyItem[] {
  return (["operation", "permission"] as const).flatMap((noun) =>
    readList(reading, fields, `${noun}s`, 1).flatMap((value) => readItem(reading, value, noun) ?? []),
  );
}

/** Reads one item: a name, a mapping with a name, or a list of alternatives. */
function readItem(reading: ItemReading, value: YamlValue, noun: Noun): PolicyItem | null {
  return value.kind === "map" && value.entries.some(({ key }) => key === "anyOf")
    ? readAlternatives(reading, value, noun)
    : readSingle(reading, value, noun);
}

function readAlternatives(reading: ItemReading, value: YamlMap, noun: Noun): PolicyAlternatives | null {
  const fields = readFields(reading, value, ["anyOf", "division", "note"], "alternatives");
  if (fields === null) return null;
  const division = readText(reading, fields, "division");
  const note = readText(reading, fields, "note");
  const alternatives = readList(reading, fields, "anyOf", 2)
    .flatMap((alternative) => readSingle(reading, alternative, noun) ?? [])
    .map((single) => ({ ...single, division: single.division ?? division }));
  return { kind: "alternatives", alternatives, division, note, location: locate(reading, value.at) };
}

function readSingle(reading: ItemReading, value: YamlValue, noun: Noun): PolicySingle | null {
  if (value.kind !== "map") {
    const line = { division: null, note: null, location: locate(reading, value.at) };
    if (value.kind === "scalar" && typeof value.value === "string" && value.value.trim() !== "") {
      return resolve(reading, noun, value.value.trim(), value.at, line);
    }
    const article = noun === "operation" ? "an" : "a";
    addProblem(reading, value.at, `${article} ${noun} must be text or a mapping, not ${kindOf(value)}`);
    return null;
  }
  const known = [noun, "division", "note"];
  const fields = readFields(reading, value, known, `an item of \`${noun}s\``);
  if (fields === null) return null;
  const at = fields.get(noun)?.value.at ?? value.at;
  const division = readText(reading, fields, "division");
  const note = readText(reading, fields, "note");
  const name = readText(reading, fields, noun);
  if (name !== null) {
    return resolve(reading, noun, name.trim(), at, { division, note, location: locate(reading, at) });
  }
  // An unknown key is probably a misspelling of the missing one, and was already reported.
  if (!fields.has(noun) && value.entries.every(({ key }) => known.includes(key))) {
    addProblem(reading, value.at, `\`${noun}\` is missing`);
  }
  return null;
}

function resolve(
  reading: ItemReading,
  noun: Noun,
  name: string,
  at: Position,
  line: Pick<PolicySingle, "division" | "note" | "location">,
): PolicySingle | null {
  const thing = reading.lookUp(noun, name);
  if (thing === null) return null;
  if (typeof thing === "string") {
    addProblem(reading, at, thing);
    return null;
  }
  const { division, note, location } = line;
  if (thing.kind === "permission") {
    return { kind: thing.kind, permission: thing.permission, division, note, location };
  }
  const { kind, operation, caution } = thing;
  return { kind, operation, name, caution, division, note, location };
}
