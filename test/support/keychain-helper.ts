import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** The keychain's helper as a program that Node can run. */
export interface BuiltHelper {
  readonly url: URL;
  remove(): Promise<void>;
}

/** Packages that access the keychain, by the name under which genscope loads them. */
const PACKAGES = { keytar: ["keytar"], keyring: ["@napi-rs"] } as const;
export type KeychainPackage = keyof typeof PACKAGES;

/**
 * Builds the helper from the current source, so that no test runs an outdated one. The helper finds these packages
 * and no others.
 */
export async function buildKeychainHelper(
  packages: readonly KeychainPackage[] = ["keytar", "keyring"],
): Promise<BuiltHelper> {
  return await buildProgram(join(ROOT, "src/auth/stores/keychain-child.ts"), packages);
}

/** A helper that is a single process for all requests, and the shell script that forwards a request to it. */
export interface ResidentHelper extends BuiltHelper {
  /** Path of the shell that runs the script. It takes the place of Node. */
  readonly nodePath: string;
}

/**
 * Starts a helper that answers every request to the Secret Service of this environment. Starting Node and the library
 * for each request would take most of the time of a test with many secrets.
 */
export async function startResidentHelper(
  env: Readonly<Record<string, string>>,
  packages: readonly KeychainPackage[],
): Promise<ResidentHelper> {
  const program = await buildProgram(join(import.meta.dirname, "resident-keychain.ts"), packages);
  const child = spawn(process.execPath, [fileURLToPath(program.url)], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const [port] = await once(child.stdout.setEncoding("utf8"), "data");
  const script = join(fileURLToPath(program.url), "../ask.sh");
  await writeFile(
    script,
    `IFS= read -r request\nexec 3<>/dev/tcp/127.0.0.1/${String(port).trim()}\nprintf '%s\\n' "$request" >&3\ncat <&3\n`,
  );
  return {
    url: pathToFileURL(script),
    nodePath: "/bin/bash",
    remove: async () => {
      child.stdin.end();
      await ended;
      await program.remove();
    },
  };
}

/** Builds a program that finds these packages and no others. */
async function buildProgram(entry: string, packages: readonly KeychainPackage[]): Promise<BuiltHelper> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-helper-"));
  const outfile = join(directory, "keychain-child.mjs");
  await build({
    entryPoints: [entry],
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
