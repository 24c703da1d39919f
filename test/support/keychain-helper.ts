import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** The keychain's helper as a program that Node can run. */
export interface BuiltHelper {
  readonly url: URL;
  remove(): Promise<void>;
}

/** Builds the helper from the current source, so that a test never runs an outdated one. */
export async function buildKeychainHelper(): Promise<BuiltHelper> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-helper-"));
  const outfile = join(directory, "keychain-child.mjs");
  await build({
    entryPoints: [join(ROOT, "src/auth/stores/keychain-child.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: ["keytar"],
    logLevel: "error",
  });
  await symlink(join(ROOT, "node_modules"), join(directory, "node_modules"), "junction");
  return {
    url: pathToFileURL(outfile),
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}
