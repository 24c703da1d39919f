import { constants } from "node:fs";
import { copyFile, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createNoFollow } from "../../core/files/open-file.ts";
import { writeAndClose } from "../../core/files/replace-file.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { isMissingFile } from "../../core/system-error.ts";
import { journalName, type Layout, mediaJournalName, spoolName } from "../destination/destination.ts";
import { assertDirectory } from "../files/assert-directory.ts";
import { readWholeLines } from "../files/journal.ts";
import { readPartState } from "./part-journal.ts";

/** Matches the names of journals and spools. Earlier versions wrote names without a number. */
const NUMBERED = /^(journal|media|spool)(?:\.([1-9]\d{0,14}))?\.ndjson$/;
/** Matches the names of unfinished copies from an earlier owner. */
const UNFINISHED = /^(?:journal|media|spool)\.[1-9]\d{0,14}\.ndjson\.new$/;

/**
 * Renames the journals and spools of earlier owners to this owner's number. The number identifies the process that may
 * have the file open. If that process may still be running, the file is copied instead, so later writes of that process
 * have no effect.
 * @param isSettled returns whether it is certain that no process writes to an owner's files
 * @throws the system's error; OutputError for a journal that cannot be read, and for a link instead of a directory
 */
export async function adoptParts(layout: Layout, isSettled: (number: number) => boolean): Promise<void> {
  const { partsDirectory } = layout;
  await assertDirectory(partsDirectory);
  const keys = await readdir(partsDirectory).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  for (const key of keys) await adoptPart(layout, key, isSettled);
}

async function adoptPart(layout: Layout, key: string, isSettled: (number: number) => boolean): Promise<void> {
  const directory = layout.partDirectory(key);
  const own = layout.ownership.number;
  await assertDirectory(directory);
  const names = await readdir(directory);
  const found = names.flatMap((name) => {
    const match = NUMBERED.exec(name);
    return match === null ? [] : [{ name, kind: match[1], number: Number(match[2] ?? 0) }];
  });
  const newest = (kind: "journal" | "media" | "spool") =>
    found.filter((file) => file.kind === kind).toSorted((one, other) => other.number - one.number)[0];
  await layout.ownership.check();
  // Removes unfinished copies first, because this owner's own copies may need the space.
  const unfinished = names.filter((name) => UNFINISHED.test(name));
  await Promise.all(unfinished.map(async (name) => await rm(join(directory, name), { force: true })));
  // Copies the journal first, so that the copy cannot refer to spool data that the earlier process adds later.
  for (const [journal, name] of [
    [newest("journal"), journalName(own)],
    [newest("media"), mediaJournalName(own)],
  ] as const) {
    if (journal === undefined || journal.number === own) continue;
    const [from, to] = [join(directory, journal.name), join(directory, name)];
    if (isSettled(journal.number)) await rename(from, to);
    else await copyJournal(from, to);
  }
  const spool = newest("spool");
  if (spool !== undefined && spool.number !== own) {
    const [from, to] = [join(directory, spool.name), join(directory, spoolName(own))];
    if (isSettled(spool.number)) await rename(from, to);
    else await copySpool(from, to, (await readPartState(layout.journalPath(key))).page?.bytes ?? 0);
  }
  await syncDirectory(directory);
  const former = found.filter(({ number }) => number !== own);
  await Promise.all(former.map(async ({ name }) => await rm(join(directory, name), { force: true })));
}

async function copyJournal(from: string, to: string): Promise<void> {
  await writeAndClose(await createNoFollow(`${to}.new`), await readWholeLines(from));
  await rename(`${to}.new`, to);
}

/** Copies the committed bytes. Shares the blocks on file systems that support it. */
async function copySpool(from: string, to: string, committedBytes: number): Promise<void> {
  await rm(`${to}.new`, { force: true });
  await copyFile(from, `${to}.new`, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(`${to}.new`, "r+");
  try {
    if ((await file.stat()).size > committedBytes) await file.truncate(committedBytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${to}.new`, to);
}
