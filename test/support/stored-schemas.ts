import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import ajvFormats from "ajv-formats";
import { asRecord, type JsonRecord } from "../../src/core/json.ts";

const DIRECTORY = join(createRequire(import.meta.url).resolve("schemastore/package.json"), "../schemas/json");

/** Name of the schema of GitLab's pipelines and components. */
export const GITLAB_SCHEMA =
  "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci";

/** Reads a published JSON Schema by its name in the schema store, such as `sarif-2.1.0`. */
export function readStoredSchema(name: string): JsonRecord {
  return asRecord(JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), "utf8")));
}

/** Returns the violations of a published schema in a document, one line each, and none when it is valid. */
export function violationsOf(schema: JsonRecord, document: unknown): readonly string[] {
  // Published schemas contain editor keywords, which strict mode would refuse, and loose patterns.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  ajvFormats.default(ajv);
  const validate = ajv.compile(schema);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
}
