import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const index = createScanIndex(indexOperations(loadCatalogue()));

function scan(file: string, lines: readonly string[]): readonly string[] {
  return scanText(lines.join("\n"), { file, index }).map(
    ({ line, operation, path, message }) =>
      `${line} ${operation === null ? `${path} ${message}` : `${operation.method} ${operation.path}`}`,
  );
}

test.each<[string, readonly string[], string]>([
  [
    "a.py",
    [
      "# genesys",
      "def one(uid):",
      '    url = HOST + "/api/v2/users/" + uid',
      "    return requests.get(url)",
      "def two():",
      "    url = HOST",
      '    url += "/api/v2/groups"',
      "    return requests.get(url)",
    ],
    "7 GET /api/v2/groups",
  ],
  [
    "a.js",
    [
      "// genesys",
      "function one(id) {",
      '  const url = HOST + "/api/v2/users/" + id;',
      "  return axios.get(url);",
      "}",
      "function two() {",
      "  let url = HOST;",
      '  url += "/api/v2/stations";',
      "  return axios.get(url);",
      "}",
    ],
    "8 GET /api/v2/stations",
  ],
  [
    "A.java",
    [
      "// genesys",
      "class A {",
      "  void one(String id) {",
      '    String u = host + "/api/v2/users/" + id;',
      "    client.get(u);",
      "  }",
      "  void two() {",
      "    String u = host;",
      '    u += "/api/v2/locations";',
      "    client.get(u);",
      "  }",
      "}",
    ],
    "9 GET /api/v2/locations",
  ],
  [
    "a.php",
    [
      "<?php // genesys",
      "$u = $host . '/api/v2/users/' . $id;",
      "$c->get($u);",
      "$u = $host;",
      "$u .= '/api/v2/flows';",
      "$c->get($u);",
    ],
    "5 GET /api/v2/flows",
  ],
])("forgets the path in a variable that is reassigned: %s", (file, lines, expected) => {
  const found = scan(file, lines);
  expect(found).toHaveLength(2);
  expect(found[1]).toBe(expected);
});

test.each<[string, readonly string[], readonly string[]]>([
  [
    "a.py",
    [
      "# genesys",
      "def f(uid, kind):",
      '    url = HOST + "/api/v2/users/" + uid',
      '    if kind == "q":',
      '        url = url + "/queues"',
      "    else:",
      '        url = url + "/routingskills"',
      "    return requests.get(url)",
    ],
    ["5 GET /api/v2/users/{userId}/queues", "7 GET /api/v2/users/{userId}/routingskills"],
  ],
  [
    "a.js",
    [
      "// genesys",
      "function f(id, kind) {",
      '  let path = HOST + "/api/v2/users/" + id;',
      '  if (kind === "q") {',
      '    path += "/queues";',
      '  } else if (kind === "s") {',
      '    path += "/routingskills";',
      "  } else {",
      '    path += "/geolocations/" + client;',
      "  }",
      "  return axios.get(path);",
      "}",
    ],
    [
      "5 GET /api/v2/users/{userId}/queues",
      "7 GET /api/v2/users/{userId}/routingskills",
      "9 GET /api/v2/users/{userId}/geolocations/{clientId}",
    ],
  ],
  [
    "a.go",
    [
      "package main // genesys",
      "func f(id, kind string) {",
      '\tu := host + "/api/v2/routing/queues/" + id',
      "\tswitch kind {",
      '\tcase "m":',
      '\t\tu += "/members"',
      '\tcase "w":',
      '\t\tu += "/wrapupcodes"',
      "\tdefault:",
      '\t\tu += "/users"',
      "\t}",
      "\thttp.Get(u)",
      "}",
    ],
    [
      "6 GET /api/v2/routing/queues/{queueId}/members",
      "8 GET /api/v2/routing/queues/{queueId}/wrapupcodes",
      "10 GET /api/v2/routing/queues/{queueId}/users",
    ],
  ],
  [
    "A.cs",
    [
      "// genesys",
      "class A { async Task F(string id, bool k) {",
      '    var u = host + "/api/v2/routing/queues/" + id;',
      "    if (k)",
      "    {",
      '        u += "/members";',
      "    }",
      "    else",
      "    {",
      '        u += "/wrapupcodes";',
      "    }",
      "    await client.GetAsync(u);",
      "} }",
    ],
    ["6 GET /api/v2/routing/queues/{queueId}/members", "10 GET /api/v2/routing/queues/{queueId}/wrapupcodes"],
  ],
])(
  "extends in each branch the path before the branches, not the path of another branch: %s",
  (file, lines, expected) => {
    expect(scan(file, lines)).toEqual(expect.arrayContaining([...expected]));
    expect(scan(file, lines)).toHaveLength(expected.length + 1);
  },
);

test("combines the method after a switch with the path of each case, even if no operation has both", () => {
  const found = scan("a.go", [
    "package main // genesys",
    "func f(id, kind string) {",
    '\tu := host + "/api/v2/conversations/" + id',
    "\tswitch kind {",
    '\tcase "b":',
    '\t\tu += "/participants/" + p',
    "\t}",
    "\thttp.Get(u)",
    "}",
  ]);
  expect(found[1]).toMatch(/^6 .*`GET \/api\/v2\/conversations\/\S+` is not in the catalogue/);
});

test.each<[string, readonly string[], string]>([
  [
    "a.go",
    ["package main // genesys", 'u := host + "/api/v2/routing/queues/" + id', 'u += "/users"', "http.Get(u)"],
    "3 GET",
  ],
  [
    "a.py",
    ["# genesys", 'url = HOST + "/api/v2/routing/queues/" + q', 'url += "/users"', "requests.get(url)"],
    "3 GET",
  ],
  [
    "a.rb",
    ["# genesys", 'u = host + "/api/v2/routing/queues/" + q', 'u << "/users"', "HTTParty.get(u)"],
    "3 GET",
  ],
])("reports no separate path for a word that continues a known path: %s", (file, lines, place) => {
  expect(scan(file, lines)).toEqual([`${place} /api/v2/routing/queues/{queueId}/users`]);
});
