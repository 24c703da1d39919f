import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { readData } from "../../../src/catalogue/facts/packaged-file.ts";
import { readQueryParameters } from "../../../src/catalogue/facts/text/query-parameters.ts";

/** Returns the query parameters of every request in the official SDK, by `METHOD /path`. */
function sentBySdk(): ReadonlyMap<string, readonly string[]> {
  const sdk = dirname(createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json"));
  const source = readFileSync(join(sdk, "dist/node/purecloud-platform-client-v2.js"), "utf8");
  // Matches a request of the SDK: path, method, path parameters, query parameters.
  const requests = source.matchAll(/callApi\(\s*'([^']+)',\s*'([A-Z]+)',\s*\{[^}]*\},\s*(\{.*\}),\s*\n/g);
  return new Map(
    Array.from(requests, ([, path, method, query = ""]) => [
      `${method} ${path}`,
      Array.from(query.matchAll(/'([^']+)': /g), ([, name = ""]) => name),
    ]),
  );
}

test("the query parameters of every operation are those that the official SDK sends", () => {
  const declared = readQueryParameters(readData("query-parameters.txt"));
  const sent = sentBySdk();
  expect(sent.size).toBe(3315);
  expect(declared.size).toBe(933);
  const names = Array.from(loadCatalogue().operations(), ({ method, path }) => `${method} ${path}`);
  const differing = names.filter(
    (name) => [...(declared.get(name) ?? [])].join(" ") !== (sent.get(name) ?? ["absent"]).join(" "),
  );
  expect(differing).toEqual([]);
});
