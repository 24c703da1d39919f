import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const catalogue = loadCatalogue();
const index = createScanIndex(indexOperations(catalogue));
const operations = Array.from(catalogue.operations());

/** Returns the operations whose line was read as another operation, as no operation, or as several. */
function misread(file: string, lineFor: (operation: Operation) => string): readonly string[] {
  const lines = operations.map(lineFor);
  const findings = scanText(`// genesys\n${lines.join("\n")}\n`, { file, index });
  const byLine = new Map<number, typeof findings>();
  for (const finding of findings) byLine.set(finding.line, [...(byLine.get(finding.line) ?? []), finding]);
  return operations.flatMap((operation, position) => {
    const found = byLine.get(position + 2) ?? [];
    const names = found.map((finding) =>
      finding.operation === null ? finding.kind : nameOf(finding.operation),
    );
    return names.length === 1 && names[0] === nameOf(operation)
      ? []
      : [`${lines[position]} gave ${names.join(" and ") || "nothing"}`];
  });
}

function withIds(path: string, idFor: (name: string) => string): string {
  return path.replace(/\{([^}]*)\}/g, (_match, name: string) => idFor(name));
}

function quoted({ path }: Operation, before: string, after: string): string {
  return `"${withIds(path, (name) => `"${before}${name}${after}"`)}"`
    .replace(/" ?[+.] ?""$/, "")
    .replace(/""$/, '"');
}

describe("finds each of the 3,315 paths in source code", () => {
  test.each<[string, string, (operation: Operation) => string]>([
    ["as a template", "a.py", ({ method, path }) => `call("${method}", "${path}")`],
    ["as an f-string", "a.py", ({ method, path }) => `call("${method}", f"{base}${path}")`],
    [
      "as a template literal",
      "a.js",
      ({ method, path }) => `call("${method}", \`\${base}${withIds(path, (name) => `\${${name}}`)}\`);`,
    ],
    [
      "with format verbs",
      "a.go",
      ({ method, path }) => `c.Call("${method}", fmt.Sprintf("${withIds(path, () => "%s")}", id))`,
    ],
    [
      "with Express parameters",
      "a.ts",
      ({ method, path }) => `call("${method}", "${withIds(path, (name) => `:${name}`)}");`,
    ],
    [
      "with mustaches",
      "a.http",
      ({ method, path }) => `${method} {{host}}${withIds(path, (name) => `{{${name}}}`)}`,
    ],
    [
      "joined by plus",
      "a.java",
      (operation) => `call("${operation.method}", BASE + ${quoted(operation, " + ", " + ")});`,
    ],
    [
      "joined by dots",
      "a.php",
      (operation) => `call('${operation.method}', $base . ${quoted(operation, " . $", " . ")});`,
    ],
    [
      "with shell variables",
      "a.sh",
      ({ method, path }) => `curl -X ${method} "$HOST${withIds(path, (name) => `$${name}`)}"`,
    ],
    [
      "with interpolation",
      "a.cs",
      ({ method, path }) =>
        `Call(HttpMethod.${method.slice(0, 1)}${method.slice(1).toLowerCase()}, $"{host}${path}");`,
    ],
    [
      "with real ids",
      "a.rb",
      ({ method, path }) => `call("${method}", "${withIds(path, () => "4f1c7b0e-7a47")}")`,
    ],
  ])("%s", (_notation, file, lineFor) => {
    expect(misread(file, lineFor)).toEqual([]);
  });
});

describe("finds each of the 3,315 SDK methods in source code", () => {
  const pascal = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  test.each<[string, string, (operation: Operation) => string]>([
    ["JavaScript", "a.js", ({ operationId }) => `apiInstance.${operationId}(body);`],
    ["Python", "a.py", ({ operationId }) => `api_instance.${snake(operationId)}(body)`],
    ["Go", "a.go", ({ operationId }) => `response, _, err := usersApi.${pascal(operationId)}(body)`],
    ["Java", "a.java", ({ operationId }) => `usersApi.${operationId}WithHttpInfo(body);`],
    [".NET", "a.cs", ({ operationId }) => `await usersApi.${pascal(operationId)}Async(body);`],
    ["Ruby", "a.rb", ({ operationId }) => `api.${snake(operationId)}(body)`],
  ])("%s", (_language, file, lineFor) => {
    expect(misread(file, (operation) => `${lineFor(operation)} `)).toEqual([]);
  });
});
