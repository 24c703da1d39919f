import { type FileHandle, open, unlink } from "node:fs/promises";
import type { Clock } from "../clock.ts";
import { outputFailure } from "../files/file-failure.ts";
import { retryWhileMissing } from "../files/retry-while-missing.ts";
import type { Processes } from "../processes.ts";
import type { Random } from "../random.ts";
import { isMissingFile, isTakenName } from "../system-error.ts";
import { type LockEntry, listLockEntries, lockEntryPath } from "./lock-entries.ts";
import { formatMark, type Mark, parseMark } from "./lock-mark.ts";
import { type Life, LockWatch } from "./lock-watch.ts";

export interface AttemptOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  /** Time without a heartbeat after which a holder is presumed dead, in milliseconds. */
  readonly silenceMs: number;
  /** Whether the umask determines who can read the lock. Otherwise only the user can. */
  readonly isShared: boolean;
  /** Creates the directory of the lock. A holder may have removed it because it was empty. */
  readonly makeDirectory: () => Promise<void>;
  /** Returns the highest holder number used so far, for a caller that stores it. A new holder gets a higher one. */
  readonly highestUsed: () => Promise<number>;
}

/** A lock that this process holds. */
export interface TakenLock {
  readonly kind: "taken";
  readonly mark: Mark;
  readonly number: number;
  readonly path: string;
  readonly file: FileHandle;
  /** Numbers of earlier holders whose process is known to have ended. */
  readonly ended: ReadonlySet<number>;
}

/** A lock that another process holds. `isAlive` is true only if the holder was observed to be alive. */
export interface HeldElsewhere {
  readonly kind: "held";
  readonly holder: Mark | null;
  readonly isAlive: boolean;
  /** Time until every holder without heartbeats is presumed dead, in milliseconds. */
  readonly remainingMs: number;
}

/** Result when another process acquired the lock in the meantime. */
const OVERTAKEN: HeldElsewhere = { kind: "held", holder: null, isAlive: false, remainingMs: 0 };

/**
 * Tries to acquire a lock. Each holder creates a file with the next number, which only one process can do. A
 * process holds the lock if every other file belongs to a holder that was dead before the process created its
 * own file. Two processes can therefore hold the lock only if one was wrongly presumed dead, but never because
 * both removed the same file.
 */
export class LockAttempt {
  readonly #path: string;
  readonly #options: AttemptOptions;
  readonly #watch: LockWatch;

  constructor(path: string, options: AttemptOptions) {
    this.#path = path;
    this.#options = options;
    this.#watch = new LockWatch(options);
  }

  /**
   * Makes one attempt. Remembers what earlier calls observed about the holders.
   * @throws OutputError when the lock files cannot be read or written, and any AppError of `makeDirectory`
   */
  async try(): Promise<TakenLock | HeldElsewhere> {
    try {
      return await retryWhileMissing(async () => await this.#try(), this.#options.makeDirectory);
    } catch (cause) {
      throw outputFailure(this.#path, cause);
    }
  }

  async #try(): Promise<TakenLock | HeldElsewhere> {
    const { clock, highestUsed } = this.#options;
    const readAtMs = clock.monotonicMs();
    const entries = await listLockEntries(this.#path);
    const lives = entries.map((entry) => this.#watch.judge(entry, readAtMs));
    if (lives.some((life) => life !== "gone")) return this.#held(entries, lives);
    const number = 1 + Math.max(await highestUsed(), entries.at(-1)?.number ?? 0);
    const taken = await this.#make(number, this.#endedOf(entries));
    if (taken === null) return OVERTAKEN;
    if ((await this.#isAlone(taken, entries)) && (await highestUsed()) < number) {
      // The files of dead holders are removed last. As long as they exist, another process can notice that a holder
      // presumed dead writes heartbeats again.
      await Promise.all(entries.map(async ({ path }) => await remove(path)));
      return taken;
    }
    await releaseLock(taken);
    return OVERTAKEN;
  }

  #held(entries: readonly LockEntry[], lives: readonly Life[]): HeldElsewhere {
    const alive = lives.indexOf("alive");
    const holder = entries[alive] ?? entries.at(-1);
    const silent = entries.filter((_, index) => lives[index] === "unknown");
    const remainingMs = Math.max(0, ...silent.map((entry) => this.#watch.remainingMs(entry)));
    return { kind: "held", holder: parseMark(holder?.text ?? ""), isAlive: alive >= 0, remainingMs };
  }

  #endedOf(entries: readonly LockEntry[]): ReadonlySet<number> {
    const { processes } = this.#options;
    const hasEnded = ({ text }: LockEntry) => {
      const mark = parseMark(text);
      return mark !== null && processes.stateOf(mark) === "gone";
    };
    return new Set(entries.filter(hasEnded).map(({ number }) => number));
  }

  /** Creates the lock file with this number; null when another process was faster. */
  async #make(number: number, ended: ReadonlySet<number>): Promise<TakenLock | null> {
    const { processes, random, isShared } = this.#options;
    const path = lockEntryPath(this.#path, number);
    const mark = { ...processes.self(), nonce: Buffer.from(random.bytes(12)).toString("hex") };
    try {
      const file = await open(path, "wx", isShared ? 0o666 : 0o600);
      await file.writeFile(formatMark(mark, 0));
      return { kind: "taken", mark, number, path, file, ended };
    } catch (error) {
      if (isTakenName(error)) return null;
      throw error;
    }
  }

  /**
   * Whether the only other files are those of the holders presumed dead (`judged`), and none of them has changed since
   * then.
   */
  async #isAlone({ path, mark }: TakenLock, judged: readonly LockEntry[]): Promise<boolean> {
    const known = new Map(judged.map((entry) => [entry.path, entry.text]));
    const entries = await listLockEntries(this.#path);
    const isOwn = (entry: LockEntry) => entry.path === path && parseMark(entry.text)?.nonce === mark.nonce;
    return (
      entries.some(isOwn) && entries.every((entry) => isOwn(entry) || known.get(entry.path) === entry.text)
    );
  }
}

/** Releases a lock, unless another process took it over. */
export async function releaseLock({ path, mark, file }: TakenLock): Promise<void> {
  await file.close();
  const [own] = (await listLockEntries(entryBase(path)).catch(() => [])).filter(
    (entry) => entry.path === path,
  );
  if (own !== undefined && parseMark(own.text)?.nonce === mark.nonce) await remove(path);
}

/** Returns the path of the lock to which a numbered file belongs. */
export function entryBase(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isMissingFile(error)) throw error;
  });
}
