import { writeFileSync } from "node:fs";

const FILTER = "/proc/self/coredump_filter";
const NO_MEMORY = "0";

/**
 * Keeps the memory of this process, and the secrets in it, out of core files: on Linux a core then says where the
 * process crashed and nothing else (core(5)). Processes that it starts inherit that. Elsewhere, and where the
 * system does not let us, its own limit decides (`ulimit -c`).
 */
export function keepMemoryOutOfCoreFiles(platform: NodeJS.Platform): void {
  if (platform !== "linux") return;
  try {
    writeFileSync(FILTER, NO_MEMORY);
  } catch {
    // No /proc, or one that is not ours to write: nothing to be done about it, and no reason not to work.
  }
}
