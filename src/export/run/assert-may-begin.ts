import { Layout, rootDirectoryOf } from "../destination/destination.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { extensionOf } from "../writers/formats.ts";
import { type BeginningOptions, findBeginning } from "./prepare-run.ts";
import { lastRun, runDirectoryName } from "./run-directory.ts";

/**
 * Throws if a run with these options would refuse the destination. It only reads files and takes no lock, so it does
 * not notice a run that starts in the meantime.
 * @throws UsageError like `runExport`
 */
export async function assertMayBegin(
  options: Omit<BeginningOptions, "listener"> & Pick<ExportTarget, "format" | "compression">,
): Promise<void> {
  const { destination, shard, format, compression } = options;
  const { number, name } = (await lastRun(rootDirectoryOf(destination, shard))) ?? {
    number: 1,
    name: runDirectoryName(1, "0"),
  };
  const owned = async () => {};
  const layout = new Layout(destination, extensionOf(format, compression), shard, {
    number,
    directory: name,
    check: owned,
    checkNowAndThen: owned,
  });
  await findBeginning({ ...options, listener: { changed: () => {} } }, layout);
}
