import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
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

/** Packages that open the keychain, by the name under which genscope loads them. */
const PACKAGES = { keytar: ["keytar"], keyring: ["@napi-rs"] } as const;
export type KeychainPackage = keyof typeof PACKAGES;

/**
 * Builds the helper from the current source, so that a test never runs an outdated one. It finds these packages
 * and no others.
 */
export async function buildKeychainHelper(
  packages: readonly KeychainPackage[] = ["keytar", "keyring"],
): Promise<BuiltHelper> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-helper-"));
  const outfile = join(directory, "keychain-child.mjs");
  await build({
    entryPoints: [join(ROOT, "src/auth/stores/keychain-child.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: ["keytar", "@napi-rs/keyring"],
    logLevel: "error",
  });
  const modules = join(directory, "node_modules");
  await mkdir(modules);
  for (const name of packages.flatMap((each) => PACKAGES[each])) {
    await symlink(join(ROOT, "node_modules", name), join(modules, name), "junction");
  }
  return {
    url: pathToFileURL(outfile),
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}
