import { lstat, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { IncompleteError, UsageError } from "../../core/errors.ts";
import { type HeldLock, holdLock, LockLost } from "../../core/held-lock.ts";
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
import { highestRun, markSettled, runDirectoryName } from "./run-directory.ts";

type OwnershipOptions = Pick<ExportPorts, "clock" | "processes" | "random" | "signal" | "listener"> &
  Pick<ExportTarget, "destination" | "shard" | "format" | "compression"> &
  Pick<ExportPolicy, "mode">;

/**
 * Does `work` while this process owns the destination.
 * @throws UsageError `usage.busy` when another process owns it; IncompleteError `export.taken_over` when another process
 * has taken this one for gone
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
    // What fails once the files are another process's fails because of that.
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
    highestUsed: async () => await highestRun(rootDirectory),
    onWatch: (remainingMs) => listener.watching({ remainingMs }),
  });
  if ("lock" in taken) return taken.lock;
  const who = taken.holder === null ? "" : `, by process ${taken.holder.pid} on \`${taken.holder.host}\``;
  throw new UsageError(
    "usage.busy",
    `\`${describeDestination(destination)}\` is being exported to right now${who}`,
    {
      hint: "wait until it ends, or choose another path with --out PATH",
    },
  );
}

/** Beside the destination and in it: wherever a run of this destination may have tried to write. */
async function removeLeftProbes(destination: Destination, rootDirectory: string): Promise<void> {
  if (destination.kind === "stdout") return;
  await removeProbes(dirname(destination.path), rootDirectory);
  if (destination.kind === "directory") await removeProbes(destination.path, rootDirectory);
}

/** Leaves the directory to the next owner, who then need not copy anything; nothing is left of a run that began nothing. */
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
    `this process was stopped for so long that another one took \`${describeDestination(destination)}\` over`,
    {
      hint: `the other one brings the rest; once it has ended: ${mode === "incremental" ? "run the same command again" : "add `--resume` to the same command"}`,
      cause,
    },
  );
}
