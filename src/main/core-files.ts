import { writeFileSync } from "node:fs";

const FILTER = "/proc/self/coredump_filter";
const NO_MEMORY = "0";

/**
 * Keeps the memory of this process, with its secrets, out of core files. On Linux, a core file then contains only the
 * state of the crashed threads (core(5)). Child processes inherit the setting. On other systems, or if Linux refuses
 * the setting, the system's own limit applies (`ulimit -c`).
 */
export function keepMemoryOutOfCoreFiles(platform: NodeJS.Platform): void {
  if (platform !== "linux") return;
  try {
    writeFileSync(FILTER, NO_MEMORY);
  } catch {
    // Without a writable /proc, this protection is unavailable. The run continues without it.
  }
}
