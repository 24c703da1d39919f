import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { tempDir } from "./temp-dir.ts";

/** A small file system that is kept in memory. */
export interface SmallDisk {
  readonly path: string;
  /** Increases the size of the disk. */
  grow(): void;
}

/** Returns whether this account may mount file systems. Only the administrator of a Linux machine may. */
export function canMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), "genscope-"));
  try {
    mount(path, "size=64k");
    execFileSync("umount", [path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(path);
  }
}

/** Mounts a disk of this many bytes for the test. */
export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const path = await tempDir();
  mount(path, `size=${bytes}`);
  onTestFinished(() => void execFileSync("umount", [path]));
  return { path, grow: () => mount(path, "remount,size=64m") };
}

function mount(path: string, options: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path], { stdio: "ignore" });
}
