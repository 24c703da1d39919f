import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { ScanFinding } from "../../../src/catalogue/scan/judge/finding.ts";
import { scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();

async function scan(files: Readonly<Record<string, string>>): Promise<readonly ScanFinding[]> {
  const root = await tempDir();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const found: ScanFinding[] = [];
  for await (const finding of scanPaths([root], { catalogue })) found.push(finding);
  return found;
}

async function placesOf(files: Readonly<Record<string, string>>, what: string): Promise<readonly string[]> {
  const found = await scan(files);
  return found
    .filter(({ message }) => message.startsWith(what))
    .map(({ file, line, confidence }) => `${file.split("/").at(-1)}:${line} ${confidence}`);
}

describe("source code with calls that the scan cannot read", () => {
  test.each<[string, string, string]>([
    ["Python", "a.py", 'import PureCloudPlatformClientV2\ngetattr(api, "get_" + what)()\n'],
    [
      "JavaScript",
      "a.js",
      'const pc = require("purecloud-platform-client-v2");\nawait new pc.UsersApi()[op]();\n',
    ],
    [
      "Go",
      "a.go",
      'import "github.com/mypurecloud/platform-client-sdk-go/v162/platformclientv2"\nfunc f() { reflect.ValueOf(api).MethodByName(name).Call(nil) }\n',
    ],
    [
      "C#",
      "a.cs",
      "using PureCloudPlatform.Client.V2.Api;\ntypeof(UsersApi).GetMethod(name).Invoke(api, null);\n",
    ],
    [
      "Java",
      "A.java",
      "import com.mypurecloud.sdk.v2.api.UsersApi;\nclass A { Object f(String n) { return call(n); } }\n",
    ],
  ])("is recognized by the import of the SDK in %s", async (_, name, code) => {
    expect(await placesOf({ [name]: code }, "this file uses the platform's SDK, but")).toEqual([
      `${name}:1 medium`,
    ]);
  });

  test.each<[string, string, string]>([
    ["a shell script", "run.sh", 'HOST=https://api.mypurecloud.de\ncurl "$HOST/api/v2/$1"\n'],
    ["a configuration", "app.yaml", "base: https://api.mypurecloud.ie\nroute: from the database\n"],
    ["a language without rules", "run.jl", 'HTTP.get("https://api.usw2.pure.cloud" * route)\n'],
    [
      "code with a call only in a comment",
      "a.js",
      'const base = "https://api.mypurecloud.com";\n// GET /api/v2/users\nfetch(base + where);\n',
    ],
    [
      "a helper function without recognized calls",
      "Api.kt",
      'val base = "https://api.mypurecloud.com/api/v2"\nsuspend fun load(path: String) = client.get("$base/$path")\n',
    ],
  ])("is recognized by the address in %s", async (_, name, code) => {
    expect(await placesOf({ [name]: code }, "this file contains the API's address, but")).toEqual([
      `${name}:1 medium`,
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      "a recognized call",
      { "a.js": 'const a = "https://api.mypurecloud.de";\nfetch(a + "/api/v2/users/me");\n' },
    ],
    [
      "a list of dependencies alone",
      { "package.json": '{"dependencies":{"purecloud-platform-client-v2":"1"}}\n' },
    ],
    ["an SDK that only a comment names", { "a.js": "// Later: purecloud-platform-client-v2\nrun();\n" }],
    ["documentation", { "README.md": "It reads https://api.mypurecloud.de nightly.\n", "a.js": "run();\n" }],
    ["a test", { "test/a.test.js": 'const a = "https://api.mypurecloud.de";\nserve(a);\n' }],
  ])("is not inferred from %s", async (_, files) => {
    expect((await scan(files)).filter(({ path }) => path === null)).toEqual([]);
  });
});

test.each<[string, Readonly<Record<string, string>>]>([
  ["COBOL", { "src/report.cob": '       CALL "GENESYS" USING WS-ROUTE.\n' }],
  ["ABAP", { "z.abap": "* Genesys\nCALL METHOD lo->send.\n", "README.md": "# Genesys\n" }],
  ["Zig", { "a.zig": 'const product = "Genesys Cloud";\n' }],
])(
  "--scan refuses source code in %s that mentions the platform but contains no recognizable call",
  async (_, files) => {
    await expect(scan(files)).rejects.toMatchObject({
      code: "usage.scan_empty",
      message: expect.stringContaining("no source code in a language that the scan reads"),
    });
  },
);
