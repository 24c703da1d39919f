import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import { StoreError } from "../errors.ts";
import { makeDirectory } from "../files/make-directory.ts";
import type { Processes } from "../processes.ts";
import type { Random } from "../random.ts";
import { LockAttempt, releaseLock, type TakenLock } from "./lock-attempt.ts";

export interface LockOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Time after which a holder whose process cannot be checked is presumed dead, in milliseconds. Work under a
 * short lock takes less time.
 */
export const SILENCE_MS = 30_000;
const POLL_MS = 50;
/**
 * Maximum time to wait for a lock, in milliseconds: twice the time after which a holder is presumed dead. A
 * longer wait means that something is wrong.
 */
const PATIENCE_MS = 60_000;

/**
 * Runs `work` under an exclusive lock. Only the user can read the lock file and the directories that are created
 * for it. If the holder was a process of this machine that has ended, its lock is taken over immediately. A
 * holder that cannot be checked, such as a process on another host, loses the lock after 30 s.
 * @throws StoreError `store.busy` when the lock stays taken for a minute; OutputError when the file cannot be
 * created
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const taken = await acquire(path, options);
  try {
    return await work();
  } finally {
    await releaseLock(taken);
  }
}

async function acquire(path: string, options: LockOptions): Promise<TakenLock> {
  const { clock, signal } = options;
  const attempt = new LockAttempt(path, {
    ...options,
    isShared: false,
    makeDirectory: async () => await makeDirectory(dirname(path), 0o700),
    silenceMs: SILENCE_MS,
    highestUsed: async () => 0,
  });
  const startMs = clock.monotonicMs();
  for (;;) {
    const result = await attempt.try();
    if (result.kind === "taken") return result;
    if (clock.monotonicMs() - startMs >= PATIENCE_MS) {
      const { holder } = result;
      const who = holder === null ? "" : ` by process ${holder.pid} on \`${holder.host}\``;
      throw new StoreError("store.busy", `\`${path}\` is still locked${who}`, {
        hint: "wait until that command ends, or stop it, then try again",
      });
    }
    await clock.sleep(POLL_MS, signal);
  }
}
