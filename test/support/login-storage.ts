import { type LoginStorage, loginStorage } from "../../src/auth/profiles/login-storage.ts";
import type { CredentialStore } from "../../src/auth/stores/credential-store.ts";
import type { Clock } from "../../src/core/clock.ts";

import type { Processes } from "../../src/core/processes.ts";
import { systemRandom } from "../../src/core/random.ts";

/** Returns the processes of a host as the process `pid` sees them. `running` are the other processes on that host. */
export function processesOf(pid = 1_000, running: readonly number[] = [], host = "host-1"): Processes {
  const realm = `boot of ${host}`;
  const startOf = (each: number) => `start of ${each}`;
  return {
    self: () => ({ pid, host, realm, start: startOf(pid) }),
    stateOf: (other) => {
      if (other.host !== host || other.realm !== realm) return "unknown";
      const isThere = other.pid === pid || running.includes(other.pid);
      return isThere && other.start === startOf(other.pid) ? "running" : "gone";
    },
    isRunning: (each) => running.includes(each),
  };
}

/** Creates real profiles and locks in a directory. Credentials go to the store of the test. */
export function loginStorageIn(directory: string, clock: Clock, store: CredentialStore): LoginStorage {
  return loginStorage({
    directory,
    clock,
    random: systemRandom,
    processes: processesOf(),
    openStore: async () => store,
  });
}
