import { writeFileSync } from "node:fs";

const FILTER = "/proc/self/coredump_filter";
const NO_MEMORY = "0";

/**
 * Keeps the memory of this process, with its secrets, out of core files: on Linux a core file then contains
 * only where the crash happened (core(5)). Child processes inherit the setting. Elsewhere, or if the system
 * refuses, its own limit applies (`ulimit -c`).
 */
export function keepMemoryOutOfCoreFiles(platform: NodeJS.Platform): void {
  if (platform !== "linux") return;
  try {
    writeFileSync(FILTER, NO_MEMORY);
  } catch {
    // Without a writable /proc this protection is unavailable, which is no reason to stop.
  }
}
