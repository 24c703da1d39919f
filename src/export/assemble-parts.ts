import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Assembly, assembleFile, assembleStream } from "./assembly.ts";
import type { Layout } from "./destination.ts";
import type { ExportOptions } from "./export-options.ts";
import { hashFile } from "./manifest.ts";
import type { Part } from "./part.ts";
import { readPartState } from "./part-journal.ts";
import type { WrittenFile } from "./written-file.ts";

/** What becomes of finished parts where all go into one file or stream. */
export interface PartAssembly {
  /** A part is finished, or left out; those before it in the order are waited for. */
  settle(key: string, isThere: boolean): Promise<void>;
  /** Everything is settled. @returns the one file; null where there is none */
  finish(): Promise<WrittenFile | null>;
  /** Stops in the middle. */
  abandon(): Promise<void>;
}

/** What stands in place of a part's key for the line of column names. */
const HEADER = "header";

const NOTHING: PartAssembly = {
  settle: async () => undefined,
  finish: async () => null,
  abandon: async () => undefined,
};

/**
 * The assembly that the destination needs: none for a directory, whose files stay apart.
 * @param done keys of the parts that an earlier run has finished
 */
export async function openAssembly(
  options: ExportOptions,
  layout: Layout,
  parts: readonly Part[],
  done: ReadonlySet<string>,
): Promise<PartAssembly> {
  const { destination } = options;
  if (destination.kind === "directory") return NOTHING;
  const assembly =
    destination.kind === "file"
      ? await assembleFile(layout, destination.path, (key) => key === HEADER || done.has(key))
      : assembleStream(options.write);
  if (options.format === "csv") await addHeader(options, layout, assembly);
  return inOrder(options, layout, parts, assembly);
}

function inOrder(
  options: ExportOptions,
  layout: Layout,
  parts: readonly Part[],
  assembly: Assembly,
): PartAssembly {
  const { destination } = options;
  const settled = new Map<string, boolean>();
  let next = 0;
  let rows = 0;
  let advancing: Promise<void> = Promise.resolve();

  async function advance(): Promise<void> {
    for (let part = parts[next]; part !== undefined && settled.has(part.key); part = parts[next]) {
      next += 1;
      if (settled.get(part.key) !== true) continue;
      const { files } = await readPartState(layout.journalPath(part.key));
      for (const file of files) {
        await assembly.add(part.key, file.path);
        rows += file.rows;
      }
    }
  }

  return {
    settle: async (key, isThere) => {
      settled.set(key, isThere);
      advancing = advancing.then(advance);
      await advancing;
    },
    finish: async () => {
      // A file without any part would only look like an answer.
      const isThere = [...settled.values()].includes(true);
      const bytes = await assembly.close(isThere);
      if (destination.kind !== "file" || !isThere) return null;
      const { path } = destination;
      return { table: options.dataset.table, path, bytes, rows, sha256: await hashFile(path) };
    },
    abandon: async () => void (await assembly.close(false).catch(() => 0)),
  };
}

/** The line of column names, once, in front of all parts. */
async function addHeader(options: ExportOptions, layout: Layout, assembly: Assembly): Promise<void> {
  const { convertSpool } = await import("./writers/convert-spool.ts");
  const spoolPath = join(layout.workDirectory, "empty.ndjson");
  await writeFile(spoolPath, "");
  const [file] = await convertSpool({
    ...options,
    spoolPath,
    ndjsonTable: options.dataset.table,
    fileFor: (table) => join(layout.workDirectory, `header-${table}`),
    csvHeader: true,
  });
  if (file !== undefined) await assembly.add(HEADER, file.path);
  await rm(spoolPath, { force: true });
}
