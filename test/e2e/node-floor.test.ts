import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { BIN } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FLOOR = "20.19";

/** Runs only the first file of the program, on a Node that reports this version. */
async function runOn(version: string, argv: readonly string[] = []) {
  const directory = await tempDir();
  mkdirSync(join(directory, "bin"));
  copyFileSync(BIN, join(directory, "bin/genscope.js"));
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  const disguise = join(directory, "disguise.cjs");
  writeFileSync(disguise, `Object.defineProperty(process.versions, "node", { value: "${version}" });`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", disguise, join(directory, "bin/genscope.js"), ...argv],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("prints one sentence and exits with 1 on a Node that is too old, before loading anything else", () => {
  test.each(["4.9.1", "12.22.12", "14.21.3", "16.20.2", "18.20.8", "20.0.0", "20.18.3"])(
    "%s",
    async (version) => {
      for (const argv of [[], ["--version"], ["whoami", "--json"]]) {
        expect(await runOn(version, argv)).toEqual({
          status: 1,
          stdout: "",
          stderr: `genscope needs Node.js ${FLOOR} or newer, and this is Node.js ${version}.\n`,
        });
      }
    },
  );

  test.each(["20.19.0", "20.20.2", "22.0.0", "26.1.0"])("accepts Node %s", async (version) => {
    const { stderr } = await runOn(version);
    expect(stderr).not.toContain("needs Node.js");
    expect(stderr).toContain("dist/main.js");
  });
});

test("the entry file uses no syntax newer than ES2015 except `import()`, so that old versions of Node can parse it", () => {
  const source = readFileSync(BIN, "utf8");
  const options = { format: "esm", minifyWhitespace: true } as const;
  const asOld = transformSync(source, {
    ...options,
    target: "es2015",
    supported: { "dynamic-import": true },
  });
  expect(asOld.code).toBe(transformSync(source, { ...options, target: "esnext" }).code);
  expect(source).not.toMatch(/^\s*(import|export)\s*[\w{*"']/m);
});

test("the entry file requires the same Node version as package.json", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe(`>=${FLOOR}`);
});
