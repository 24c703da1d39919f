import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Returns the directory of a Node with this major version. When the running Node has another version, installs the
 * package for this platform from npm into `directory`. Returns null when the registry has no such package or can't be
 * reached.
 */
export async function findNode(version: string, directory: string): Promise<string | null> {
  if (process.versions.node.split(".")[0] === version) return dirname(process.execPath);
  const name = `node-${process.platform}-${process.arch}`;
  await writeFile(join(directory, "package.json"), "{}");
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", ...flags, `${name}@${version}`], {
    cwd: directory,
    stdio: "ignore",
  });
  const file = join(directory, "node_modules", name, "bin/node");
  return status === 0 && existsSync(file) ? dirname(file) : null;
}
