import { type LoginMemory, loginMemory } from "../../src/auth/login-memory.ts";
import type { CredentialStore } from "../../src/auth/stores/credential-store.ts";
import type { Clock } from "../../src/core/clock.ts";
import type { Processes } from "../../src/core/lock-file.ts";
import { systemRandom } from "../../src/core/random.ts";

/** This process as a lock sees it; `running` are the others. */
export function processesOf(pid = 1_000, running: readonly number[] = []): Processes {
  return { pid, startedAtMs: 1, host: "host-1", isRunning: (each) => running.includes(each) };
}

/** Real profiles and locks in a directory, with a store of the test's. */
export function memoryIn(directory: string, clock: Clock, store: CredentialStore): LoginMemory {
  return loginMemory({
    directory,
    clock,
    random: systemRandom,
    processes: processesOf(),
    openStore: async () => store,
  });
}
