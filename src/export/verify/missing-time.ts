import { formatInterval, type Interval } from "../../analytics/interval.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ManifestDifference } from "./difference.ts";

type Timed = Pick<Manifest, "interval" | "parts" | "gaps">;

/**
 * Returns the gaps that manifests report, and the time in their interval that no part covers.
 * @param manifests manifests of one export; several for workers that shared its days
 */
export function findMissingTime(manifests: readonly Timed[]): readonly ManifestDifference[] {
  const gaps = manifests.flatMap((manifest) => manifest.gaps);
  const known = gaps.map(({ part, interval, reason }) => missing(interval ?? part, reason));
  const whole = manifests.map(({ interval }) => readInterval(interval)).filter(isInterval);
  if (whole.length === 0) return known;
  const covered = [...manifests.flatMap(({ parts }) => parts), ...gaps]
    .map(({ interval }) => readInterval(interval))
    .filter(isInterval)
    .toSorted((a, b) => a.startMs - b.startMs);
  const uncovered: Interval[] = [];
  let reachedMs = Math.min(...whole.map(({ startMs }) => startMs));
  for (const { startMs, endMs } of covered) {
    if (startMs > reachedMs) uncovered.push({ startMs: reachedMs, endMs: startMs });
    reachedMs = Math.max(reachedMs, endMs);
  }
  const endMs = Math.max(...whole.map((interval) => interval.endMs));
  if (reachedMs < endMs) uncovered.push({ startMs: reachedMs, endMs });
  return [
    ...known,
    ...uncovered.map((interval) => missing(formatInterval(interval), "no part covers this time")),
  ];
}

function missing(subject: string, summary: string): ManifestDifference {
  return { kind: "missing-interval", subject, summary };
}

function readInterval(text: string | null): Interval | null {
  if (text === null) return null;
  const [start = "", end = ""] = text.split("/");
  const interval = { startMs: Date.parse(start), endMs: Date.parse(end) };
  return Number.isNaN(interval.startMs) || Number.isNaN(interval.endMs) ? null : interval;
}

function isInterval(interval: Interval | null): interval is Interval {
  return interval !== null;
}
