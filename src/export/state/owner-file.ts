import { join } from "node:path";
import { asRecord, parseJson } from "../../core/json.ts";
import { describeDestination, type Layout } from "../destination/destination.ts";
import { createOnce } from "../files/create-once.ts";
import { damagedFile } from "../files/damaged-file.ts";
import { readNoFollow } from "../files/no-follow-file.ts";
import { isOf, recordOf } from "../files/shape.ts";
import type { ExportQuestion, RequestIdentity } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { assertSameRequest } from "./same-request.ts";

type Worker = Pick<ExportQuestion, "request"> & Pick<ExportTarget, "shard" | "destination">;

/**
 * Sees to it that a directory belongs to this export, or to none yet: workers know nothing of each other but what the
 * first of them has left there, and days that are shared out in another way would be there twice.
 * @param hasBegun whether this worker has a state there, which knows the interval better: it may have moved on
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
 * Makes a directory this export's, for all of its workers, unless it is already. The file appears whole, and only one of
 * several workers can make it.
 * @throws as `assertSameOwner`
 */
export async function writeOwnerFile(options: Worker, layout: Layout, hasBegun: boolean): Promise<void> {
  const { ownerFilePath } = layout;
  if (ownerFilePath === null) return;
  if ((await readOwnerFile(ownerFilePath)) === null) {
    const text = JSON.stringify({ version: 1, request: requestOfAll(options) }, null, 2);
    await createOnce(ownerFilePath, {
      besides: join(layout.workDirectory, "export.new"),
      text: `${text}\n`,
      guard: layout.ownership.check,
    });
  }
  // Another worker may have been faster.
  await assertSameOwner(options, layout, hasBegun);
}

/** What all workers are asked for alike. */
function requestOfAll({ request: { shard: _shard, ...request }, shard }: Worker): RequestIdentity {
  return { ...request, shards: shard?.count ?? null };
}

async function readOwnerFile(path: string): Promise<RequestIdentity | null> {
  const text = await readNoFollow(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (!isOf({ version: (version) => version === 1, request: recordOf({}) }, value)) throw damagedFile(path);
  return asRecord(asRecord(value)["request"]);
}
