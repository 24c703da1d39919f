import type { ObjectSchema } from "./result.ts";

/**
 * Schema of a word for a command line. It must not begin with a hyphen. Otherwise it would be an option of the command
 * and could name a file to write.
 */
export const WORD = { type: "string", minLength: 1, maxLength: 2_000, pattern: "^[^-]" } as const;
/** Schema of a list of operation names. */
export const OPERATIONS = {
  type: "array",
  items: WORD,
  minItems: 1,
  maxItems: 100,
  description:
    "Operations, each as `METHOD /api/v2/path` (with a template or real ids), a URL, an SDK method name, a command of the official CLI, or a notification topic.",
};
/** Schema of a name or another short string. */
export const TEXT = { type: "string", minLength: 1, maxLength: 200 };
export const DURATION = { type: "string", pattern: "^\\d+(ms|s|m|h|d)$", maxLength: 20 };
export const DAY = {
  type: "string",
  pattern: "^\\d{4}-\\d{2}-\\d{2}$",
  description: "Date to evaluate as of, such as `2027-03-01`, taking announced changes into account.",
};
/** Schema of the argument that keeps a tool from contacting the service. */
export const OFFLINE = {
  type: "boolean",
  description: "Whether to work without a token or the network. False by default.",
};

/** Returns the schema of an object with these properties and no others. */
export function objectOf(
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[],
): ObjectSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** Returns an imported schema. TypeScript infers `string` where the protocol requires the literal `object`. */
export function asObjectSchema(schema: Readonly<Record<string, unknown>>): ObjectSchema {
  return { ...schema, type: "object" };
}

/** Returns the flag as a word if the argument is set. */
export function flag(name: string, given: unknown): readonly string[] {
  return given === true ? [name] : [];
}

/** Attaches each value to its flag, so that no value can become another flag. */
export function values(name: string, given: unknown): readonly string[] {
  return listOf(given).map((value) => `${name}=${value}`);
}

/** Returns a single value or a list of values as a list of words. */
export function listOf(given: unknown): readonly string[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]).map(String);
}
