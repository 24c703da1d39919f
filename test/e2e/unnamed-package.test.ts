import { join } from "node:path";
import { expect, test } from "vitest";
import { exportSandbox } from "../support/export-sandbox.ts";
import { expectVerified } from "../support/export-trial.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/**
 * Rewrites the code of the package so that Node's parser does not find the names of its exports. The parser
 * recognizes exports only in code of a certain form.
 */
const HOOKS = `
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith("/zstd-wasm/dist/common/index.node.js")) return await next(url, context);
  const text = await readFile(new URL(url), "utf8");
  const source = text
    .replaceAll("exports.init =", "exports['in' + 'it'] =")
    .replaceAll("__exportStar(require", "(0, __exportStar)(require");
  return { format: "commonjs", source, shortCircuit: true };
}`;

const inUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code).replaceAll("'", "%27")}`;

test("an export compresses with zstd even when Node cannot import the zstd package's exports by name", async () => {
  const { env } = await exportSandbox({ roster: { queues: 5 } });
  const directory = await tempDir();
  const register = `import { register } from "node:module"; register(${JSON.stringify(inUrl(HOOKS))});`;
  const ending = await runGenscope(
    ["export", "queues", "--out", "queues.ndjson.zst", "--quiet"],
    { ...env, NODE_OPTIONS: `--import=${inUrl(register)}` },
    { directory },
  );
  expect(ending).toMatchObject({ exitCode: 0, stderr: "" });
  await expectVerified(join(directory, "queues.ndjson.zst"));
});
