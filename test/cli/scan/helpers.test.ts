import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();

/** Scans a tree of files. Returns the operations that it calls, with the position of each call. */
async function callsIn(files: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
  const root = await tempDir();
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), `${lines.join("\n")}\n`);
  }
  const found: string[] = [];
  for await (const { file, line, operation, kind, confidence } of scanPaths([root], { catalogue })) {
    if (operation === null || kind === "comment") continue;
    found.push(`${file.slice(root.length + 1)}:${line} ${operation.method} ${operation.path} ${confidence}`);
  }
  return found;
}

interface Case {
  readonly language: string;
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly calls: readonly string[];
}

const GO_CLIENT = [
  "package gc // Genesys Cloud",
  "func (c *Client) Get(ctx context.Context, path string, out any) error {",
  "\treturn c.send(ctx, http.MethodGet, path, nil, out)",
  "}",
  "func (c *Client) Remove(ctx context.Context, path string) error {",
  '\treturn c.send(ctx, "DELETE", path, nil, nil)',
  "}",
  "func (c *Client) send(ctx context.Context, method, path string, in, out any) error {",
  '\treq, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("https://api.%s/api/v2%s", c.Region, path), body(in))',
  "\treturn c.do(req, err, out)",
  "}",
];

const CASES: readonly Case[] = [
  {
    language: "JavaScript with a base and a default method",
    files: {
      "lib/genesys.js": [
        'const API = "https://api.mypurecloud.com/api/v2";',
        'export async function callApi(path, method = "GET", body) {',
        "  return fetch(API + path, { method, body });",
        "}",
      ],
      "jobs/sync.js": [
        'import { callApi } from "../lib/genesys.js";',
        'await callApi("/users/me");',
        'await callApi(`/routing/queues/${id}`, "DELETE");',
        'await callApi("/nothing/of/this/kind");',
      ],
    },
    calls: [
      "jobs/sync.js:2 GET /api/v2/users/me medium",
      "jobs/sync.js:3 DELETE /api/v2/routing/queues/{queueId} medium",
    ],
  },
  {
    language: "TypeScript with an object of options and another file's base",
    files: {
      "config.ts": ['export const GC_BASE_URL = "https://api.mypurecloud.ie/api/v2";'],
      "client.ts": [
        "// Genesys Cloud",
        'import { GC_BASE_URL } from "./config";',
        'export async function gcRequest({ path, method = "GET", body }: Options) {',
        "  return await fetch(`${GC_BASE_URL}${path}`, { method, body });",
        "}",
      ],
      "skills.ts": [
        'import { gcRequest } from "./client";',
        'const all = await gcRequest({ path: "/routing/skills" });',
        'await gcRequest({ path: "/routing/skills", method: "POST", body });',
      ],
    },
    calls: [
      "skills.ts:2 GET /api/v2/routing/skills medium",
      "skills.ts:3 POST /api/v2/routing/skills medium",
    ],
  },
  {
    language: "a class of Python with a session",
    files: {
      "gc/client.py": [
        "class GenesysClient:",
        "    def __init__(self, region):",
        '        self.base_url = f"https://api.{region}/api/v2"',
        "    def _request(self, method, path, **kwargs):",
        "        url = f\"{self.base_url}/{path.lstrip('/')}\"",
        "        return self.session.request(method, url, **kwargs)",
        "    def fetch_pages(self, path):",
        '        return self._request("GET", path)',
      ],
      "gc/users.py": [
        "from gc.client import GenesysClient",
        "def patch(client, uid, body):",
        '    client._request("PATCH", f"/users/{uid}", json=body)',
        '    return client.fetch_pages("groups/search")',
        "def everyone(client):",
        '    return client.fetch_pages(path="/users")',
      ],
    },
    calls: [
      "gc/users.py:3 PATCH /api/v2/users/{userId} medium",
      "gc/users.py:4 GET /api/v2/groups/search medium",
      "gc/users.py:6 GET /api/v2/users medium",
    ],
  },
  {
    language: "Go, through two functions",
    files: {
      "gc/client.go": GO_CLIENT,
      "gc/queues.go": [
        "package gc",
        "func (c *Client) Queue(ctx context.Context, id string) (q Queue, err error) {",
        '\terr = c.Get(ctx, "/routing/queues/"+id, &q)',
        "\treturn",
        "}",
        "func (c *Client) DropSkill(ctx context.Context, id string) error {",
        '\treturn c.Remove(ctx, fmt.Sprintf("/routing/skills/%s", id))',
        "}",
        "func (c *Client) Search(ctx context.Context, in any) error {",
        '\treturn c.send(ctx, http.MethodPost, "/users/search", in, nil)',
        "}",
      ],
    },
    calls: [
      "gc/queues.go:3 GET /api/v2/routing/queues/{queueId} medium",
      "gc/queues.go:7 DELETE /api/v2/routing/skills/{skillId} medium",
      "gc/queues.go:10 POST /api/v2/users/search medium",
    ],
  },
  {
    language: "Java with a prefix of its own",
    files: {
      "src/GenesysHttp.java": [
        "class GenesysHttp {",
        "  String getRouting(String path) throws IOException {",
        '    return http.get("https://api.mypurecloud.de/api/v2/routing/" + path);',
        "  }",
        "}",
      ],
      "src/Report.java": [
        "class Report {",
        '  void run(GenesysHttp api) { api.getRouting("wrapupcodes"); }',
        "}",
      ],
    },
    calls: ["src/Report.java:2 GET /api/v2/routing/wrapupcodes medium"],
  },
  {
    language: "C# with an expression body",
    files: {
      "GenesysApi.cs": [
        "class GenesysApi {",
        "  public Task<string> PostJsonAsync(string path, object body) =>",
        '    _http.PostAsync($"https://api.{_region}/api/v2{path}", Json(body));',
        "}",
      ],
      "Audit.cs": ["class Audit {", '  Task Run() => _api.PostJsonAsync("/audits/query", query);', "}"],
    },
    calls: ["Audit.cs:2 POST /api/v2/audits/query medium"],
  },
  {
    language: "PHP",
    files: {
      "Genesys.php": [
        "<?php",
        "class Genesys {",
        "  public function callGc(string $method, string $path, array $body = []) {",
        "    return $this->client->request($method, 'https://api.mypurecloud.com/api/v2' . $path, ['json' => $body]);",
        "  }",
        "}",
      ],
      "run.php": ["<?php", "$gc->callGc('PUT', '/users/' . $id . '/routingskills/bulk', $skills);"],
    },
    calls: ["run.php:2 PUT /api/v2/users/{userId}/routingskills/bulk medium"],
  },
  {
    language: "Ruby",
    files: {
      "genesys.rb": [
        "class Genesys",
        "  def fetch_json(path)",
        '    HTTParty.get("https://api.mypurecloud.com/api/v2#{path}", headers: @headers)',
        "  end",
        "end",
      ],
      "report.rb": ['stations = gc.fetch_json("/stations")'],
    },
    calls: ["report.rb:1 GET /api/v2/stations medium"],
  },
  {
    language: "Rust",
    files: {
      "src/genesys.rs": [
        "impl Genesys {",
        "    pub async fn fetch_gc(&self, path: &str) -> Result<Value> {",
        '        self.http.get(format!("https://api.{}/api/v2{}", self.region, path)).send().await',
        "    }",
        "}",
      ],
      "src/main.rs": ['let all = genesys.fetch_gc(&format!("/groups/{}/members", id)).await?;'],
    },
    calls: ["src/main.rs:1 GET /api/v2/groups/{groupId}/members medium"],
  },
  {
    language: "PowerShell",
    files: {
      "Genesys.psm1": [
        "function Invoke-GcRequest {",
        "  param(",
        "    [Parameter(Mandatory)][string]$Path,",
        "    [string]$Method = 'GET'",
        "  )",
        '  Invoke-RestMethod -Uri "https://api.mypurecloud.com/api/v2$Path" -Method $Method -Headers $h',
        "}",
      ],
      "run.ps1": [
        "Import-Module ./Genesys.psm1",
        'Invoke-GcRequest -Path "/users/me"',
        'Invoke-GcRequest -Method Post -Path "/users/search"',
        'Invoke-GcRequest "/routing/queues/$id" -Method Delete',
      ],
    },
    calls: [
      "run.ps1:2 GET /api/v2/users/me medium",
      "run.ps1:3 POST /api/v2/users/search medium",
      "run.ps1:4 DELETE /api/v2/routing/queues/{queueId} medium",
    ],
  },
  {
    language: "shell",
    files: {
      "lib.sh": [
        "# Genesys Cloud",
        "gc_call() {",
        '  local method="$1" path="$2"',
        '  curl -s -X "$method" -H "$AUTH" "https://api.mypurecloud.com/api/v2${path}"',
        "}",
      ],
      "run.sh": [". ./lib.sh", "gc_call GET /locations", 'gc_call PATCH "/users/$ID"'],
    },
    calls: ["run.sh:2 GET /api/v2/locations medium", "run.sh:3 PATCH /api/v2/users/{userId} medium"],
  },
];

