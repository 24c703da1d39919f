import {
  clearBreaker,
  isAbandoned,
  type LockOptions,
  type Mark,
  POLL_MS,
  readMark,
  refresh,
  release,
  tryAcquire,
} from "./lock-file.ts";

/** Between two signs of life. */
const REFRESH_MS = 10_000;
/** Six signs of life missed: the holder is gone, with its whole machine. */
const GONE_MS = 60_000;
/** Longer than it takes to see that who was about to take the lock, or to break it, was killed in between. */
const PATIENCE_MS = 6_000;

/** A lock that is held for as long as the work takes, hours if need be. */
export interface HeldLock {
  /** Aborted when somebody else took the lock over, because this process was stopped for too long. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes a lock for long work, or says at once who has it. The lock of a process of this machine that died is
 * taken over at once, that of another machine when it gave no sign of life for a minute.
 */
export async function holdLock(
  path: string,
  options: LockOptions,
): Promise<{ readonly lock: HeldLock } | { readonly holder: Mark | null }> {
  const patient = { ...options, staleMs: GONE_MS };
  const nonce = Buffer.from(options.random.bytes(12)).toString("hex");
  const startMs = options.clock.now();
  while (!(await tryAcquire(path, nonce, patient))) {
    const holder = await readMark(path);
    const isHeld = holder !== null && !(await isAbandoned(path, patient));
    if (isHeld || options.clock.now() - startMs > PATIENCE_MS) return { holder };
    await options.clock.sleep(POLL_MS, options.signal);
  }
  const lost = new AbortController();
  const released = new AbortController();
  const beating = beat();

  async function beat(): Promise<void> {
    while (!released.signal.aborted) {
      await options.clock.sleep(REFRESH_MS, released.signal).catch(() => undefined);
      if (!released.signal.aborted && !(await refresh(path, nonce, options).catch(() => true))) {
        lost.abort();
        return;
      }
    }
  }

  return {
    lock: {
      lost: lost.signal,
      release: async () => {
        released.abort();
        await beating;
        await clearBreaker(path, patient);
        await release(path, nonce);
      },
    },
  };
}
