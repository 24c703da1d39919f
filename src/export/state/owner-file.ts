import { rm } from "node:fs/promises";
import { join } from "node:path";
import { asRecord, parseJson } from "../../core/json.ts";
import { describeDestination, type Layout } from "../destination/destination.ts";
import { createOnce } from "../files/create-once.ts";
import { damagedFile } from "../files/damaged-file.ts";
import { readOwnFile } from "../files/read-own-file.ts";
import { isOf, recordOf } from "../files/shape.ts";
import type { ExportQuestion, RequestIdentity } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { assertSameRequest } from "./same-request.ts";

type Worker = Pick<ExportQuestion, "request"> & Pick<ExportTarget, "shard" | "destination">;

/**
 * Throws unless the directory is unclaimed or owned by this export. The owner file is all that workers share. It
 * ensures that they use the same number of shards, because otherwise some days would be exported twice.
 * @param hasBegun whether this worker has state from an earlier run, after which its interval may differ
 * @throws UsageError `usage.other_export`, OutputError
 */
export async function assertSameOwner(
  options: Worker,
  { ownerFilePath }: Layout,
  hasBegun: boolean,
): Promise<void> {
  const there = ownerFilePath === null ? null : await readOwnerFile(ownerFilePath);
  if (there === null) return;
  assertSameRequest(there, requestOfAll(options), {
    place: describeDestination(options.destination),
    except: hasBegun ? ["interval"] : [],
  });
}

/**
 * Writes the owner file of this export, unless the directory has one. The file appears only when it is complete, and
 * only one of several workers can create it.
 * @throws like `assertSameOwner`
 */
export async function writeOwnerFile(options: Worker, layout: Layout, hasBegun: boolean): Promise<void> {
  const { ownerFilePath } = layout;
  if (ownerFilePath === null) return;
  const besides = join(layout.workDirectory, "export.new");
  const guard = layout.ownership.check;
  if ((await readOwnerFile(ownerFilePath)) === null) {
    const text = JSON.stringify({ version: 1, request: requestOfAll(options) }, null, 2);
    await createOnce(ownerFilePath, { besides, text: `${text}\n`, guard });
  } else {
    // A run that was killed after creating the owner file may have left the temporary one.
    await guard();
    await rm(besides, { force: true });
  }
  // Another worker may have created the file first.
  await assertSameOwner(options, layout, hasBegun);
}

/** Returns the request that all workers share. */
function requestOfAll({ request: { shard: _shard, ...request }, shard }: Worker): RequestIdentity {
  return { ...request, shards: shard?.count ?? null };
}

async function readOwnerFile(path: string): Promise<RequestIdentity | null> {
  const text = await readOwnFile(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (!isOf({ version: (version) => version === 1, request: recordOf({}) }, value)) throw damagedFile(path);
  return asRecord(asRecord(value)["request"]);
}
