import { join } from "node:path";
import { asRecord, parseJson } from "../core/json.ts";
import { createWhole } from "./create-whole.ts";
import { damagedFile } from "./damaged-file.ts";
import { type Layout, placeOf } from "./destination.ts";
import type { ExportOptions } from "./export-options.ts";
import type { ExportState } from "./export-state.ts";
import { readOwnFile } from "./own-file.ts";
import { assertSameRequest } from "./same-request.ts";
import { isOf, recordOf } from "./shape.ts";

type Request = ExportState["request"];
type Worker = Pick<ExportOptions, "request" | "shard" | "destination">;

/**
 * Sees to it that a directory belongs to this export, or to none yet: workers know nothing of each other but what the
 * first of them has left there, and days that are shared out in another way would be there twice.
 * @param hasBegun whether this worker has a state there, which knows the interval better: it may have moved on
 * @throws UsageError `usage.other_export`, OutputError
 */
export async function assertUnclaimed(
  options: Worker,
  { claimPath }: Layout,
  hasBegun: boolean,
): Promise<void> {
  const there = claimPath === null ? null : await readClaim(claimPath);
  if (there === null) return;
  assertSameRequest(there, requestOfAll(options), {
    place: placeOf(options.destination),
    except: hasBegun ? ["interval"] : [],
  });
}

/**
 * Makes a directory this export's, for all of its workers, unless it is already. The file appears whole, and only one of
 * several workers can make it.
 * @throws as `assertUnclaimed`
 */
export async function claim(options: Worker, layout: Layout, hasBegun: boolean): Promise<void> {
  const { claimPath } = layout;
  if (claimPath === null) return;
  if ((await readClaim(claimPath)) === null) {
    const text = JSON.stringify({ version: 1, request: requestOfAll(options) }, null, 2);
    await createWhole(claimPath, {
      besides: join(layout.workDirectory, "export.new"),
      text: `${text}\n`,
      guard: layout.ownership.check,
    });
  }
  // Another worker may have been faster.
  await assertUnclaimed(options, layout, hasBegun);
}

/** What all workers are asked for alike. */
function requestOfAll({ request: { shard: _shard, ...request }, shard }: Worker): Request {
  return { ...request, shards: shard?.count ?? null };
}

async function readClaim(path: string): Promise<Request | null> {
  const text = await readOwnFile(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (!isOf({ version: (version) => version === 1, request: recordOf({}) }, value)) throw damagedFile(path);
  return asRecord(asRecord(value)["request"]);
}
