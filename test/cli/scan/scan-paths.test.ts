import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { LARGEST_SOURCE_BYTES } from "../../../src/cli/scan/read-source.ts";
import { type ScanPathsOptions, scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { InterruptedError, UsageError } from "../../../src/core/errors.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();
/** A call that the scan finds with high confidence in every file that it reads. */
const CALL = 'fetch("https://api.mypurecloud.com/api/v2/users/me");\n';

async function makeTree(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = await tempDir();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

async function scan(root: string, options: Partial<ScanPathsOptions> = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { file, line, operation, confidence } of scanPaths([root], { catalogue, ...options })) {
    const name = file.slice(root.length + 1);
    found.push(`${name}:${line} ${operation?.method ?? "-"} ${operation?.path ?? "-"} ${confidence}`);
  }
  return found;
}

async function filesRead(root: string): Promise<readonly string[]> {
  return (await scan(root)).map((found) => found.slice(0, found.indexOf(":")));
}

describe("a scan of a directory", () => {
  test("reads files before subdirectories, both sorted by name", async () => {
    const root = await makeTree({ "b/z.js": CALL, "b/a/x.js": CALL, "c.js": CALL, "a.js": CALL });
    expect(await filesRead(root)).toEqual(["a.js", "c.js", "b/z.js", "b/a/x.js"]);
  });

  test("skips vendored, built and tool directories, minified and lock files, and logs", async () => {
    const root = await makeTree({
      "node_modules/sdk/index.js": CALL,
      "packages/app/node_modules/sdk/index.js": CALL,
      "vendor/lib.php": CALL,
      "third_party/lib.js": CALL,
      "dist/bundle.js": CALL,
      "build/bundle.js": CALL,
      "target/classes/app.js": CALL,
      ".venv/lib/site.py": CALL,
      ".git/hooks/pre-push": CALL,
      "app.min.js": CALL,
      "app-min.js": CALL,
      "debug.log": CALL,
      "package-lock.json": CALL,
      "yarn.lock": CALL,
      "go.sum": CALL,
      "logo.png": CALL,
      "bin/run.js": CALL,
      "src/app.js": CALL,
    });
    expect(await filesRead(root)).toEqual(["bin/run.js", "src/app.js"]);
  });

  test("skips what a `.gitignore` excludes at any level, the nearest first", async () => {
    const root = await makeTree({
      ".git/info/exclude": "private.js\n",
      ".gitignore": "*.gen.js\n/only-here.js\nlogs/\n",
      "a.gen.js": CALL,
      "only-here.js": CALL,
      "private.js": CALL,
      "logs/a.js": CALL,
      "app/only-here.js": CALL,
      "app/.gitignore": "!kept.gen.js\nsecret/\n",
      "app/kept.gen.js": CALL,
      "app/other.gen.js": CALL,
      "app/secret/a.js": CALL,
      "app/deep/kept.gen.js": CALL,
      "secret/a.js": CALL,
    });
    expect(await filesRead(root)).toEqual([
      "app/kept.gen.js",
      "app/only-here.js",
      "app/deep/kept.gen.js",
      "secret/a.js",
    ]);
  });

  test("applies the `.gitignore` of the repository when only a subdirectory is scanned", async () => {
    const root = await makeTree({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".gitignore": "src/made/\n*.tmp.js\n",
      "src/made/a.js": CALL,
      "src/b.tmp.js": CALL,
      "src/c.js": CALL,
    });
    expect(await filesRead(join(root, "src"))).toEqual(["c.js"]);
  });

  test("reads everything where a `.gitignore` has more than 1 MiB", async () => {
    const rule = "made.js\n";
    const limit = 1024 * 1024;
    const root = await makeTree({
      "made.js": CALL,
      "at/.gitignore": `${"#".repeat(limit - rule.length - 1)}\n${rule}`,
      "at/made.js": CALL,
      "over/.gitignore": `${"#".repeat(limit - rule.length)}\n${rule}`,
      "over/made.js": CALL,
    });
    expect(await filesRead(root)).toEqual(["made.js", "over/made.js"]);
  });

  test("reads an excluded path that is named explicitly", async () => {
    const root = await makeTree({ ".gitignore": "made/\n", "made/a.js": CALL });
    expect(await filesRead(root)).toEqual([]);
    expect(await filesRead(join(root, "made"))).toEqual(["a.js"]);
  });

  test("does not follow symbolic links", async () => {
    const root = await makeTree({ "src/a.js": CALL });
    symlinkSync(root, join(root, "src", "up"));
    symlinkSync(join(root, "src", "a.js"), join(root, "b.js"));
    expect(await filesRead(root)).toEqual(["src/a.js"]);
  });

  test("skips binary files but reads UTF-16 with a byte order mark", async () => {
    const root = await makeTree({
      "a.dat": Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(CALL)]),
      "b.ps1": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CALL, "utf16le")]),
    });
    expect(await filesRead(root)).toEqual(["b.ps1"]);
  });

  test("reports calls in file order, even with more files than it reads ahead", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `f${String(index).padStart(2, "0")}.js`);
    const root = await makeTree(Object.fromEntries(names.map((name) => [name, CALL])));
    const found = await scan(root, { concurrency: 3 });
    expect(found.map((line) => line.slice(0, 6))).toEqual(names);
  });
});

