import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { LARGEST_SOURCE_BYTES } from "../../../src/cli/scan/read-source.ts";
import { type ScanPathsOptions, scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { InterruptedError, UsageError } from "../../../src/core/errors.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();
/** One call that is beyond doubt, so that a file that is read shows. */
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

describe("which files are read", () => {
  test("those of a directory before those of the directories in it, each by name", async () => {
    const root = await makeTree({ "b/z.js": CALL, "b/a/x.js": CALL, "c.js": CALL, "a.js": CALL });
    expect(await filesRead(root)).toEqual(["a.js", "c.js", "b/z.js", "b/a/x.js"]);
  });

  test("none in vendored, built and tools' directories, no minified or locked file, no log", async () => {
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

  test("none that a `.gitignore` names, at every level, the nearest first", async () => {
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

  test("rules of the repository hold for a directory within it", async () => {
    const root = await makeTree({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".gitignore": "src/made/\n*.tmp.js\n",
      "src/made/a.js": CALL,
      "src/b.tmp.js": CALL,
      "src/c.js": CALL,
    });
    expect(await filesRead(join(root, "src"))).toEqual(["c.js"]);
  });

  test("a path that is named is read although rules leave it out", async () => {
    const root = await makeTree({ ".gitignore": "made/\n", "made/a.js": CALL });
    expect(await filesRead(root)).toEqual([]);
    expect(await filesRead(join(root, "made"))).toEqual(["a.js"]);
  });

  test("links are not followed, so that none leads in a circle", async () => {
    const root = await makeTree({ "src/a.js": CALL });
    symlinkSync(root, join(root, "src", "up"));
    symlinkSync(join(root, "src", "a.js"), join(root, "b.js"));
    expect(await filesRead(root)).toEqual(["src/a.js"]);
  });

  test("binary files are none, UTF-16 with its mark is text", async () => {
    const root = await makeTree({
      "a.dat": Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(CALL)]),
      "b.ps1": Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CALL, "utf16le")]),
    });
    expect(await filesRead(root)).toEqual(["b.ps1"]);
  });

  test("more files than are read ahead", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `f${String(index).padStart(2, "0")}.js`);
    const root = await makeTree(Object.fromEntries(names.map((name) => [name, CALL])));
    const found = await scan(root, { concurrency: 3 });
    expect(found.map((line) => line.slice(0, 6))).toEqual(names);
  });
});

describe("what is skipped is said", () => {
  test("a file too large to be source", async () => {
    const root = await makeTree({ "big.js": Buffer.alloc(LARGEST_SOURCE_BYTES + 1, "x"), "a.js": CALL });
    const skipped: string[] = [];
    await scan(root, {
      onSkipped: (file, reason) => skipped.push(`${file.slice(root.length + 1)} ${reason}`),
    });
    expect(skipped).toEqual(["big.js larger than 8 MB"]);
  });

  test("a script without line feeds", async () => {
    const minified = Array.from({ length: 1500 }, (_, index) => `function f${index}(){}`).join("");
    const root = await makeTree({ "bundle.4f2c.js": `${CALL.trim()}${minified}`, "a.js": CALL });
    const skipped: string[] = [];
    const found = await scan(root, {
      onSkipped: (file, reason) => skipped.push(`${file.slice(root.length + 1)} ${reason}`),
    });
    expect(found).toEqual(["a.js:1 GET /api/v2/users/me high"]);
    expect(skipped).toEqual(["bundle.4f2c.js minified"]);
  });

  test("a description of the API", async () => {
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
    expect(skipped).toEqual(["sdk.js names 450 operations: a description of the API, not calls"]);
  });
});

describe("a file that does not speak of the platform", () => {
  const silent = 'export const load = (http, id) => http.get("/api/v2/users/" + id);\n';

  test("means less alone", async () => {
    const root = await makeTree({ "a.js": silent });
    expect(await scan(root)).toEqual(["a.js:1 GET /api/v2/users/{userId} low"]);
  });

  test("means more beside one that does, and comes last", async () => {
    const root = await makeTree({ "a.js": silent, "b.js": CALL });
    expect(await scan(root)).toEqual([
      "b.js:1 GET /api/v2/users/me high",
      "a.js:1 GET /api/v2/users/{userId} medium",
    ]);
  });

  test("means nothing when it speaks of another product", async () => {
    const root = await makeTree({ "a.js": `// Zendesk\n${silent}`, "b.js": CALL });
    expect(await scan(root)).toEqual(["b.js:1 GET /api/v2/users/me high"]);
  });
});

test("a single file goes by the name it was given", async () => {
  const root = await makeTree({ "src/a.js": CALL });
  const found = [];
  for await (const finding of scanPaths([join(root, "src", "a.js")], { catalogue })) found.push(finding.file);
  expect(found).toEqual([join(root, "src", "a.js")]);
});

test("a path that does not exist is the person's mistake", async () => {
  const missing = join(await tempDir(), "nowhere");
  const error = await scan(missing).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({
    code: "usage.scan_path",
    message: `\`${missing}\` can't be read: ENOENT`,
    hint: "check the path, or name another one: genscope check-scopes --scan src",
  });
});

test("ends when the person asks for it", async () => {
  const root = await makeTree({ "a.js": CALL });
  await expect(scan(root, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(InterruptedError);
});
