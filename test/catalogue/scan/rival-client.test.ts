import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const index = createScanIndex(indexOperations(loadCatalogue()));

test.each<[string, readonly string[]]>([
  [
    "a.ts",
    [
      "const zendeskClient = axios.create({ baseURL: process.env.ZENDESK_URL });",
      'const genesysClient = axios.create({ baseURL: "https://api.mypurecloud.com" });',
      'await zendeskClient.get("/api/v2/users");',
      'await genesysClient.get("/api/v2/users");',
    ],
  ],
  [
    "a.go",
    [
      "package main // copies from Freshdesk to Genesys",
      'var fresh = &Client{base: "https://acme.freshdesk.com"}',
      'func f() { fresh.Get("/api/v2/groups") }',
      'func g() { genesys.Get("/api/v2/groups") }',
    ],
  ],
  [
    "a.rb",
    [
      "# Datadog and Genesys",
      'dd = Faraday.new(url: "https://api.datadoghq.com")',
      'dd.get("/api/v2/users")',
      'gc.get("/api/v2/users")',
    ],
  ],
  [
    "a.js",
    [
      'const gc = axios.create({ baseURL: "https://api.mypurecloud.ie" });',
      'const zd = axios.create({\n  baseURL: "https://acme.zendesk.com" });',
      'await zd.get("/api/v2/users/me"); await gc.get("/api/v2/users/me");',
    ],
  ],
])("finds no call to the platform where a client of another product is used: %s", (file, lines) => {
  const found = scanText(lines.join("\n"), { file, index });
  expect(found.map(({ line, message }) => `${line} ${message}`)).toEqual([
    expect.stringMatching(/^4 .*method from `(?:gc|genesys\w*)\./),
  ]);
});
