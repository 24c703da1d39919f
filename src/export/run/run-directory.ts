import { lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { asNumber, asRecord, parseJson } from "../../core/json.ts";
import { isMissingFile } from "../../core/system-error.ts";
import type { Layout } from "../destination/destination.ts";
import { assertDirectory } from "../files/assert-directory.ts";
import { readOwnFile } from "../files/read-own-file.ts";
import { replaceOwnFile } from "../files/replace-own-file.ts";
import { writeFailed } from "../files/write-failed.ts";
import { adoptParts } from "../part/adopt-parts.ts";

const NAME = /^run-([1-9]\d{0,14})-[0-9a-f]+$/;
/**
 * Names that earlier versions of genscope kept next to the lock. The parts are moved first, because the state is
 * useless without them.
 */
const FORMER = ["parts", "state.json"];
const FORMER_LEFTOVERS =
  /^(assembled|header-|empty\.ndjson|state\.json\.new|manifest\.new|lock\.break|export\.json\.(new|lock))/;

/** Returns the name of an owner's directory. The nonce distinguishes exports with the same number. */
export function runDirectoryName(number: number, nonce: string): string {
  return `run-${number}-${nonce}`;
}

/** Directory of one owner of the destination. */
interface OwnerDirectory {
  readonly name: string;
  readonly number: number;
}

/** Returns the directory of the owner with the highest number; null when there is no earlier owner. */
export async function lastRun(rootDirectory: string): Promise<OwnerDirectory | null> {
  return (await runsIn(rootDirectory)).at(-1) ?? null;
}

/**
 * Takes over the files of the previous owner. A single rename moves them out of reach of every other process, whose
 * paths stop working. Files that such a process may still have open are replaced by copies.
 * @param ended numbers of owners whose process is known to have ended
 * @throws OutputError
 */
export async function takeOverRun(layout: Layout, ended: ReadonlySet<number>): Promise<void> {
  const { rootDirectory, workDirectory, ownership } = layout;
  try {
    const runs = await runsIn(rootDirectory);
    const last = runs.at(-1);
    if (last !== undefined) await assertDirectory(join(rootDirectory, last.name));
    await ownership.check();
    if (last === undefined) await mkdir(workDirectory);
    else await rename(join(rootDirectory, last.name), workDirectory);
    for (const { name } of runs.slice(0, -1)) {
      await rm(join(rootDirectory, name), { recursive: true, force: true });
    }
    await takeOverLegacyFiles(layout);
    await syncDirectory(rootDirectory);
    const settledBelow = await readSettled(layout);
    const isSettled = (number: number) => number > 0 && (number < settledBelow || ended.has(number));
    await adoptParts(layout, isSettled);
    if (last !== undefined) await markSettled(layout, ownership.number);
  } catch (error) {
    throw writeFailed(workDirectory, error);
  }
}

/**
 * Records that no process is writing to the files of owners below `number` any longer.
 * @throws OutputError
 */
export async function markSettled(layout: Layout, number: number): Promise<void> {
  const path = settledPath(layout);
  const text = `${JSON.stringify({ below: number })}\n`;
  await replaceOwnFile(path, { besides: `${path}.new`, text, guard: layout.ownership.check });
}

async function readSettled(layout: Layout): Promise<number> {
  const text = await readOwnFile(settledPath(layout));
  return text === null ? 0 : (asNumber(asRecord(parseJson(text))["below"]) ?? 0);
}

function settledPath({ workDirectory }: Layout): string {
  return join(workDirectory, "settled.json");
}

async function runsIn(rootDirectory: string): Promise<readonly OwnerDirectory[]> {
  const names = await readdir(rootDirectory).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  return names
    .map((name) => ({ name, number: Number(NAME.exec(name)?.[1] ?? 0) }))
    .filter(({ number }) => number > 0)
    .sort((one, other) => one.number - other.number);
}

/**
 * Moves the files that an earlier version, which had no owner numbers, left behind. Paths in its journals are ignored.
 */
async function takeOverLegacyFiles({ rootDirectory, workDirectory, ownership }: Layout): Promise<void> {
  for (const name of FORMER) {
    const isThere = await lstat(join(workDirectory, name)).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await ownership.check();
    await rename(join(rootDirectory, name), join(workDirectory, name)).catch((error: unknown) => {
      if (!isMissingFile(error)) throw error;
    });
  }
  const names = (await readdir(rootDirectory)).filter((name) => FORMER_LEFTOVERS.test(name));
  await Promise.all(names.map(async (name) => await rm(join(rootDirectory, name), { force: true })));
}
