import type { Principal } from "../../platform/reading/principal.ts";
import type { VerdictName } from "../verdict/verdict.ts";
import type { AuditedChange } from "./audited-change.ts";
import { type HoldingBounds, type UndoStop, undoChange } from "./undo-change.ts";

/** What a principal held before a change, or why that cannot be derived. */
export interface ReplayStep {
  readonly change: AuditedChange;
  readonly before: HoldingBounds | UndoStop;
}

/** How long a verdict has been the same, as far as the audits show. */
export interface VerdictSince {
  /**
   * `known`: since the time of a change. `at-latest`: since that time or longer. `longer`: since before the
   * period, because no change in it made a difference. `unknown`: nothing can be derived.
   */
  readonly state: "known" | "at-latest" | "longer" | "unknown";
  /** Milliseconds since the Unix epoch; null unless the state is `known` or `at-latest`. */
  readonly atMs: number | null;
  /** The verdict before `atMs`; null unless it is certain. */
  readonly before: VerdictName | null;
  /** The change at `atMs`. */
  readonly change: AuditedChange | null;
  /** Why the exact time is not known; null when it is certain. */
  readonly doubt: Exclude<UndoStop, "created"> | "ambiguous" | "no verdict" | null;
}

/** Maximum time between changes that count as one step by a person, such as granting a role in a second division. */
const ONE_STEP_MS = 60_000;

/** Undoes changes, newest first, until one cannot be undone. */
export function replayBackwards(
  principal: Principal,
  changes: readonly AuditedChange[],
): readonly ReplayStep[] {
  const steps: ReplayStep[] = [];
  let bounds: HoldingBounds = { lower: principal, upper: principal };
  for (const change of changes) {
    const before = undoChange(bounds, change.effect);
    steps.push({ change, before });
    if (typeof before === "string") break;
    bounds = before;
  }
  return steps;
}

/**
 * Determines how long a verdict has stayed the same. The time is `known` only if every earlier state that the audits
 * allow had a different verdict.
 * @param judge returns the verdict for a principal; more access must never make that verdict worse
 */
export function findSince(
  current: VerdictName,
  steps: readonly ReplayStep[],
  judge: (principal: Principal) => VerdictName,
): VerdictSince {
  if (current === "unknown") return UNKNOWN;
  for (const [index, { change, before }] of steps.entries()) {
    if (before === "created") return { state: "known", atMs: change.atMs, before: null, change, doubt: null };
    if (typeof before === "string") return atLatest(change, before);
    const [least, most] = verdictsOf(before, judge);
    if (least === current && most === current) continue;
    if (!isOutside(current, least, most)) return atLatest(change, "ambiguous");
    const past = verdictBefore({ current, steps, index }, judge);
    return { state: "known", atMs: change.atMs, before: past, change, doubt: null };
  }
  return { ...UNKNOWN, state: "longer", doubt: null };
}

const UNKNOWN: VerdictSince = {
  state: "unknown",
  atMs: null,
  before: null,
  change: null,
  doubt: "no verdict",
};

function atLatest(change: AuditedChange, doubt: NonNullable<VerdictSince["doubt"]>): VerdictSince {
  return { state: "at-latest", atMs: change.atMs, before: null, change, doubt };
}

function verdictsOf(
  { lower, upper }: HoldingBounds,
  judge: (principal: Principal) => VerdictName,
): readonly [VerdictName, VerdictName] {
  const least = judge(lower);
  return [least, upper === lower ? least : judge(upper)];
}

const WEAKEST_FIRST: readonly VerdictName[] = ["denied", "conditional", "allowed"];

/**
 * Whether the verdict before a change was certainly different. That is not certain if the verdict for one of the two
 * bounds is unknown.
 */
function isOutside(current: VerdictName, least: VerdictName, most: VerdictName): boolean {
  const rank = (verdict: VerdictName) => WEAKEST_FIRST.indexOf(verdict);
  if (least === "unknown" || most === "unknown") return false;
  return rank(current) < rank(least) || rank(current) > rank(most);
}

/** Returns the verdict before the step that a change belongs to; null when it is uncertain. */
function verdictBefore(
  { current, steps, index }: { current: VerdictName; steps: readonly ReplayStep[]; index: number },
  judge: (principal: Principal) => VerdictName,
): VerdictName | null {
  const lastMs = steps[index]?.change.atMs ?? 0;
  const ofOneStep = steps.slice(index).filter(({ change }) => lastMs - change.atMs <= ONE_STEP_MS);
  for (const { before } of ofOneStep.toReversed()) {
    const [least, most] = typeof before === "string" ? [null, null] : verdictsOf(before, judge);
    if (least !== null && least === most && least !== current) return least;
  }
  return null;
}
