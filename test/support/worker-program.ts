import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** Builds the program of a worker thread from the current source, so that no test runs an outdated one. */
export async function buildWorkerProgram(
  entry: string,
): Promise<{ readonly url: URL; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-worker-"));
  const outfile = join(directory, "worker.mjs");
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: ["@bokuweb/zstd-wasm", "hyparquet-writer", "temporal-polyfill"],
    logLevel: "error",
  });
  await symlink(join(ROOT, "node_modules"), join(directory, "node_modules"), "junction");
  return {
    url: pathToFileURL(outfile),
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}