describe("the scan reports a skipped file", () => {
  test("when it is too large for source code", async () => {
    const root = await makeTree({ "big.js": Buffer.alloc(LARGEST_SOURCE_BYTES + 1, "x"), "a.js": CALL });
    const skipped: string[] = [];
    await scan(root, {
      onSkipped: (file, reason) => skipped.push(`${file.slice(root.length + 1)} ${reason}`),
    });
    expect(skipped).toEqual(["big.js larger than 8 MB"]);
  });

  test("when it is a minified script", async () => {
    const minified = Array.from({ length: 1500 }, (_, index) => `function f${index}(){}`).join("");
    const root = await makeTree({ "bundle.4f2c.js": `${CALL.trim()}${minified}`, "a.js": CALL });
    const skipped: string[] = [];
    const found = await scan(root, {
      onSkipped: (file, reason) => skipped.push(`${file.slice(root.length + 1)} ${reason}`),
    });
    expect(found).toEqual(["a.js:1 GET /api/v2/users/me high"]);
    expect(skipped).toEqual(["bundle.4f2c.js minified"]);
  });

  test("when it is a description of the API", async () => {
    const paths = Array.from(
      catalogue.operations(),
      ({ method, path }) => `request("${method}", "${path}");`,
    );
    const root = await makeTree({
      "sdk.js": `// Genesys\n${paths.slice(0, 450).join("\n")}\n`,
      "a.js": CALL,
    });
    const skipped: string[] = [];
    const found = await scan(root, {
      onSkipped: (file, reason) => skipped.push(`${file.slice(root.length + 1)} ${reason}`),
    });
    expect(found).toEqual(["a.js:1 GET /api/v2/users/me high"]);
    expect(skipped).toEqual([
      "sdk.js contains 450 operations, so it describes the API instead of calling it",
    ]);
  });
});

test("the scan does not take a file that calls one operation often for a description of the API", async () => {
  const calls = Array.from({ length: 450 }, (_, id) => `request("GET", "/api/v2/users/u${id}");`);
  const root = await makeTree({ "a.js": `// Genesys\n${calls.join("\n")}\n` });
  const skipped: string[] = [];
  const found = await scan(root, { onSkipped: (file) => skipped.push(file) });
  expect(found).toHaveLength(450);
  expect(skipped).toEqual([]);
});

