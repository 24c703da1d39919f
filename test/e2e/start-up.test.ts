import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { asArray, asRecord, asString } from "../../src/core/json.ts";
import { BIN } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const OPERATION = ["POST", "/api/v2/analytics/conversations/details/query"];

interface StartUp {
  readonly argv: readonly string[];
  /** Names of bundle chunks, without their hashes. */
  readonly chunks: readonly string[];
  readonly maxKilobytes: number;
}

const START_UPS: readonly StartUp[] = [
  { argv: ["--version"], chunks: ["main"], maxKilobytes: 40 },
  {
    argv: ["__complete", "check-scopes", "GET", "/api/v2/ro"],
    chunks: ["completion", "facts", "main"],
    maxKilobytes: 67,
  },
  {
    argv: ["--help"],
    chunks: ["help", "main", "program", "rolldown-runtime"],
    maxKilobytes: 113,
  },
  {
    argv: ["check-scopes", "--offline", ...OPERATION],
    chunks: ["facts", "main", "program", "requirements", "rolldown-runtime"],
    maxKilobytes: 209,
  },
];

/** Modules of Node that take milliseconds to load and that start-up never needs. */
const HEAVY = /^(crypto|dns|http2?|https|inspector|readline|tls|url|worker_threads|zlib)(\/|$)|undici|wasm/;

/** Returns a module that, when the program ends, writes the names of all loaded Node modules to a file. */
const reportBuiltins = (file: string) =>
  `data:text/javascript,${encodeURIComponent(
    `import { writeFileSync } from "node:fs";
     process.on("exit", () => writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.moduleLoadList)));`,
  )}`;

async function traceLoads(program: readonly string[]) {
  const directory = await tempDir();
  const coverage = join(directory, "coverage");
  const builtins = join(directory, "builtins.json");
  await promisify(execFile)(process.execPath, ["--import", reportBuiltins(builtins), ...program], {
    env: { HOME: directory, NODE_V8_COVERAGE: coverage },
  });
  const urls = readdirSync(coverage).flatMap((name) =>
    asArray(asRecord(JSON.parse(readFileSync(join(coverage, name), "utf8")))["result"]).map(
      (script) => asString(asRecord(script)["url"]) ?? "",
    ),
  );
  const loaded = asArray(JSON.parse(readFileSync(builtins, "utf8"))).map((name) => asString(name) ?? "");
  return {
    files: urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url)),
    builtins: loaded
      .filter((name) => name.startsWith("NativeModule "))
      .map((name) => name.slice("NativeModule ".length)),
  };
}

/** Returns the heavy modules of Node that a program loads, except those that even an empty program loads. */
async function heavyModulesOf(builtins: readonly string[]): Promise<readonly string[]> {
  const { builtins: always } = await traceLoads(["--input-type=module", "--eval", ""]);
  return builtins.filter((name) => HEAVY.test(name) && !always.includes(name));
}

test.each(START_UPS.map((startUp) => [startUp.argv.join(" "), startUp] as const))(
  "`%s` reads few files of the bundle and loads no heavy module of Node",
  async (_, { argv, chunks, maxKilobytes }) => {
    const { files, builtins } = await traceLoads([BIN, ...argv]);
    const read = files.filter((file) => file.startsWith(join(ROOT, "dist")));
    expect(files.filter((file) => !read.includes(file))).toEqual([BIN]);
    const names = read.map((file) => basename(file, ".js").replace(/-[\w-]{8}$/, ""));
    expect(names.toSorted()).toEqual(chunks);
    expect(read.reduce((sum, file) => sum + statSync(file).size, 0) / 1000).toBeLessThan(maxKilobytes);
    expect(await heavyModulesOf(builtins)).toEqual([]);
  },
);

test("no file of the bundle only re-exports another file", () => {
  const dist = join(ROOT, "dist");
  const chunks = readdirSync(dist).filter((name) => name.endsWith(".js"));
  expect(chunks.length).toBeGreaterThan(50);
  const isReExport = (name: string) =>
    /^export\{[^{}]+\}from[^;]+;\s*$/.test(readFileSync(join(dist, name), "utf8"));
  expect(chunks.filter(isReExport)).toEqual([]);
});

test("the test of start-up detects a heavy module of Node", async () => {
  const { builtins } = await traceLoads(["--input-type=module", "--eval", "import 'node:zlib'"]);
  expect(await heavyModulesOf(builtins)).toContain("zlib");
});
