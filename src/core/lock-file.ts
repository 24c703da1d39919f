import { open, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "./clock.ts";
import { OutputError, StoreError } from "./errors.ts";
import { asNumber, asRecord, asString, parseJson } from "./json.ts";
import { makeDirectory } from "./make-directory.ts";
import type { Random } from "./random.ts";

/** The processes of this machine, as far as a lock needs to know them. */
export interface Processes {
  /** Of this process. */
  readonly pid: number;
  /** When this process began, milliseconds since the epoch: tells it from an earlier one with the same id. */
  readonly startedAtMs: number;
  /** Ids of processes mean something on one host only. */
  readonly host: string;
  isRunning(pid: number): boolean;
}

export interface LockOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  readonly signal?: AbortSignal | undefined;
  /** From when on nobody believes that a lock's holder is still there; 30 s when absent. */
  readonly staleMs?: number;
  /** Whether other accounts work there too: the lock and its directory are then as open as the umask has them. */
  readonly isShared?: boolean;
}

/** No holder works for longer: what is done under a lock is bounded well below. */
export const STALE_MS = 30_000;
export const POLL_MS = 50;
/** A mark is written right after its file is made: one that is still missing then was written by nobody, who was killed. */
const UNMARKED_MS = 2_000;
/** Twice the longest life of a lock: whoever waits longer waits for something that is broken. */
const PATIENCE_MS = 60_000;

/** What a lock file says of its holder. */
export interface Mark {
  readonly pid: number;
  readonly startedAtMs: number;
  readonly host: string;
  readonly takenAtMs: number;
  readonly nonce: string;
}

/**
 * Does `work` while no other process does, one at a time, by a file that only one can create. The lock of a
 * process that died is taken over at once, any other after 30 s.
 * @throws StoreError `store.busy` when it stays taken for a minute, OutputError when the file can't be made
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const nonce = Buffer.from(options.random.bytes(12)).toString("hex");
  await acquire(path, nonce, options);
  try {
    return await work();
  } finally {
    await release(path, nonce);
  }
}

async function acquire(path: string, nonce: string, options: LockOptions): Promise<void> {
  const { clock, signal } = options;
  const startMs = clock.now();
  while (!(await tryAcquire(path, nonce, options))) {
    if (clock.now() - startMs >= PATIENCE_MS) {
      throw new StoreError("store.busy", `\`${path}\` stays locked`, {
        hint: "another genscope is at work on the same login: end it, then try again",
      });
    }
    await clock.sleep(POLL_MS, signal);
  }
}

/** Takes the lock if it is free or abandoned; false when somebody holds it, or may just be taking it. */
export async function tryAcquire(path: string, nonce: string, options: LockOptions): Promise<boolean> {
  try {
    await makeDirectory(dirname(path), options.isShared === true ? undefined : 0o700);
  } catch (cause) {
    throw notWritable(path, cause);
  }
  if (await create(path, nonce, options)) {
    return true;
  }
  return (
    (await isAbandoned(path, options)) &&
    (await clear(path, nonce, options)) &&
    (await create(path, nonce, options))
  );
}

/** Gives the lock back, unless somebody else took it over meanwhile. */
export async function release(path: string, nonce: string): Promise<void> {
  if ((await readMark(path))?.nonce === nonce) {
    await remove(path);
  }
}

/**
 * Says again that the holder is alive.
 * @returns false when the lock was taken over: whoever held it must stop
 */
export async function refresh(
  path: string,
  nonce: string,
  { clock }: Pick<LockOptions, "clock">,
): Promise<boolean> {
  const mark = await readMark(path);
  if (mark?.nonce !== nonce) {
    return false;
  }
  await writeFile(path, JSON.stringify({ ...mark, takenAtMs: clock.now() }));
  return true;
}

/**
 * Removes an abandoned lock. Of all who saw that it is abandoned only one may, and it looks again first:
 * else the second would remove the lock that the first has just taken.
 */
async function clear(path: string, nonce: string, options: LockOptions): Promise<boolean> {
  const breaker = breakerOf(path);
  if (!(await create(breaker, nonce, options))) {
    await clearBreaker(path, options);
    return false;
  }
  try {
    if (await isAbandoned(path, options)) {
      await remove(path);
    }
    return true;
  } finally {
    await remove(breaker);
  }
}

/** Removes what somebody left who was killed while removing an abandoned lock. */
export async function clearBreaker(path: string, options: LockOptions): Promise<void> {
  const breaker = breakerOf(path);
  if (await isAbandoned(breaker, options)) {
    await remove(breaker);
  }
}

function breakerOf(path: string): string {
  return `${path}.break`;
}

async function create(
  path: string,
  nonce: string,
  { clock, processes, isShared = false }: LockOptions,
): Promise<boolean> {
  const { pid, startedAtMs, host } = processes;
  const mark: Mark = { pid, startedAtMs, host, takenAtMs: clock.now(), nonce };
  try {
    const file = await open(path, "wx", isShared ? 0o666 : 0o600);
    try {
      await file.writeFile(JSON.stringify(mark));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") {
      return false;
    }
    throw notWritable(path, error);
  }
}

function notWritable(path: string, cause: unknown): OutputError {
  return new OutputError("output.write", `\`${path}\` can't be written`, {
    hint: `may you write to \`${dirname(path)}\`?`,
    cause,
  });
}

/** Whether the lock's holder is gone; false where there is no lock. */
export async function isAbandoned(
  path: string,
  { clock, processes, staleMs = STALE_MS }: LockOptions,
): Promise<boolean> {
  const mark = await readMark(path);
  if (mark === null) {
    // The age is told by the file system, whose clock may be behind ours or ahead: one from the future is new.
    const modified = await modifiedAtMs(path);
    return modified !== null && clock.now() - modified > UNMARKED_MS;
  }
  // Also in the other direction: a clock that was set back would keep a lock for years.
  if (Math.abs(clock.now() - mark.takenAtMs) > staleMs) {
    return true;
  }
  if (mark.host !== processes.host) {
    return false;
  }
  return mark.pid === processes.pid
    ? mark.startedAtMs !== processes.startedAtMs
    : !processes.isRunning(mark.pid);
}

/** Null when there is no lock, or when its holder has not written its mark yet. */
export async function readMark(path: string): Promise<Mark | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const fields = asRecord(parseJson(text));
  const pid = asNumber(fields["pid"]);
  const startedAtMs = asNumber(fields["startedAtMs"]);
  const host = asString(fields["host"]);
  const takenAtMs = asNumber(fields["takenAtMs"]);
  const nonce = asString(fields["nonce"]);
  return pid === null || startedAtMs === null || host === null || takenAtMs === null || nonce === null
    ? null
    : { pid, startedAtMs, host, takenAtMs, nonce };
}

async function modifiedAtMs(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") {
      throw error;
    }
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
