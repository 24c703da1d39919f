import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { asRecord, type JsonRecord } from "../../src/core/json.ts";

export const SCHEMA_DIRECTORY = resolve(import.meta.dirname, "../../src/output/schemas");

/** Returns the paths of all schema files in the source, including that of the policy. */
export function listSchemaFiles(): readonly string[] {
  return readdirSync(SCHEMA_DIRECTORY, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => join(SCHEMA_DIRECTORY, path));
}

/**
 * Returns every shipped output schema by the name of its document, such as `check-scopes`, `catalog-show` or `error`.
 */
export function readSchemas(): ReadonlyMap<string, JsonRecord> {
  return new Map(
    listSchemaFiles()
      .filter((path) => path.endsWith(".v1.json"))
      .map((path) => [basename(path, ".v1.json"), asRecord(JSON.parse(readFileSync(path, "utf8")))]),
  );
}

/** Definitions that other schemas extend with their own fields. */
const OPEN_DEFINITIONS = ["evidence", "remedy"];

/**
 * Returns the schema with additional fields forbidden, which reveals fields that are printed but not described.
 * Consumers get the tolerant schema, because later versions may add fields.
 */
export function withoutTolerance(schema: unknown, name = ""): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withoutTolerance(item));
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withoutTolerance(value, key)]),
  );
  const isClosed = inner["type"] === "object" && "properties" in inner && !OPEN_DEFINITIONS.includes(name);
  return isClosed && !("additionalProperties" in inner) ? { ...inner, additionalProperties: false } : inner;
}

const OPTIONS = { allErrors: true, strict: true, strictTypes: false, code: { optimize: false } } as const;
/** Validates the schemas themselves. Compiled once, on first use. */
let metaSchema: Ajv2020 | null = null;

/**
 * Compiled schemas. Compiling takes a hundred times longer than validating, and many tests of a file use the same
 * schemas.
 */
const compiled = new WeakMap<JsonRecord, ValidateFunction>();
const compiledByText = new Map<string, ValidateFunction>();

function validatorOf(schema: JsonRecord): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(schema);
  const validate = compiledByText.get(text) ?? compile(schema);
  compiledByText.set(text, validate);
  compiled.set(schema, validate);
  return validate;
}

function compile(schema: JsonRecord): ValidateFunction {
  metaSchema ??= new Ajv2020(OPTIONS);
  void metaSchema.validateSchema(schema, true);
  // Each schema needs its own instance, because several have the same `$id`.
  const ajv = new Ajv2020({ ...OPTIONS, validateSchema: false, meta: false });
  ajvFormats.default(ajv);
  return ajv.compile(schema);
}

/** Returns the violations of a schema in a document, one line each, and none when it is valid. */
export function findViolations(schema: unknown, document: unknown): readonly string[] {
  const validate = validatorOf(asRecord(schema));
  if (validate(document)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`,
  );
}