describe("--scan completes a path from a helper function in another file", () => {
  test.each(CASES)("in $language", async ({ files, calls }) => {
    expect(await callsIn(files)).toEqual(calls);
  });

  test("not where another product has a helper of the same name", async () => {
    const calls = await callsIn({
      "desk/desk.js": [
        "// Zendesk",
        'const BASE = "https://x.zendesk.com/api/v2";',
        "export const loadDesk = (path) => fetch(BASE + path);",
      ],
      "run.js": ["// Genesys", 'await loadDesk("/users/me");'],
    });
    expect(calls).toEqual([]);
  });

  test("not in the routes of a server or the keys of a map", async () => {
    const calls = await callsIn({
      "genesys.js": ['export const get = (path) => fetch("https://api.mypurecloud.com/api/v2" + path);'],
      "server.js": [
        'app.get("/users/me", (req, res) => res.json(me));',
        'const me = pages.get("/users/me");',
      ],
      "both.js": [
        'import { get } from "./genesys.js";',
        'const me = cache.get("/users/me");',
        'get("/users/me");',
      ],
    });
    expect(calls).toEqual(["both.js:3 GET /api/v2/users/me medium"]);
  });

  test("not where two helpers of that name disagree", async () => {
    const calls = await callsIn({
      "a/genesys.js": [
        'export const load = (path) => fetch("https://api.mypurecloud.com/api/v2/routing" + path);',
      ],
      "b/purecloud.js": ['export const load = (path) => fetch("https://api.mypurecloud.com/api/v2" + path);'],
      "run.js": ['import { load } from "./genesys.js"; // and "./purecloud.js"', 'await load("/skills");'],
    });
    expect(calls).toEqual([]);
  });
});

