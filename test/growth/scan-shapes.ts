import type { Shape } from "./shape.ts";

/** A shape in the language that the extension of `file` selects. */
export interface ScanShape extends Shape {
  readonly file: string;
  /** Whether the suite measures this shape. A full run measures all of them. */
  readonly isOfSuite: boolean;
  /** Whether a full run measures this shape up to the longest text, or only up to a shorter length. */
  readonly isLong: boolean;
}

const PLATFORM = "https://api.mypurecloud.com/api/v2";

/** One call per line, in the notation of each language. */
const CALLS: Readonly<Record<string, (id: number) => string>> = {
  "a.ts": (id) =>
    `const a${id} = await fetch(\`\${base}/api/v2/users/\${id${id}}/queues\`, { method: "GET" });\n`,
  "a.vue": (id) => `axios.post("${PLATFORM}/routing/queues/" + id${id} + "/members", { id: ${id} });\n`,
  "a.java": (id) => `String r${id} = client.get("${PLATFORM}/users/" + id${id});\n`,
  "a.kt": (id) => `val r${id} = http.get("$base/api/v2/users/\${id${id}}")\n`,
  "a.swift": (id) => `let u${id} = URL(string: "${PLATFORM}/users/\\(id${id})")!\n`,
  "a.go": (id) => `r${id}, _ := http.Get(fmt.Sprintf("%s/api/v2/users/%s", base, id${id}))\n`,
  "a.rs": (id) => `let r${id} = client.get(format!("{}/api/v2/users/{}", base, id${id}));\n`,
  "a.cs": (id) => `var r${id} = await client.GetAsync($"{root}/api/v2/users/{id${id}}");\n`,
  "a.vb": (id) => `Dim r${id} = client.GetAsync(root & "/api/v2/users/" & id${id})\n`,
  "a.py": (id) => `r${id} = requests.get(f"{BASE}/api/v2/users/{id${id}}", headers=headers)\n`,
  "a.php": (id) => `$r${id} = $client->get($base . '/api/v2/users/' . $id${id});\n`,
  "a.rb": (id) => `r${id} = RestClient.get("#{base}/api/v2/users/#{id${id}}")\n`,
  "a.pl": (id) => `my $r${id} = $ua->get($base . "/api/v2/users/" . $id${id});\n`,
  "a.lua": (id) => `local r${id} = http.get(base .. "/api/v2/users/" .. id${id})\n`,
  "a.ps1": (id) => `$r${id} = Invoke-RestMethod -Uri "$base/api/v2/users/$id${id}" -Method Get\n`,
  "a.tf": (id) => `resource "http" "r${id}" { url = "\${var.base}/api/v2/users/\${var.id${id}}" }\n`,
  "a.sh": (id) => `curl -X POST -H "$AUTH" "$BASE/api/v2/routing/queues/$ID${id}/members"\n`,
  "a.yml": (id) => `- name: call${id}\n  url: ${PLATFORM}/users/${id}\n  method: GET\n`,
  "a.http": (id) => `GET ${PLATFORM}/users/${id}\nAuthorization: {{token}}\n\n###\n`,
  "a.md": (id) => `Call \`GET /api/v2/users/${id}\` first, see ${PLATFORM}/users/${id}.\n`,
  "a.json": (id) => `{"method":"GET","url":"${PLATFORM}/users/${id}"},\n`,
};

/** Beginning of a Terraform plan or state. */
const PLAN_HEAD = '{"format_version":"1.2","terraform_version":"1.9.5","genesyscloud":{},';

