import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "./temp-dir.ts";

const SYSTEM_DEVICE = "/dev/full";

/** Returns a device on which every write fails as on a full disk; null when none exists or can be created. */
export async function fullDevice(): Promise<string | null> {
  if (statSync(SYSTEM_DEVICE, { throwIfNoEntry: false })?.isCharacterDevice() === true) return SYSTEM_DEVICE;
  const path = join(await tempDir(), "full");
  try {
    execFileSync("mknod", [path, "c", "1", "7"], { stdio: "ignore" });
    return path;
  } catch {
    return null;
  }
}
