import type { SharedRemedy } from "../../../../access/remedy/group-remedies.ts";
import type { Evidence, Remedy } from "../../../../access/verdict/verdict.ts";
import { type CheckedItem, nameOfItem, originOfItem } from "../result.ts";
import { type FixEntry, foldRoles } from "./remedies.ts";
import { sayOnce } from "./said-once.ts";

/** Several checks, with the parts that they share listed separately. */
export interface CondensedChecks {
  /** The source and date that most requirements share, which the checks themselves then omit; null if none exists. */
  readonly source: string | null;
  /** Evidence that several checks share, with the number of checks that have it. */
  readonly common: readonly CommonEvidence[];
  readonly checks: readonly CondensedCheck[];
}

export interface CommonEvidence {
  readonly evidence: Evidence;
  readonly count: number;
}

/** One check with only the evidence and remedies that it does not share. */
export interface CondensedCheck {
  readonly item: CheckedItem;
  /** Numbers, from 1, of its remedies in the list of fixes for several checks. */
  readonly shared: readonly number[];
}

/** Evidence that makes no sense without its check. */
const OWN: ReadonlySet<Evidence["kind"]> = new Set(["requirement", "context", "call"]);
/** Evidence that a person must see even for an allowed check. */
const OF_ALLOWED: ReadonlySet<Evidence["kind"]> = new Set(["caveat", "condition", "recent"]);

/** Splits the results of several checks into shared and individual parts. */
export function condenseChecks(
  results: readonly CheckedItem[],
  sharedRemedies: readonly SharedRemedy[],
): CondensedChecks {
  const source = mostFrequent(results.flatMap((item) => originOfItem(item) ?? []));
  const shown = results.map((item) => ({ ...item, evidence: ownEvidence(item) }));
  const entries = foldRoles(sharedRemedies);
  // Equal checks are shown as one, so what they share need not be listed separately.
  const different = new Map(
    shown.map((item) => [JSON.stringify([item.verdict, item.layer, item.evidence, item.remedies]), item]),
  );
  const found = [...different.values()].flatMap(({ evidence }) =>
    evidence.filter(({ kind }) => !OWN.has(kind)),
  );
  const texts = countOf(found.map(({ summary }) => summary));
  const inAll = countOf(results.flatMap(({ evidence }) => evidence.map(({ summary }) => summary)));
  const isCommon = ({ kind, summary }: Evidence) => !OWN.has(kind) && (texts.get(summary) ?? 0) > 1;
  const first = new Map(found.filter(isCommon).map((evidence) => [evidence.summary, evidence]));
  return {
    source,
    common: [...first.values()].map((evidence) => ({ evidence, count: inAll.get(evidence.summary) ?? 0 })),
    checks: shown.map((item) => {
      const positions = item.remedies.map((remedy) => positionOf(remedy, nameOfItem(item), entries));
      const own = item.evidence.filter((one) => !isCommon(one));
      const evidence = sayOnce(own, source);
      const remedies = item.remedies.filter((_remedy, index) => positions[index] === null);
      const shared = [...new Set(positions)].filter((place) => place !== null);
      return { item: { ...item, evidence, remedies }, shared };
    }),
  };
}

function ownEvidence({ verdict, evidence }: CheckedItem): readonly Evidence[] {
  if (verdict === "allowed") return evidence.filter(({ kind }) => OF_ALLOWED.has(kind));
  // A fact that could not be read matters only if it leaves the verdict open.
  return verdict === "denied" ? evidence.filter(({ kind }) => kind !== "unreadable") : evidence;
}

function positionOf(remedy: Remedy, name: string, entries: readonly FixEntry<SharedRemedy>[]): number | null {
  const isSame = ({ kind, summary, command, names }: SharedRemedy) =>
    kind === remedy.kind &&
    names.includes(name) &&
    (kind === "create-role" || (summary === remedy.summary && command === (remedy.command ?? null)));
  const index = entries.findIndex((entry) =>
    entry.kind === "whole" ? isSame(entry.fix) : entry.fixes.some(isSame),
  );
  return index < 0 ? null : index + 1;
}

function mostFrequent(texts: readonly string[]): string | null {
  const [most] = [...countOf(texts)].toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? null;
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
