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
  { name: "paths in one line", unit: (id) => `"${PLATFORM}/users/${id}",` },
  { name: "unknown paths", unit: (id) => `get("${PLATFORM}/usr/${id}/qeues/q${id}x")\n` },
  { name: "names of the root", unit: (id) => `API${id}="${PLATFORM}"\nget(API${id} + "/users/${id}")\n` },
  { name: "variables of the root", unit: (id) => `API${id}="${PLATFORM}"\ncurl $API${id}/users/${id}\n` },
  { name: "one name of the root", head: `API="${PLATFORM}"\n`, unit: (id) => `curl \${API}/users/${id}; ` },
  { name: "calls with the root", head: `B="${PLATFORM}"\n`, unit: () => `f(B);"";"";"";"";"";""\n` },
  { name: "keys of the root", unit: (id) => `{"url": "${PLATFORM}", "b": "x${id}"}, ` },
  { name: "one root often", unit: () => `API="${PLATFORM}"\n` },
  { name: "joined strings", unit: () => `"/api/v2/users/" + ` },
  {
    name: "joined names",
    head: `import platformClient from 'genesys'\nb = "/api/v2"\n`,
    unit: (id) => `b + "/users/${id}" + `,
  },
  {
    name: "SDK receivers",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `client${id}.getUsers(); `,
  },
  {
    name: "SDK receivers on lines",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `client${id}.getUsers()\n`,
  },
  { name: "SDK functions", head: "import platformClient from 'genesys'\n", unit: () => "getUsers(x); " },
  {
    name: "SDK functions without dot",
    head: "import platformClient from 'genesys'\n",
    unit: () => "getUsers, {} ",
  },
  {
    name: "SDK near misses",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `usersApi.getUsersQeue${id}x();\n`,
  },
  {
    name: "SDK near misses of words",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `routingApi.postRoutingQueuesMember${id}();\n`,
  },
  { name: "CLI near misses", unit: (id) => `gc users lisst q${id}x get\n` },
  { name: "CLI words", unit: () => "gc routing queues list " },
  { name: "CLI program alone", unit: () => "gc " },
  { name: "CLI options", unit: () => "gc -p a " },
  { name: "one long CLI option", head: "gc ", unit: () => "--aa=b " },
  {
    name: "scope near misses",
    head: "genesys\n",
    unit: (id) => `scopes: ["usr:readonly${id}", "analytcs:reed${id}"]\n`,
  },
  { name: "unclosed lists of scopes", head: "genesys\n", unit: () => "scope=[" },
  { name: "scope parameters", head: "genesys\n", unit: (id) => `&scope=user:reed${id} ` },
  { name: "token addresses", head: "genesys\n", unit: () => `"https://api.mypurecloud.com/oauth/token" ` },
  { name: "token paths in one word", head: "genesys\n", unit: () => "/oauth/token" },
  { name: "roots in one word", unit: () => "/api/v2" },
  { name: "words and roots in one word", unit: () => "/users/api/v2" },
  { name: "roots with a letter", unit: () => "/api/v2/a" },
  { name: "roots and question marks", unit: () => "/api/v2?" },
  { name: "one deep path", head: PLATFORM, unit: () => "/users/x1" },
  { name: "slashes", head: PLATFORM, unit: () => "/" },
  { name: "dots behind a path", head: `${PLATFORM}/users`, unit: () => "." },
  { name: "dots within a path", head: `${PLATFORM}/users`, unit: () => ".", tail: "a" },
  { name: "letters of a path", head: `${PLATFORM}/`, unit: () => "a" },
  { name: "brackets in placeholders", unit: () => `"${PLATFORM}/\${${"[".repeat(1_900)}x}"\n` },
  { name: "letters before a path", unit: () => `"${"a".repeat(1_900)}/api/v2/users"\n` },
  { name: "holes of one string", head: `u = "${PLATFORM}`, unit: () => "${", tail: '"' },
  { name: "letters before a call", head: `"/api/v2/users"\n`, unit: () => `${"a".repeat(1_900)}().get()\n` },
  {
    name: "capital letters of a method",
    head: "import platformClient from 'genesys'\nusersApi.get",
    unit: () => "A",
    tail: "();",
  },
  { name: "placeholders", head: PLATFORM, unit: (id) => `/{a${id}}` },
  { name: "nested placeholders", head: `"${PLATFORM}/`, unit: () => "${a" },
  { name: "open braces", head: `"${PLATFORM}/`, unit: () => "{" },
  { name: "double braces", head: PLATFORM, unit: () => "/{{a}}" },
  { name: "format verbs", head: `"${PLATFORM}`, unit: () => "/%s" },
  { name: "double quotes", head: `"/api/v2/users"\n`, unit: () => '"' },
  { name: "single quotes", head: `"/api/v2/users"\n`, unit: () => "'a " },
  { name: "backticks with holes", head: `"/api/v2/users"\n`, unit: () => "`${" },
  { name: "triple quotes", head: `"/api/v2/users"\n`, unit: () => "'''" },
  { name: "backslashes", head: `"/api/v2/users"\n`, unit: () => '\\"' },
  { name: "parentheses", head: `"/api/v2/users"\n`, unit: () => "(" },
  { name: "calls of calls", unit: () => `f("/api/v2/users",` },
  { name: "brackets", head: `"/api/v2/users"\n`, unit: () => "[{(" },
  { name: "angle brackets", head: `"/api/v2/users"\n`, unit: () => "<a" },
  { name: "tabs", head: `"/api/v2/users"\n`, unit: () => "\t" },
  { name: "blanks before a path", unit: () => `${" ".repeat(2000)}"/api/v2/users"` },
  { name: "line feeds", head: `"/api/v2/users"\n`, unit: () => "\n" },
  { name: "comments", unit: (id) => `/* /api/v2/users/${id} */ // GET /api/v2/users\n` },
  { name: "comment openers", head: `"/api/v2/users"\n`, unit: () => "/*" },
  { name: "comment openers and stars", head: `"/api/v2/users"\n`, unit: () => "<!-- <# " },
  { name: "hashes", unit: () => "# /api/v2/users " },
  { name: "one long word", head: `"/api/v2/users"\n`, unit: () => "a" },
  { name: "one long name of a method", head: `"/api/v2/users"\n`, unit: () => "getA" },
  { name: "one long name with underscores", head: `"/api/v2/users"\n`, unit: () => "get_a_" },
  { name: "assignments", head: `b = "/api/v2/users"\n`, unit: () => "b = b; " },
  {
    name: "uses of a path",
    unit: (id) => `u${id} = "/api/v2/users"; send(u${id}); u${id}.method = "POST";\n`,
  },
  { name: "uses of one name", unit: () => `u = "/api/v2/users"; send(u); ` },
  { name: "appended paths", head: `u = "${PLATFORM}/users";\n`, unit: () => `u += "/a";\n` },
  { name: "appended paths in shell", head: `u="${PLATFORM}/users"\n`, unit: () => `u+="/a"\n` },
  { name: "paths appended to themselves", head: `u = "${PLATFORM}";\n`, unit: () => `u = u + "/a";\n` },
  { name: "paths after themselves in shell", head: `u="${PLATFORM}"\n`, unit: () => `u="$u/a"\n` },
  { name: "replaced parts", head: `u = "${PLATFORM}/{a}";\n`, unit: () => `u = u.replace("a", b);\n` },
  { name: "appending calls", head: `u = "${PLATFORM}/users"`, unit: () => `.append("/a")` },
  { name: "conditional paths", unit: (id) => `if (a) {\n  u = "${PLATFORM}/users/${id}";\n}\nsend(u);\n` },
  { name: "headers of blocks", head: `  u = "${PLATFORM}/users"\n`, unit: () => "if a\n" },
  { name: "helpers", unit: (id) => `function f${id}(path) { return fetch("${PLATFORM}" + path); }\n` },
  { name: "helpers of one name", unit: () => `function f(path) { return fetch("${PLATFORM}" + path); }\n` },
  {
    name: "calls of a helper",
    head: `function f(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `f("/users/${id}");\n`,
  },
  {
    name: "calls of a helper in one line",
    head: `function f(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `f("/users/${id}", `,
  },
  {
    name: "links of helpers",
    head: `function f0(path) { return fetch("${PLATFORM}" + path); }\n`,
    unit: (id) => `function f${id + 1}(path) { return f${id}(path); }\n`,
  },
  {
    name: "parameters of a helper",
    head: "// genesys\nfunction f(",
    unit: (id) => `path${id}, `,
    tail: ") {}",
  },
  { name: "unclosed parameters", head: "// genesys\n", unit: () => "f = (path, " },
  { name: "methods in methods", head: "// genesys\n", unit: () => "f(path) {\n" },
  { name: "arrows", head: "// genesys\n", unit: () => "f = (path) => " },
  { name: "functions of a shell", unit: () => `f() { curl "${PLATFORM}$1"; }\nf /users/me\n` },
  { name: "unclosed functions of a shell", unit: () => `f() { curl "${PLATFORM}$1"\n` },
  { name: "chains", head: `x("/api/v2/users")`, unit: () => ".a()" },
  { name: "regular expressions", unit: () => `a = /api\\/v2\\/[a-z]+/; "/api/v2/users"; ` },
  { name: "slashes of a regular expression", head: `"/api/v2/users"\n`, unit: () => "=/[" },
  { name: "descriptions", unit: (id) => `"/api/v2/users/${id}": {"get": {}, "post": {}},\n` },
  { name: "keys in one line", unit: (id) => `a${id}: "/api/v2/users", ` },
  { name: "mappings of YAML", unit: (id) => `  url: /api/v2/users/${id}\n` },
  { name: "paths in one line of YAML", unit: (id) => `/api/v2/users/${id} ` },
  { name: "commands in one line", unit: (id) => `curl -X GET /api/v2/users/${id} && ` },
  { name: "continued lines", unit: (id) => `curl /api/v2/users/${id} \\\n` },
  { name: "API names", head: "import platformClient from 'genesys'\n", unit: () => "apiApi" },
  {
    name: "names of an API on lines",
    head: "import platformClient from 'genesys'\n",
    unit: (id) => `a${id} = new UsersApi(); a${id}.getUsers();\n`,
  },
  { name: "definitions", head: "import platformClient from 'genesys'\n", unit: () => "function getUsers( " },
];

