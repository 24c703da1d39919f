import type { FetchOptions } from "./fetch-options.ts";
import type { Part } from "./part.ts";

type Divided = Pick<FetchOptions, "part" | "source" | "journal">;

/**
 * Returns the pieces in which a part is fetched: the part itself, unless it exceeds a limit of the platform.
 */
export function piecesOf({ part, source, journal }: Divided): readonly Part[] {
  const { interval } = part;
  const { pieces } = journal.state;
  if (pieces === 1 || interval === null) return [part];
  return (source.divide(interval, pieces) ?? [interval]).map((piece) => ({ ...part, interval: piece }));
}

/** Returns the next larger number of pieces; null when the part can't be divided further. */
export function morePieces({ part, source, journal }: Divided): number | null {
  const { interval } = part;
  const { pieces } = journal.state;
  const countOf = (count: number) => (interval === null ? null : source.divide(interval, count))?.length ?? 1;
  return countOf(pieces * 2) > countOf(pieces) ? pieces * 2 : null;
}
