import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { isMissingFile } from "../../core/system-error.ts";
import type { Plan } from "../plan/plan.ts";
import type { RecordCount } from "./count-records.ts";

/** Expected cost of an export. */
export interface Estimate {
  readonly records: number | null;
  readonly requests: number | null;
  /** Minimum time for the requests under the rate limit, in minutes. */
  readonly minutes: number | null;
  /** Size of the records as uncompressed lines of JSON. */
  readonly bytes: number | null;
}

/** Number of requests per minute that the platform accepts for one token. */
const RATE_LIMIT = 300;
/** Number of requests for one job: the submission, two polls, and the deletion. */
const REQUESTS_PER_JOB = 4;

/** Estimates an export from its plan and record count. The estimates are null when the count is unknown. */
export function estimateExport(
  { access, files }: Dataset,
  { parts }: Pick<Plan, "parts">,
  count: RecordCount | null,
): Estimate {
  const requests = requestCount(access, parts.length, count);
  if (files !== undefined) {
    // Counts one request per conversation, which is the minimum, because the number of files is known only after the
    // export.
    const all = requests === null || count === null ? null : requests + count.records;
    const minutes = all === null ? null : Math.ceil(all / RATE_LIMIT);
    return { records: null, requests: all, minutes, bytes: null };
  }
  return {
    records: count?.records ?? null,
    requests,
    minutes: requests === null ? null : Math.ceil(requests / RATE_LIMIT),
    bytes: count === null ? null : count.records * (count.recordBytes ?? 0),
  };
}

function requestCount(access: Dataset["access"], parts: number, count: RecordCount | null): number | null {
  if (access.kind === "aggregates") return parts;
  if (count === null) return null;
  if (access.kind === "children") return null;
  if (access.kind === "listing") return Math.max(1, Math.ceil(count.records / access.largestPage));
  // Each part adds a page, because its last page is usually not full.
  const pages = Math.ceil(count.records / access.definition.largestPage) + parts;
  return parts * REQUESTS_PER_JOB + pages + 1;
}

/**
 * Returns the free space at a path, in bytes, determined by its nearest existing directory.
 * @throws the system's error
 */
export async function freeBytesAt(path: string): Promise<number> {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch (error) {
      if (!isMissingFile(error) || dirname(at) === at) throw error;
    }
  }
}