/** Terraform blocks, which only occur in Terraform's own files. */
const BLOCKS: readonly Shape[] = [
  { name: "resources", unit: (id) => `resource "genesyscloud_user" "u${id}" {}\n` },
  { name: "unknown resources", unit: (id) => `data "genesyscloud_u${id}" "u" {}\n` },
  { name: "modules", unit: (id) => `module "m${id}" { source = "git::https://genesys/${id}" }\n` },
  { name: "unclosed modules", head: "genesyscloud", unit: () => 'module "m" {\n' },
  { name: "removed blocks", unit: (id) => `removed { from = genesyscloud_user.u${id} }\n` },
  { name: "unclosed removed blocks", head: "genesyscloud", unit: () => "removed {" },
  { name: "sources of a module", head: 'genesyscloud\nmodule "m" { ', unit: () => "source = a " },
  { name: "openings of blocks", head: "genesyscloud\n", unit: () => "resource " },
  { name: "blanks of a block", head: "genesyscloud\n", unit: () => `resource${" ".repeat(300)}` },
  { name: "labels of blocks", head: "genesyscloud\n", unit: () => 'resource "' },
  { name: "heredocs", unit: (id) => `a${id} = <<EOT\n"genesyscloud_user" /*\nEOT\n` },
  { name: "unclosed heredocs", unit: (id) => `a = <<E${id}\ngenesyscloud\n` },
  { name: "one heredoc", head: "genesyscloud = <<EOT\n", unit: () => "a\n" },
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