test("--scan takes the method from a helper function even when the call contains the whole path", async () => {
  const calls = await callsIn({
    "genesys.py": [
      "def submit(path, body):",
      "    return requests.post(BASE + path, json=body, headers=HEADERS)",
      'BASE = "https://api.mypurecloud.com"',
    ],
    "run.py": ["from genesys import submit", 'submit("/api/v2/users/search", {})'],
  });
  expect(calls).toEqual(["run.py:2 POST /api/v2/users/search high"]);
});

test("--scan does not guess the method when the call passes on a variable with options", async () => {
  const calls = await callsIn({
    "genesys.js": [
      'const API = "https://api.mypurecloud.com/api/v2";',
      'export const gcFetch = (path, options = {}) => fetch(API + path, { method: options.method || "GET", ...options });',
    ],
    "run.js": ['import { gcFetch } from "./genesys.js";', 'await gcFetch("/users/search", requestOptions);'],
  });
  expect(calls).not.toContain("run.js:2 POST /api/v2/users/search medium");
});

describe("--scan finds an SDK method that is called by a string with its name", () => {
  test.each<[string, Readonly<Record<string, readonly string[]>>, readonly string[]]>([
    [
      "next to its class, for a client from another file",
      {
        "cloud/client.py": [
          "import PureCloudPlatformClientV2",
          "class Cloud:",
          "    def ask(self, api_name, method_name, *args):",
          "        api = getattr(PureCloudPlatformClientV2, api_name)(self.session)",
          "        return getattr(api, method_name)(*args)",
        ],
        "jobs/queues.py": [
          'rows = cloud.ask("RoutingApi", "get_routing_queues")',
          "answer = cloud.ask(",
          '    "AnalyticsApi",',
          '    "post_analytics_queues_observations_query",',
          "    body,",
          ")",
          'label = ("Queues", "get_routing_queues")',
        ],
      },
      [
        "jobs/queues.py:1 GET /api/v2/routing/queues high",
        "jobs/queues.py:4 POST /api/v2/analytics/queues/observations/query high",
      ],
    ],
    [
      "held in a variable of PHP",
      {
        "report.php": [
          "<?php // Genesys Cloud, PureCloudPlatformClientV2",
          "$method = 'getRoutingQueues';",
          "$other = 'getRoutingSkills';",
          "$queues = $api->$method(['pageSize' => 100]);",
        ],
      },
      ["report.php:2 GET /api/v2/routing/queues medium"],
    ],
    [
      "held in a constant of JavaScript",
      {
        "report.js": [
          'import platformClient from "purecloud-platform-client-v2";',
          'const method = all ? "getRoutingQueues" : "getRoutingQueue";',
          'const name = "getRoutingSkills";',
          "await routing[name]({ pageSize: 100 });",
        ],
      },
      ["report.js:3 GET /api/v2/routing/skills medium"],
    ],
  ])("%s", async (_name, files, calls) => {
    expect(await callsIn(files)).toEqual(calls);
  });
});