describe("a scanned file that does not mention the platform", () => {
  const silent = 'export const load = (http, id) => http.get("/api/v2/users/" + id);\n';

  test("yields calls with low confidence on its own", async () => {
    const root = await makeTree({ "a.js": silent });
    expect(await scan(root)).toEqual(["a.js:1 GET /api/v2/users/{userId} low"]);
  });

  test("yields calls with medium confidence next to a file that mentions it", async () => {
    const root = await makeTree({ "a.js": silent, "b.js": CALL });
    expect(await scan(root)).toEqual([
      "a.js:1 GET /api/v2/users/{userId} medium",
      "b.js:1 GET /api/v2/users/me high",
    ]);
  });

  test("yields an invalid path when another file mentions it", async () => {
    const config = '{"wfm": {"endpoint": "/api/v2/workforcemanagement/adherence/historical"}}\n';
    const root = await makeTree({ "config.json": config, "b.js": CALL });
    expect(await scan(root)).toEqual(["b.js:1 GET /api/v2/users/me high", "config.json:1 - - high"]);
  });

  test.each(["sustainability towers of the backlog", "auth0r", "snyked"])(
    "is scanned although it contains %s, in which a product's name is only a part of a word",
    async (words) => {
      const root = await makeTree({ "a.js": `// ${words}\n${silent}`, "b.js": CALL });
      expect(await scan(root)).toContain("a.js:2 GET /api/v2/users/{userId} medium");
    },
  );

  test.each(["zendeskClient", "DATADOG_SITE", "myAuth0Domain", "sonarqube", "DataDog"])(
    "is ignored when it uses %s, the name of another product",
    async (words) => {
      const root = await makeTree({ "a.js": `${words};\n${silent}`, "b.js": CALL });
      expect(await scan(root)).toEqual(["b.js:1 GET /api/v2/users/me high"]);
    },
  );

  test("is ignored when it mentions another product", async () => {
    const root = await makeTree({ "a.js": `// Zendesk\n${silent}`, "b.js": CALL });
    expect(await scan(root)).toEqual(["b.js:1 GET /api/v2/users/me high"]);
  });
});

test("the scan reports a single file under the given path", async () => {
  const root = await makeTree({ "src/a.js": CALL });
  const found = [];
  for await (const finding of scanPaths([join(root, "src", "a.js")], { catalogue })) found.push(finding.file);
  expect(found).toEqual([join(root, "src", "a.js")]);
});

test.each(["notes.txt", "notes.md"])("the scan refuses %s alone, which contains no code", async (name) => {
  const root = await makeTree({ [name]: `Run ${CALL}` });
  await expect(scan(join(root, name))).rejects.toMatchObject({ code: "usage.scan_empty" });
});

test("the scan reports an invalid call in a prose file", async () => {
  const root = await makeTree({ "notes.md": "Genesys: GET /api/v2/analytics/conversations/queries\n" });
  await expect(scan(root)).resolves.toHaveLength(1);
});

test("the scan of a path that does not exist is a usage error", async () => {
  const missing = join(await tempDir(), "nowhere");
  const error = await scan(missing).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({
    code: "usage.scan_path",
    message: `\`${missing}\` cannot be read: no such file or directory`,
    hint: "check the path, or name another one: genscope check-scopes --scan src",
  });
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["is empty", {}, "contains no source code"],
  ["contains only empty directories", { "a/.keep.png": "" }, "contains no source code"],
  ["contains only prose", { "notes.txt": "Call them.\n", "list.csv": "a;b\n" }, "contains no source code"],
  ["contains only prose with a call", { "notes.md": `Run ${CALL}` }, "contains no source code"],
  [
    "contains only a language that the scan does not read",
    { "src/report.cob": "       IDENTIFICATION DIVISION.\n", "README.md": "# Report\n", "ci.yml": "a: 1\n" },
    "contains no source code in a language that the scan reads",
  ],
])("the scan of a directory that %s is a usage error", async (_, files, message) => {
  const root = await makeTree(files);
  const error = await scan(root).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "usage.scan_empty", message: `\`${root}\` ${message}` });
});

test.each<[string, Readonly<Record<string, string>>]>([
  ["configuration alone", { "action.json": "{}\n", "README.md": "# Actions\n" }],
  [
    "code next to a language that the scan does not read",
    { "a.js": "run();\n", "report.cob": "STOP RUN.\n" },
  ],
  ["a call in a language that the scan does not read", { "report.cob": `CALL "${CALL.trim()}".\n` }],
])("the scan accepts a directory with %s", async (_, files) => {
  await expect(scan(await makeTree(files))).resolves.toBeInstanceOf(Array);
});

test("the scan names the path without source code when several paths are given", async () => {
  const root = await makeTree({ "src/a.js": CALL, "docs/x.dat2": "x\n" });
  const given = [join(root, "src"), join(root, "docs")];
  const read = async () => {
    for await (const _finding of scanPaths(given, { catalogue }));
  };
  await expect(read()).rejects.toMatchObject({
    code: "usage.scan_empty",
    message: expect.stringContaining("docs"),
  });
});

test("the scan stops when it is interrupted", async () => {
  const root = await makeTree({ "a.js": CALL });
  await expect(scan(root, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(InterruptedError);
});