/** Patterns that tools repeat, or that an adversary would. */
const PATTERNS: readonly Shape[] = [
  { name: "paths on one line", unit: (id) => `"${PLATFORM}/users/${id}",` },
  { name: "unknown paths", unit: (id) => `get("${PLATFORM}/usr/${id}/qeues/q${id}x")\n` },
  {
    name: "variables that hold the API's base path",
    unit: (id) => `API${id}="${PLATFORM}"\nget(API${id} + "/users/${id}")\n`,
  },
  {
    name: "shell variables that hold the API's base path",
    unit: (id) => `API${id}="${PLATFORM}"\ncurl $API${id}/users/${id}\n`,
  },
  {
    name: "uses of one shell variable that holds the API's base path",
    head: `API="${PLATFORM}"\n`,
    unit: (id) => `curl \${API}/users/${id}; `,
  },
  {
    name: "calls with a variable that holds the API's base path",
    head: `B="${PLATFORM}"\n`,
    unit: () => `f(B);"";"";"";"";"";""\n`,
  },
  { name: "keys that hold the API's base path", unit: (id) => `{"url": "${PLATFORM}", "b": "x${id}"}, ` },
  { name: "repeated assignments of the API's base path", unit: () => `API="${PLATFORM}"\n` },
  { name: "strings joined by plus", unit: () => `"/api/v2/users/" + ` },
  {
    name: "variables and strings joined by plus",
    head: `import platformClient from 'genesys'\nb = "/api/v2"\n`,
    unit: (id) => `b + "/users/${id}" + `,
  },
  {
    name: "SDK calls on different objects, on one line",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `client${id}.getUsers(); `,
  },
  {
    name: "SDK calls on different objects, one per line",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `client${id}.getUsers()\n`,
  },
  {
    name: "SDK calls without an object",
    head: "import platformClient from 'genesys'\n",
    unit: () => "getUsers(x); ",
  },
  {
    name: "names of SDK methods without a call",
    head: "import platformClient from 'genesys'\n",
    unit: () => "getUsers, {} ",
  },
  {
    name: "misspelled SDK methods",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `usersApi.getUsersQeue${id}x();\n`,
  },
  {
    name: "SDK methods with a misspelled last word",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `routingApi.postRoutingQueuesMember${id}();\n`,
  },
  { name: "misspelled CLI commands", unit: (id) => `gc users lisst q${id}x get\n` },
  { name: "CLI commands on one line", unit: () => "gc routing queues list " },
  { name: "the CLI's name without a command", unit: () => "gc " },
  { name: "CLI options without a command", unit: () => "gc -p a " },
  { name: "options of one CLI command", head: "gc ", unit: () => "--aa=b " },
  {
    name: "misspelled scopes",
    head: "genesys\n",
    unit: (id) => `scopes: ["usr:readonly${id}", "analytcs:reed${id}"]\n`,
  },
  { name: "lists of scopes that are never closed", head: "genesys\n", unit: () => "scope=[" },
  { name: "scope parameters", head: "genesys\n", unit: (id) => `&scope=user:reed${id} ` },
  {
    name: "addresses of the token endpoint",
    head: "genesys\n",
    unit: () => `"https://api.mypurecloud.com/oauth/token" `,
  },
  { name: "paths of the token endpoint in one word", head: "genesys\n", unit: () => "/oauth/token" },
  { name: "base paths of the API in one word", unit: () => "/api/v2" },
  { name: "base paths of the API after words, in one word", unit: () => "/users/api/v2" },
  { name: "base paths of the API, each with a letter", unit: () => "/api/v2/a" },
  { name: "base paths of the API, each with a question mark", unit: () => "/api/v2?" },
  { name: "one path with many segments", head: PLATFORM, unit: () => "/users/x1" },
  { name: "slashes", head: PLATFORM, unit: () => "/" },
  { name: "dots after a path", head: `${PLATFORM}/users`, unit: () => "." },
  { name: "dots within a path", head: `${PLATFORM}/users`, unit: () => ".", tail: "a" },
  { name: "one long path segment", head: `${PLATFORM}/`, unit: () => "a" },
  { name: "brackets in placeholders", unit: () => `"${PLATFORM}/\${${"[".repeat(1_900)}x}"\n` },
  { name: "letters before a path", unit: () => `"${"a".repeat(1_900)}/api/v2/users"\n` },
  { name: "openings of placeholders in one string", head: `u = "${PLATFORM}`, unit: () => "${", tail: '"' },
  { name: "letters before a call", head: `"/api/v2/users"\n`, unit: () => `${"a".repeat(1_900)}().get()\n` },
  {
    name: "a method name of capital letters",
    head: "import platformClient from 'genesys'\nusersApi.get",
    unit: () => "A",
    tail: "();",
  },
  { name: "placeholders", head: PLATFORM, unit: (id) => `/{a${id}}` },
  { name: "nested placeholders", head: `"${PLATFORM}/`, unit: () => "${a" },
  { name: "opening braces", head: `"${PLATFORM}/`, unit: () => "{" },
  { name: "placeholders in double braces", head: PLATFORM, unit: () => "/{{a}}" },
  { name: "format verbs", head: `"${PLATFORM}`, unit: () => "/%s" },
  { name: "double quotes", head: `"/api/v2/users"\n`, unit: () => '"' },
  { name: "single quotes", head: `"/api/v2/users"\n`, unit: () => "'a " },
  { name: "nested template literals", head: `"/api/v2/users"\n`, unit: () => "`${" },
  { name: "triple quotes", head: `"/api/v2/users"\n`, unit: () => "'''" },
  { name: "backslashes", head: `"/api/v2/users"\n`, unit: () => '\\"' },
  { name: "parentheses", head: `"/api/v2/users"\n`, unit: () => "(" },
  { name: "nested calls", unit: () => `f("/api/v2/users",` },
  { name: "brackets", head: `"/api/v2/users"\n`, unit: () => "[{(" },
  { name: "opening angle brackets", head: `"/api/v2/users"\n`, unit: () => "<a" },
  { name: "tabs", head: `"/api/v2/users"\n`, unit: () => "\t" },
  { name: "spaces before a path", unit: () => `${" ".repeat(2000)}"/api/v2/users"` },
  { name: "line feeds", head: `"/api/v2/users"\n`, unit: () => "\n" },
  { name: "comments", unit: (id) => `/* /api/v2/users/${id} */ // GET /api/v2/users\n` },
  { name: "openings of comments", head: `"/api/v2/users"\n`, unit: () => "/*" },
  { name: "openings of comments in other languages", head: `"/api/v2/users"\n`, unit: () => "<!-- <# " },
  { name: "hashes", unit: () => "# /api/v2/users " },
  { name: "one long word", head: `"/api/v2/users"\n`, unit: () => "a" },
  { name: "one long method name", head: `"/api/v2/users"\n`, unit: () => "getA" },
  { name: "one long method name with underscores", head: `"/api/v2/users"\n`, unit: () => "get_a_" },
  { name: "assignments", head: `b = "/api/v2/users"\n`, unit: () => "b = b; " },
  {
    name: "variables with a path and a method",
    unit: (id) => `u${id} = "/api/v2/users"; send(u${id}); u${id}.method = "POST";\n`,
  },
  { name: "repeated assignments of a path to one variable", unit: () => `u = "/api/v2/users"; send(u); ` },
  { name: "appended path segments", head: `u = "${PLATFORM}/users";\n`, unit: () => `u += "/a";\n` },
  { name: "path segments appended in a shell", head: `u="${PLATFORM}/users"\n`, unit: () => `u+="/a"\n` },
  { name: "assignments that extend a path", head: `u = "${PLATFORM}";\n`, unit: () => `u = u + "/a";\n` },
  { name: "assignments that extend a path in a shell", head: `u="${PLATFORM}"\n`, unit: () => `u="$u/a"\n` },
  {
    name: "replacements in a path",
    head: `u = "${PLATFORM}/{a}";\n`,
    unit: () => `u = u.replace("a", b);\n`,
  },
  {
    name: "chained calls that append to a path",
    head: `u = "${PLATFORM}/users"`,
    unit: () => `.append("/a")`,
  },
  {
    name: "paths assigned in branches",
    unit: (id) => `if (a) {\n  u = "${PLATFORM}/users/${id}";\n}\nsend(u);\n`,
  },
  { name: "headers of branches", head: `  u = "${PLATFORM}/users"\n`, unit: () => "if a\n" },
  {
    name: "helper functions",
    unit: (id) => `function f${id}(path) { return fetch("${PLATFORM}" + path); }\n`,
  },
  {
    name: "helper functions with the same name",
    unit: () => `function f(path) { return fetch("${PLATFORM}" + path); }\n`,
  },
  {
    name: "calls of a helper function",
    head: `function f(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `f("/users/${id}");\n`,
  },
  {
    name: "calls of a helper function on one line",
    head: `function f(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `f("/users/${id}", `,
  },
  {
    name: "helper functions that call each other in a chain",
    head: `function f0(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `function f${id + 1}(path) { return f${id}(path); }\n`,
  },
  {
    name: "parameters of a helper function",
    head: "// genesys\nfunction f(",
    unit: (id) => `path${id}, `,
    tail: ") {}",
  },
  { name: "lists of parameters that are never closed", head: "// genesys\n", unit: () => "f = (path, " },
  { name: "nested methods", head: "// genesys\n", unit: () => "f(path) {\n" },
  { name: "nested arrow functions", head: "// genesys\n", unit: () => "f = (path) => " },
  { name: "shell functions", unit: () => `f() { curl "${PLATFORM}$1"; }\nf /users/me\n` },
  { name: "shell functions that are never closed", unit: () => `f() { curl "${PLATFORM}$1"\n` },
  { name: "chained calls after a path", head: `x("/api/v2/users")`, unit: () => ".a()" },
  { name: "regular expressions", unit: () => `a = /api\\/v2\\/[a-z]+/; "/api/v2/users"; ` },
  { name: "openings of regular expressions", head: `"/api/v2/users"\n`, unit: () => "=/[" },
  {
    name: "entries of an API description",
    unit: (id) => `"/api/v2/users/${id}": {"get": {}, "post": {}},\n`,
  },
  { name: "keys with a path on one line", unit: (id) => `a${id}: "/api/v2/users", ` },
  { name: "YAML keys with a path", unit: (id) => `  url: /api/v2/users/${id}\n` },
  { name: "unquoted paths on one line", unit: (id) => `/api/v2/users/${id} ` },
  { name: "shell commands on one line", unit: (id) => `curl -X GET /api/v2/users/${id} && ` },
  { name: "shell commands with a continued line", unit: (id) => `curl /api/v2/users/${id} \\\n` },
  {
    name: "one long name of an SDK class",
    head: "import platformClient from 'genesys'\n",
    unit: () => "apiApi",
  },
  {
    name: "SDK objects, one per line",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `a${id} = new UsersApi(); a${id}.getUsers();\n`,
  },
  {
    name: "definitions of functions with an SDK method's name",
    head: "import platformClient from 'genesys'\n",
    unit: () => "function getUsers( ",
  },
];

/** Terraform blocks, which only occur in Terraform's own files. */
const BLOCKS: readonly Shape[] = [
  { name: "resources", unit: (id) => `resource "genesyscloud_user" "u${id}" {}\n` },
  { name: "unknown resources", unit: (id) => `data "genesyscloud_u${id}" "u" {}\n` },
  { name: "modules", unit: (id) => `module "m${id}" { source = "git::https://genesys/${id}" }\n` },
  { name: "modules that are never closed", head: "genesyscloud", unit: () => 'module "m" {\n' },
  { name: "removed blocks", unit: (id) => `removed { from = genesyscloud_user.u${id} }\n` },
  { name: "removed blocks that are never closed", head: "genesyscloud", unit: () => "removed {" },
  { name: "sources in one module", head: 'genesyscloud\nmodule "m" { ', unit: () => "source = a " },
  { name: "block keywords without a block", head: "genesyscloud\n", unit: () => "resource " },
  { name: "spaces after a block keyword", head: "genesyscloud\n", unit: () => `resource${" ".repeat(300)}` },
  { name: "unfinished labels of blocks", head: "genesyscloud\n", unit: () => 'resource "' },
  { name: "heredocs", unit: (id) => `a${id} = <<EOT\n"genesyscloud_user" /*\nEOT\n` },
  { name: "heredocs that are never closed", unit: (id) => `a = <<E${id}\ngenesyscloud\n` },
  { name: "one long heredoc", head: "genesyscloud = <<EOT\n", unit: () => "a\n" },
];

/** Terraform blocks in JSON syntax. */
const JSON_BLOCKS: readonly Shape[] = [
  {
    name: "resources",
    head: '{"resource":{"genesyscloud_user":{',
    unit: (id) => `"u${id}":{"name":"${id}"},`,
  },
  { name: "modules", head: '{"genesyscloud":{},"module":{', unit: (id) => `"m${id}":{"source":"./${id}"},` },
  { name: "lists of blocks", head: '{"resource":{"genesyscloud_user":[', unit: (id) => `{"u${id}":[{}]},` },
];

const DOCUMENTS: readonly Shape[] = [
  {
    name: "changes of a plan",
    head: `${PLAN_HEAD}"resource_changes":[`,
    unit: (id) =>
      `{"address":"genesyscloud_user.u${id}","mode":"managed","type":"genesyscloud_user","name":"u","change":{"actions":["create"],"after":{"id":"${id}"}}},`,
    tail: "{}]}",
  },
  {
    name: "unknown changes of a plan",
    head: `${PLAN_HEAD}"resource_changes":[`,
    unit: (id) => `{"mode":"managed","type":"genesyscloud_u${id}","change":{"actions":["a${id}"]}},\n`,
  },
  {
    name: "actions of a plan",
    head: `${PLAN_HEAD}"resource_changes":[{"mode":"managed","type":"genesyscloud_user","change":{"actions":[`,
    unit: (id) => `"a${id}",`,
  },
  {
    name: "child modules of a state",
    head: `${PLAN_HEAD}"values":{"root_module":`,
    unit: () => `{"resources":[{"mode":"data","type":"genesyscloud_user"}],"child_modules":[`,
  },
  { name: "brackets of a plan", head: `${PLAN_HEAD}"values":`, unit: () => "[" },
  { name: "backslashes of a plan", head: `${PLAN_HEAD}"values":"`, unit: () => "\\" },
];

/** File names: one for each mode of the scan, and one for each language with special strings or comments. */
const FILES_OF_PATTERNS = [
  ...["a.ts", "a.sh", "a.py", "a.md", "a.cs"],
  ...["a.java", "a.go", "a.ps1", "a.ipynb", "a.tf"],
];
const FILE_OF_SUITE = "a.ts";

export const SCAN_SHAPES: readonly ScanShape[] = [
  ...Object.entries(CALLS).map(([file, unit]) => ({
    name: `calls in ${file}`,
    file,
    unit,
    isOfSuite: FILES_OF_PATTERNS.includes(file),
    isLong: true,
  })),
  ...PATTERNS.flatMap((shape, place) =>
    FILES_OF_PATTERNS.map((file, turn) => ({
      ...shape,
      file,
      isOfSuite: file === FILE_OF_SUITE,
      // A full run measures each pattern up to the longest text in one language. The patterns are divided evenly
      // among the languages.
      isLong: turn === place % FILES_OF_PATTERNS.length,
      name: `${shape.name} in ${file}`,
    })),
  ),
  ...[
    { file: "main.tf", shapes: BLOCKS },
    { file: "main.tf.json", shapes: JSON_BLOCKS },
    { file: "plan.json", shapes: DOCUMENTS },
  ].flatMap(({ file, shapes }) =>
    shapes.map((shape) => ({
      ...shape,
      file,
      isOfSuite: true,
      isLong: true,
      name: `${shape.name} in ${file}`,
    })),
  ),
];