describe("--scan finds a path that a function returns", () => {
  test.each<[string, Readonly<Record<string, readonly string[]>>, readonly string[]]>([
    [
      "before a format string completes it, in Go",
      {
        "table.go": [
          "package gc // Genesys Cloud",
          "func (table Table) GetURI(ids ...string) URI {",
          "\tif len(ids) > 0 {",
          '\t\treturn NewURI("/api/v2/flows/datatables/%s", ids[0])',
          "\t}",
          "\tif table.ID != nil {",
          '\t\treturn NewURI("/api/v2/flows/datatables/%s", table.ID)',
          "\t}",
          '\treturn NewURI("/api/v2/flows/datatables/")',
          "}",
          "func (table Table) Drop(key string) error {",
          '\treturn table.client.Delete(ctx, NewURI("%s/rows/%s", table.GetURI(), key), nil)',
          "}",
        ],
      },
      ["table.go:12 DELETE /api/v2/flows/datatables/{datatableId}/rows/{rowId} high"],
    ],
    [
      "before it is joined to another part, in JavaScript",
      {
        "queue.js": [
          "function queuePath(id) {",
          "  return `https://api.mypurecloud.com/api/v2/routing/queues/${id}`;",
          "}",
          'await axios.get(queuePath(id) + "/members");',
        ],
      },
      ["queue.js:4 GET /api/v2/routing/queues/{queueId}/members high"],
    ],
  ])("%s", async (_name, files, calls) => {
    expect(await callsIn(files)).toEqual(calls);
  });
});

describe("a scanned path in a list of endpoints, with its root in another file", () => {
  test("has the method that its name suggests, or several when the name leaves it open", async () => {
    const calls = await callsIn({
      "src/Client.php": [
        "<?php // Genesys Cloud",
        "class Client {",
        "    public string $apiDomain = 'https://api.mypurecloud.com/api/v2';",
        "}",
      ],
      "src/Queues/Endpoints.php": [
        "<?php namespace Acme\\Genesys\\Queues;",
        "class Endpoints {",
        "    public const GET = 'routing/queues/{queueId}';",
        "    public const CREATE = 'routing/queues';",
        "    public const UPDATE = 'routing/queues/{queueId}';",
        "    public const DELETE = 'routing/queues/{queueId}';",
        "    public const LABEL = 'routing';",
        "}",
      ],
    });
    expect(calls).toEqual([
      "src/Queues/Endpoints.php:3 GET /api/v2/routing/queues/{queueId} low",
      "src/Queues/Endpoints.php:4 POST /api/v2/routing/queues low",
      "src/Queues/Endpoints.php:6 DELETE /api/v2/routing/queues/{queueId} low",
    ]);
  });

  test("is not read from a list of an application's own pages", async () => {
    const calls = await callsIn({
      "client.ts": ['export const GENESYS = "https://api.mypurecloud.com/api/v2";'],
      "pages.ts": ['export const PAGES = { list: "/routing/queues", create: "/routing/queues/new" };'],
    });
    expect(calls).toEqual([]);
  });
});
