import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readPolicy } from "../../../src/access/policy/parse-policy.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { asRecord } from "../../../src/core/json.ts";
import { SCHEMA_DIRECTORY } from "../../support/json-schemas.ts";

const catalogue = loadCatalogue();
const isValid = new Ajv2020({ strict: true, strictTypes: false }).compile(
  asRecord(JSON.parse(readFileSync(join(SCHEMA_DIRECTORY, "genscope.policy.schema.json"), "utf8"))),
);

function judge(text: string): { readonly schema: boolean; readonly validator: boolean } {
  return {
    schema: isValid(parse(text, { merge: true })),
    validator: readPolicy(text, { file: "genscope.policy.yaml", catalogue }).problems.length === 0,
  };
}

function service(body: string): string {
  return `version: 1\nservices: { a: ${body} }\n`;
}

const NEEDED = "permissions: ['routing:queue:view']";

test.each([
  ["one permission", service(`{ ${NEEDED} }`)],
  ["one operation", service("{ operations: [getUsers] }")],
  [
    "a mapping for an operation",
    service("{ operations: [{ operation: getUsers, division: Home, note: n }] }"),
  ],
  [
    "a mapping for a permission",
    service("{ permissions: [{ permission: 'routing:queue:view', division: Home }] }"),
  ],
  [
    "alternatives",
    service("{ operations: [{ anyOf: [getUsers, { operation: getUser, note: n }], note: n, division: d }] }"),
  ],
  [
    "alternative permissions",
    service("{ permissions: [{ anyOf: ['routing:queue:view', 'routing:queue:edit'] }] }"),
  ],
  ["every field of a service", service(`{ description: d, ${NEEDED}, division: Home, max: false }`)],
  [
    "environments",
    service(
      `{ ${NEEDED}, environments: { prod: { profile: p, region: us-east-1, division: d, max: true, operations: [getUsers], ${NEEDED} } } }`,
    ),
  ],
  ["a bare environment", service(`{ ${NEEDED}, environments: { dev: } }`)],
  ["an empty environment", service(`{ ${NEEDED}, environments: { dev: {} } }`)],
  [
    "names with spaces and special characters",
    `version: 1\nservices: { "Wall board (Köln), 2": { ${NEEDED} } }`,
  ],
  ["anchors in an extension", `version: 1\nx-all: &all { ${NEEDED} }\nservices: { a: { <<: *all } }`],
])("schema and parser accept %s", (_, text) => {
  expect(judge(text)).toEqual({ schema: true, validator: true });
});

test.each([
  ["nothing", "{}"],
  ["a list", "[]"],
  ["no version", `services: { a: { ${NEEDED} } }`],
  ["a version as text", `version: "1"\nservices: { a: { ${NEEDED} } }`],
  ["a later version", `version: 2\nservices: { a: { ${NEEDED} } }`],
  ["no services", "version: 1"],
  ["empty services", "version: 1\nservices: {}"],
  ["services as a list", "version: 1\nservices: [a]"],
  ["an unknown key at the top", `version: 1\nservice: x\nservices: { a: { ${NEEDED} } }`],
  ["a null service", service("")],
  ["a service that is text", service("x")],
  ["a service without needs", service("{ max: true }")],
  ["an unknown key of a service", service(`{ ${NEEDED}, scopes: [x] }`)],
  ["an empty name", `version: 1\nservices: { "": { ${NEEDED} } }`],
  ["a name of spaces", `version: 1\nservices: { "  ": { ${NEEDED} } }`],
  ["a name with a line break", `version: 1\nservices: { "a\\nb": { ${NEEDED} } }`],
  ["a name with an escape sequence", `version: 1\nservices: { "a\\u001b[0m": { ${NEEDED} } }`],
  ["a name of 101 letters", `version: 1\nservices: { ${"x".repeat(101)}: { ${NEEDED} } }`],
  ["an empty list of operations", service("{ operations: [] }")],
  ["operations as text", service("{ operations: getUsers }")],
  ["null in place of operations", service(`{ operations: , ${NEEDED} }`)],
  ["an operation that is a number", service("{ operations: [1] }")],
  ["a null operation", service("{ operations: [null] }")],
  ["an operation of spaces", service("{ operations: [' '] }")],
  ["a list in a list", service("{ operations: [[getUsers]] }")],
  ["a permission among the operations", service("{ operations: [{ permission: 'routing:queue:view' }] }")],
  ["an operation among the permissions", service("{ permissions: [{ operation: getUsers }] }")],
  ["an unknown key of an item", service("{ operations: [{ operation: getUsers, why: x }] }")],
  ["an item with nothing but a note", service("{ operations: [{ note: x }] }")],
  ["one alternative", service("{ operations: [{ anyOf: [getUsers] }] }")],
  [
    "alternatives within alternatives",
    service("{ operations: [{ anyOf: [getUsers, { anyOf: [getUser, getUsersMe] }] }] }"),
  ],
  [
    "alternatives and an operation",
    service("{ operations: [{ operation: getUsers, anyOf: [getUser, getUsersMe] }] }"),
  ],
  ["alternatives as text", service("{ operations: [{ anyOf: getUsers }] }")],
  ["a division that is a list", service(`{ ${NEEDED}, division: [Home] }`)],
  ["a null division", service(`{ ${NEEDED}, division: }`)],
  ["a note that is a number", service("{ operations: [{ operation: getUsers, note: 1 }] }")],
  ["max as text", service(`{ ${NEEDED}, max: "true" }`)],
  ["max as a number", service(`{ ${NEEDED}, max: 1 }`)],
  ["a null description", service(`{ ${NEEDED}, description: }`)],
  ["environments as a list", service(`{ ${NEEDED}, environments: [prod] }`)],
  ["no environment", service(`{ ${NEEDED}, environments: {} }`)],
  ["null in place of environments", service(`{ ${NEEDED}, environments: }`)],
  ["an environment that is text", service(`{ ${NEEDED}, environments: { prod: x } }`)],
  ["an unknown key of an environment", service(`{ ${NEEDED}, environments: { prod: { note: x } } }`)],
  ["a profile that is a number", service(`{ ${NEEDED}, environments: { prod: { profile: 1 } } }`)],
])("schema and parser reject %s", (_, text) => {
  expect(judge(text)).toEqual({ schema: false, validator: false });
});

test.each([
  ["an operation that does not exist", service("{ operations: [getNothing] }")],
  ["a permission that does not exist", service("{ permissions: [a:b:c] }")],
  ["a region that does not exist", service(`{ ${NEEDED}, environments: { prod: { region: nowhere } } }`)],
])("only the parser can reject %s", (_, text) => {
  expect(judge(text)).toEqual({ schema: true, validator: false });
});
