import { lstat, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { IncompleteError, UsageError } from "../../core/errors.ts";
import { type HeldLock, holdLock, LockLost } from "../../core/lock/held-lock.ts";
import {
  type Destination,
  describeDestination,
  Layout,
  rootDirectoryOf,
} from "../destination/destination.ts";
import { openWorkDirectory, removeProbes } from "../destination/work-directory.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { extensionOf } from "../writers/formats.ts";
import { lastRun, markSettled, runDirectoryName } from "./run-directory.ts";

type OwnershipOptions = Pick<ExportPorts, "clock" | "processes" | "random" | "signal" | "listener"> &
  Pick<ExportTarget, "destination" | "shard" | "format" | "compression"> &
  Pick<ExportPolicy, "mode">;

/**
 * Runs `work` while this process owns the destination.
 * @throws UsageError `usage.busy` when another process owns it; IncompleteError `export.taken_over` when
 * another process has taken over because it presumed this one dead
 */
export async function withOwnership<Result>(
  options: OwnershipOptions,
  work: (layout: Layout, lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const { destination, shard, format, compression, random } = options;
  const rootDirectory = rootDirectoryOf(destination, shard);
  await openWorkDirectory(destination, rootDirectory);
  const lock = await own(options, rootDirectory);
  const inWords = (check: () => Promise<void>) => async () => {
    await check().catch((error: unknown) => {
      throw error instanceof LockLost ? takenOver(options, error) : error;
    });
  };
  const layout = new Layout(destination, extensionOf(format, compression), shard, {
    number: lock.number,
    directory: runDirectoryName(lock.number, Buffer.from(random.bytes(6)).toString("hex")),
    check: inWords(lock.check),
    checkNowAndThen: inWords(lock.checkNowAndThen),
  });
  try {
    await removeLeftProbes(destination, rootDirectory);
    return await work(layout, lock);
  } catch (error) {
    // After a takeover, any other failure is a consequence of it, so this check throws the real reason.
    await layout.ownership.check();
    throw error;
  } finally {
    if (!lock.lost.aborted) await leave(layout).catch(() => undefined);
    await lock.release();
    await rmdir(rootDirectory).catch(() => undefined);
  }
}

async function own(options: OwnershipOptions, rootDirectory: string): Promise<HeldLock> {
  const { destination, listener } = options;
  const taken = await holdLock(join(rootDirectory, "lock"), {
    ...options,
    isShared: destination.kind !== "stdout",
    makeDirectory: async () => await openWorkDirectory(destination, rootDirectory),
    highestUsed: async () => (await lastRun(rootDirectory))?.number ?? 0,
    onWatch: (remainingMs) => listener.watching({ remainingMs }),
  });
  if ("lock" in taken) return taken.lock;
  const who = taken.holder === null ? "" : `: process ${taken.holder.pid} on \`${taken.holder.host}\``;
  throw new UsageError(
    "usage.busy",
    `\`${describeDestination(destination)}\` is in use by another export${who}`,
    {
      hint: "wait until it ends, or choose another path with --out PATH",
    },
  );
}

/** Removes leftover probe directories next to the destination and inside it. */
async function removeLeftProbes(destination: Destination, rootDirectory: string): Promise<void> {
  if (destination.kind === "stdout") return;
  await removeProbes(dirname(destination.path), rootDirectory);
  if (destination.kind === "directory") await removeProbes(destination.path, rootDirectory);
}

/**
 * Records that this process no longer writes to the directory, so that the next owner need not copy any files. Removes
 * the directory if the run has not begun.
 */
async function leave(layout: Layout): Promise<void> {
  const { workDirectory, statePath, ownership } = layout;
  const hasBegun = await lstat(statePath).then(
    () => true,
    () => false,
  );
  if (hasBegun) await markSettled(layout, ownership.number + 1);
  else await rm(workDirectory, { recursive: true, force: true });
}

function takenOver(
  { destination, mode }: Pick<OwnershipOptions, "destination" | "mode">,
  cause: unknown,
): IncompleteError {
  return new IncompleteError(
    "export.taken_over",
    `another process took over \`${describeDestination(destination)}\` while this one was suspended`,
    {
      hint: `wait until the other process has ended, then ${mode === "incremental" ? "run the same command again" : "add `--resume` to the same command"}`,
      cause,
    },
  );
}
