import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import { parseRegion } from "../../platform/region/region-parser.ts";
import type { PolicyEnvironment, PolicyService, PolicyText } from "./policy.ts";
import {
  addProblem,
  type Fields,
  kindOf,
  locate,
  readFields,
  readFlag,
  readNames,
  readText,
} from "./policy-fields.ts";
import { type ItemReading, readItems } from "./policy-items.ts";
import { emptyAt, type YamlEntry, type YamlMap, type YamlValue } from "./yaml-value.ts";

const VERSION = 1;
const SERVICE_KEYS = ["description", "operations", "permissions", "division", "max", "environments"];
const ENVIRONMENT_KEYS = ["profile", "region", "division", "operations", "permissions", "max"];

/** Reads the services of a policy document. */
export function readServices(reading: ItemReading, root: YamlValue): readonly PolicyService[] {
  // Top-level keys that begin with `x-` are allowed, because they contain anchors that several services share.
  const extensions = root.kind === "map" ? root.entries.map(({ key }) => key).filter(isExtension) : [];
  const fields = readFields(reading, root, ["version", "services", ...extensions], "the policy");
  if (fields === null) return [];
  checkVersion(reading, fields.get("version"), root);
  const services = fields.get("services");
  if (services === undefined) {
    addProblem(
      reading,
      root.at,
      "`services` is missing: list the services by name, each with its `operations` or `permissions`",
    );
    return [];
  }
  const map = mapOfNames(reading, services, "a service");
  return map === null
    ? []
    : readNames(reading, map, "a service").flatMap((entry) => readService(reading, entry) ?? []);
}

function isExtension(key: string): boolean {
  return key.startsWith("x-");
}

function checkVersion(reading: ItemReading, entry: YamlEntry | undefined, root: YamlValue): void {
  if (entry === undefined) {
    addProblem(reading, root.at, `\`version\` is missing: write \`version: ${VERSION}\``);
  } else if (entry.value.kind !== "scalar" || entry.value.value !== VERSION) {
    const what = kindOf(entry.value);
    addProblem(reading, entry.keyAt, `\`version\` must be the number ${VERSION}, not ${what}`);
  }
}

function mapOfNames(reading: ItemReading, { key, keyAt, value }: YamlEntry, what: string): YamlMap | null {
  if (value.kind === "map" && value.entries.length > 0) return value;
  const kind = value.kind === "map" ? "an empty mapping" : kindOf(value);
  addProblem(reading, keyAt, `\`${key}\` must name at least ${what.replace(/^an? /, "one ")}, not ${kind}`);
  return null;
}

function readService(reading: ItemReading, { key: name, keyAt, value }: YamlEntry): PolicyService | null {
  const what = `service \`${oneLine(name, 60)}\``;
  const isBare = value.kind === "scalar" && value.value === null;
  const fields = readFields(reading, isBare ? emptyAt(keyAt) : value, SERVICE_KEYS, what);
  if (fields === null) return null;
  if (!fields.has("operations") && !fields.has("permissions")) {
    addProblem(reading, keyAt, `${what} requires nothing: add \`operations\` or \`permissions\``);
  }
  const environments = fields.get("environments");
  const map = environments === undefined ? null : mapOfNames(reading, environments, "an environment");
  return {
    name,
    description: readText(reading, fields, "description"),
    location: locate(reading, keyAt),
    division: readText(reading, fields, "division"),
    items: readItems(reading, fields),
    isMaximum: readFlag(reading, fields, "max") ?? false,
    environments:
      map === null
        ? []
        : readNames(reading, map, "an environment").flatMap((entry) => readEnvironment(reading, entry) ?? []),
  };
}

function readEnvironment(
  reading: ItemReading,
  { key: name, keyAt, value }: YamlEntry,
): PolicyEnvironment | null {
  const what = `environment \`${oneLine(name, 60)}\``;
  // An environment can have no value, such as `dev:`, and then adds nothing to the service.
  const isBare = value.kind === "scalar" && value.value === null;
  const fields: Fields | null = isBare ? new Map() : readFields(reading, value, ENVIRONMENT_KEYS, what);
  if (fields === null) return null;
  return {
    name,
    location: locate(reading, keyAt),
    profile: readPlacedText(reading, fields, "profile"),
    region: readRegion(reading, fields),
    division: readText(reading, fields, "division"),
    items: readItems(reading, fields),
    isMaximum: readFlag(reading, fields, "max"),
  };
}

function readPlacedText(reading: ItemReading, fields: Fields, key: "profile" | "region"): PolicyText | null {
  const value = readText(reading, fields, key);
  const at = fields.get(key)?.value.at;
  return value === null || at === undefined ? null : { value, location: locate(reading, at) };
}

function readRegion(reading: ItemReading, fields: Fields): PolicyText | null {
  const text = readPlacedText(reading, fields, "region");
  if (text === null) return null;
  try {
    parseRegion(text.value);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [hint] = (error.hint ?? "").split("\n");
    addProblem(reading, text.location, `${error.message}; ${hint}`);
  }
  return text;
}
