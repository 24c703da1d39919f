import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { filesBelow } from "./export-truth.ts";
import { BIN } from "./genscope-process.ts";
import { tempDir } from "./temp-dir.ts";

/** A remote of rclone called `lake`, and a directory for the programs and files of one test. */
export interface RcloneRemote {
  readonly directory: string;
  /** Variables that define the remote, and a PATH that contains `genscope`. */
  readonly env: Readonly<Record<string, string>>;
  /** Path of an object or a prefix on the disk. */
  path(name: string): string;
  /** Names of all objects. */
  objects(): readonly string[];
}

export function hasRclone(): boolean {
  return spawnSync("rclone", ["version"]).status === 0;
}

/** Creates a remote whose objects are files, without a configuration file. */
export async function rcloneRemote(): Promise<RcloneRemote> {
  const directory = await tempDir();
  const root = join(directory, "remote");
  await mkdir(join(directory, "bin"));
  await chmod(BIN, 0o755);
  await symlink(BIN, join(directory, "bin", "genscope"));
  return {
    directory,
    env: {
      PATH: `${join(directory, "bin")}:${process.env["PATH"]}`,
      RCLONE_CONFIG: "/dev/null",
      RCLONE_CONFIG_LAKE_TYPE: "alias",
      RCLONE_CONFIG_LAKE_REMOTE: root,
    },
    path: (name) => join(root, name),
    objects: () => (existsSync(root) ? filesBelow(root) : []),
  };
}
