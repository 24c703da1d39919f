import { dirname, join, relative } from "node:path";
import { formatInterval, type Interval } from "../../analytics/interval.ts";
import {
  type Narrowing,
  narrowedByDivisions,
  narrowedByLocalDay,
  type ReachedDivisions,
} from "../../analytics/narrowing.ts";
import type { Layout } from "../destination/destination.ts";
import { replaceOwnFile } from "../files/replace-own-file.ts";
import type { WrittenFile } from "../files/written-file.ts";
import type { ExportReach } from "../options/export-ports.ts";
import type { RequestIdentity } from "../options/export-question.ts";
import { listIds } from "../part/id-chain.ts";
import type { Part } from "../part/part.ts";
import { type PartState, placedState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";
import type { UnavailableEnd } from "../plan/plan.ts";
import type { ExportState } from "../state/export-state.ts";
import type { ManifestMedia } from "./media-report.ts";

export const SCHEMA = "genscope/export-manifest/v1";

const DAY_MS = 86_400_000;

/** A missing part, with the reason. */
export interface Gap {
  readonly part: string;
  readonly interval: string | null;
  readonly code: string;
  readonly reason: string;
  readonly correlationId: string | null;
}

/** Content of an export: counts, hashes, and everything that was skipped or is missing. */
export interface Manifest {
  readonly schema: typeof SCHEMA;
  readonly request: RequestIdentity;
  /** Description of what the dataset contains. */
  readonly contents: string;
  readonly interval: string | null;
  /** Instant before which the data lake was complete, RFC 3339 UTC. */
  readonly watermark: string | null;
  readonly isComplete: boolean;
  readonly records: number;
  readonly duplicates: number;
  readonly elsewhere: number;
  readonly parts: readonly {
    readonly part: string;
    readonly interval: string | null;
    readonly records: number;
    /** Records skipped because the part already contains them. */
    readonly duplicates: number;
    /** Records skipped because they belong to another part. */
    readonly elsewhere: number;
    /** Number of records that were still in progress when they were read and will change. */
    readonly open: number;
    /**
     * Whether the records are provisional. Such records come from the live index and are replaced once the data lake
     * has them.
     */
    readonly isProvisional: boolean;
    /** Whether no entry of the listing moved to another page while the part was read. */
    readonly isConfirmed: boolean;
    /** Whether the part is from an earlier run because this one could not fetch it again. */
    readonly isStale: boolean;
    readonly correlationIds: readonly string[];
  }[];
  /** Finished files; paths are relative to the manifest. */
  readonly files: readonly (WrittenFile & { readonly part: string | null })[];
  /** Files of recordings; null for a dataset without them. */
  readonly media: ManifestMedia | null;
  /** Reasons why records are missing although nothing failed. */
  readonly narrowing: readonly Narrowing[];
  /** The divisions in which the permission of the export is held; `"*"` for all of them, null when unknown. */
  readonly divisions: ReachedDivisions;
  readonly gaps: readonly Gap[];
}

/** Returns the manifest of the current state. `assembled` is the single output file, if there is one. */
export function describeExport(
  { request, run }: ExportState,
  results: readonly PartResult[],
  gaps: readonly Gap[],
  options: {
    readonly layout: Pick<Layout, "manifestPath" | "finalPath">;
    readonly contents: string;
    readonly assembled: WrittenFile | null;
    readonly isComplete: boolean;
    readonly reach: ExportReach;
    readonly media: ManifestMedia | null;
  },
): Manifest {
  const placed = results.flatMap(({ part, state: achieved }) => {
    const state = placedState(achieved);
    return state === null ? [] : [{ part, state, isStale: achieved.phase !== "placed" }];
  });
  const sum = (count: (state: PartState) => number) =>
    placed.reduce((total, { state }) => total + count(state), 0);
  const { layout } = options;
  const from = dirname(layout.manifestPath);
  const files =
    options.assembled === null
      ? placed.flatMap(({ part, state }) =>
          state.files.map(({ table, bytes, rows, sha256 }) => ({
            table,
            path: layout.finalPath(part, table),
            bytes,
            rows,
            sha256,
            part: part.key,
          })),
        )
      : [{ ...options.assembled, part: null }];
  return {
    schema: SCHEMA,
    request,
    contents: options.contents,
    interval: textOf(run.interval),
    watermark: run.watermarkMs === null ? null : new Date(run.watermarkMs).toISOString(),
    isComplete: options.isComplete,
    records: sum(({ records }) => records),
    duplicates: sum(({ duplicates }) => duplicates),
    elsewhere: sum(({ elsewhere }) => elsewhere),
    parts: placed.map(({ part, state, isStale }) => ({
      part: part.key,
      interval: textOf(state.interval),
      records: state.records,
      duplicates: state.duplicates,
      elsewhere: state.elsewhere,
      open: state.open.length,
      isProvisional: part.isProvisional,
      isConfirmed: state.isConfirmed,
      isStale,
      correlationIds: listIds(state.correlationIds),
    })),
    files: files.map((file) => ({ ...file, path: relative(from, file.path).replaceAll("\\", "/") })),
    media: options.media,
    narrowing: [
      ...narrowedByDivisions(options.reach, options.reach.divisions),
      ...leftOutBefore(run.interval, placed),
    ],
    divisions: options.reach.divisions,
    gaps,
  };
}

/** Counts the conversations of the first day that began before the interval and that no part contains. */
function leftOutBefore(
  interval: Interval | null,
  placed: readonly { readonly part: Part; readonly state: PartState }[],
): readonly Narrowing[] {
  if (interval === null || interval.startMs % DAY_MS === 0) return [];
  const first = placed.filter(({ state }) => state.interval?.startMs === interval.startMs);
  const count = first.reduce((sum, { state: { elsewhere } }) => sum + elsewhere, 0);
  return narrowedByLocalDay(count, interval.startMs, { isKept: false });
}

const NOT_THERE_YET: Readonly<Record<UnavailableEnd["code"], string>> = {
  "export.watermark": "the platform has not finished collecting data for this interval",
  "export.not_yet": "this interval is still in the future",
};

/**
 * Returns the parts that were refused or abandoned, and the last stretch of the interval if its data is not available
 * yet.
 */
export function findGaps(results: readonly PartResult[], missing: UnavailableEnd | null): readonly Gap[] {
  const refused = results.flatMap(({ part, state: { refusal } }) =>
    refusal === null
      ? []
      : [
          {
            part: part.key,
            interval: textOf(part.interval),
            code: refusal.code,
            reason: refusal.message,
            correlationId: refusal.correlationId,
          },
        ],
  );
  if (missing === null) return refused;
  const { interval, code } = missing;
  return [
    ...refused,
    { part: "end", interval: textOf(interval), code, reason: NOT_THERE_YET[code], correlationId: null },
  ];
}

/** Returns the gap of a part whose finished file has changed. */
export function changedGap({ part, state }: PartResult, path: string): Gap {
  return {
    part: part.key,
    interval: textOf(state.interval),
    code: "export.changed",
    reason: `\`${path}\` has changed since it was written`,
    correlationId: null,
  };
}

/** Replaces the manifest; it is durable when the promise resolves. @throws OutputError */
export async function writeManifest(layout: Layout, manifest: Manifest): Promise<void> {
  const besides = join(layout.workDirectory, "manifest.new");
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await replaceOwnFile(layout.manifestPath, { besides, text, guard: layout.ownership.check });
}

function textOf(interval: Interval | null): string | null {
  return interval === null ? null : formatInterval(interval);
}
