import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { readData } from "../../../src/catalogue/facts/packaged-file.ts";
import { readQueryParameters } from "../../../src/catalogue/facts/text/query-parameters.ts";

/** The query parameters of one request of the SDK, and those without which it sends nothing. */
interface SentParameters {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

/** Returns the query parameters of every request in the official SDK, by `METHOD /path`. */
function sentBySdk(): ReadonlyMap<string, SentParameters> {
  const sdk = dirname(createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json"));
  const source = readFileSync(join(sdk, "dist/node/purecloud-platform-client-v2.js"), "utf8");
  // Matches a request of the SDK: path, method, path parameters, query parameters.
  const requests = [
    ...source.matchAll(/callApi\(\s*'([^']+)',\s*'([A-Z]+)',\s*\{[^}]*\},\s*(\{.*\}),\s*\n/g),
  ];
  return new Map(
    requests.map(({ index, 1: path, 2: method, 3: query = "" }, at) => {
      const all = Array.from(query.matchAll(/'([^']+)': /g), ([, name = ""]) => name);
      // The checks of a method are between its beginning, after the previous request, and its own request.
      const checks = source.slice(requests[at - 1]?.index ?? 0, index);
      // A name that would hide a global of JavaScript begins with `_` in the SDK.
      const required = all.filter((name) =>
        ["", "_"].some((mark) => checks.includes(`Missing the required parameter "${mark}${name}"`)),
      );
      return [`${method} ${path}`, { all, required }];
    }),
  );
}

const declared = readQueryParameters(readData("query-parameters.txt"));
const sent = sentBySdk();
const names = Array.from(loadCatalogue().operations(), ({ method, path }) => `${method} ${path}`);

test("the query parameters of every operation are those that the official SDK sends", () => {
  expect(sent.size).toBe(3315);
  expect(declared.size).toBe(933);
  const differing = names.filter(
    (name) =>
      [...(declared.get(name)?.all ?? [])].join(" ") !== (sent.get(name)?.all ?? ["absent"]).join(" "),
  );
  expect(differing).toEqual([]);
});

test("the required query parameters are those without which the official SDK sends nothing", () => {
  const required = names.filter((name) => (declared.get(name)?.required.length ?? 0) > 0);
  expect(required).toHaveLength(119);
  const differing = names.filter(
    (name) => (declared.get(name)?.required ?? []).join(" ") !== (sent.get(name)?.required ?? []).join(" "),
  );
  expect(differing).toEqual([]);
});
