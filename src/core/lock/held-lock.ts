import { entryBase, LockAttempt, releaseLock, type TakenLock } from "./lock-attempt.ts";
import { listLockEntries } from "./lock-entries.ts";
import type { LockOptions } from "./lock-file.ts";
import { formatMark, type Mark, parseMark } from "./lock-mark.ts";

/** Time between two heartbeats, in milliseconds. */
const BEAT_MS = 5_000;
/** Time without a heartbeat after which a holder is presumed dead, in milliseconds: twelve missed heartbeats. */
const SILENCE_MS = 60_000;
const POLL_MS = 100;
/** Maximum time to wait for a lock whose holder keeps changing, in milliseconds. */
const PATIENCE_MS = 3 * SILENCE_MS;
/**
 * Time for which an ownership check stays valid, in milliseconds. It is much shorter than a takeover takes, so a block
 * of data can be written without another check.
 */
const RECENT_MS = 1_000;

/** Thrown when another process has presumed this one dead and taken over its lock. */
export class LockLost extends Error {}

/** A lock for work that may take hours. */
export interface HeldLock {
  /** Number of this holder. It is higher than every earlier holder's number. */
  readonly number: number;
  /** Numbers of earlier holders whose process is known to have ended. */
  readonly ended: ReadonlySet<number>;
  /** Aborted when this process finds out that another one took over the lock. */
  readonly lost: AbortSignal;
  /**
   * Checks on disk whether this process still holds the lock.
   * @throws LockLost when it does not
   */
  check(): Promise<void>;
  /**
   * Does the same check, unless the last one was less than a second ago.
   * @throws LockLost when this process no longer holds the lock
   */
  checkNowAndThen(): Promise<void>;
  release(): Promise<void>;
}

export interface HoldOptions extends LockOptions {
  /** Whether the umask determines who can read the lock. Otherwise only the user can. */
  readonly isShared: boolean;
  /** Creates the directory of the lock when it is missing. */
  readonly makeDirectory: () => Promise<void>;
  /** Returns the highest holder number used so far. A new holder gets a higher one. */
  readonly highestUsed: () => Promise<number>;
  /** Called repeatedly while a holder without heartbeats is observed, with the time until it is presumed dead. */
  readonly onWatch?: ((remainingMs: number) => void) | undefined;
}

/**
 * Acquires a lock for long work, or returns its holder. The process of a holder on this machine is checked
 * directly. Any other holder is observed: it is alive if its heartbeat changes, and presumed dead after a minute
 * without a change.
 */
export async function holdLock(
  path: string,
  options: HoldOptions,
): Promise<{ readonly lock: HeldLock } | { readonly holder: Mark | null }> {
  const { clock, signal, onWatch } = options;
  const attempt = new LockAttempt(path, { ...options, silenceMs: SILENCE_MS });
  const startMs = clock.monotonicMs();
  for (;;) {
    const result = await attempt.try();
    if (result.kind === "taken") return { lock: keep(result, options) };
    if (result.isAlive || clock.monotonicMs() - startMs > PATIENCE_MS) return { holder: result.holder };
    if (result.remainingMs > 0) onWatch?.(result.remainingMs);
    await clock.sleep(POLL_MS, signal);
  }
}

/** Writes heartbeats until the lock is released or lost. */
function keep(taken: TakenLock, { clock }: LockOptions): HeldLock {
  const lost = new AbortController();
  const released = new AbortController();
  let checkedAtMs = clock.monotonicMs();
  let beats = 0;

  async function check(): Promise<void> {
    const startMs = clock.monotonicMs();
    if (!lost.signal.aborted && (await isMine(taken))) {
      checkedAtMs = startMs;
      return;
    }
    const error = new LockLost("another process took over the lock");
    lost.abort(error);
    throw error;
  }

  async function beat(): Promise<void> {
    while (!released.signal.aborted) {
      await clock.sleep(BEAT_MS, released.signal).catch(() => undefined);
      if (released.signal.aborted) return;
      try {
        await check();
        beats += 1;
        // The open file handle is used, so that a file that another holder created under the same name stays
        // unchanged.
        await taken.file.write(formatMark(taken.mark, beats), 0);
        await taken.file.datasync();
      } catch {
        // The disk may recover. If it does not, the holder's own writes report the error.
        if (lost.signal.aborted) return;
      }
    }
  }

  const beating = beat();
  return {
    number: taken.number,
    ended: taken.ended,
    lost: lost.signal,
    check,
    checkNowAndThen: async () => {
      if (lost.signal.aborted || clock.monotonicMs() - checkedAtMs > RECENT_MS) await check();
    },
    release: async () => {
      released.abort();
      await beating;
      await releaseLock(taken);
    },
  };
}

/** Whether the lock file still contains this holder's mark and no file has a higher number. */
async function isMine({ path, number, mark }: TakenLock): Promise<boolean> {
  const entries = await listLockEntries(entryBase(path));
  const own = entries.find((entry) => entry.path === path);
  const isNewest = entries.every((entry) => entry.number <= number);
  return own !== undefined && isNewest && parseMark(own.text)?.nonce === mark.nonce;
}
