import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";
import { asRecord, type JsonRecord } from "../../src/core/json.ts";

const DIRECTORY = join(createRequire(import.meta.url).resolve("schemastore/package.json"), "../schemas/json");

/** Name of the schema of GitLab's pipelines and components. */
export const GITLAB_SCHEMA =
  "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci";

const stored = new Map<string, JsonRecord>();
/** Compiled schemas. Compiling the largest takes half a second. */
const compiled = new WeakMap<JsonRecord, ValidateFunction>();

/** Returns a published JSON Schema by its name in the schema store, such as `sarif-2.1.0`. */
export function readStoredSchema(name: string): JsonRecord {
  const known = stored.get(name);
  if (known !== undefined) return known;
  const schema = asRecord(JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), "utf8")));
  stored.set(name, schema);
  return schema;
}

/** Returns the violations of a published schema in a document, one line each, and none when it is valid. */
export function violationsOf(schema: JsonRecord, document: unknown): readonly string[] {
  const validate = validatorOf(schema);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
}

function validatorOf(schema: JsonRecord): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  // Published schemas contain editor keywords and loose patterns, which strict mode would refuse.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, code: { optimize: false } });
  ajvFormats.default(ajv);
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}
