import { describeChange, describeSince, namesFor } from "../../../../access/history/describe-change.ts";
import { readChanges } from "../../../../access/history/read-changes.ts";
import {
  findSince,
  type ReplayStep,
  replayBackwards,
  type VerdictSince,
} from "../../../../access/history/verdict-since.ts";
import type { VerdictName } from "../../../../access/verdict/verdict.ts";
import type { Api } from "../../../../platform/api/api.ts";
import type { Polling } from "../../../../platform/reading/polling.ts";
import type { Principal } from "../../../../platform/reading/principal.ts";
import type { JudgedItem } from "../judge.ts";
import { nameOfItem } from "../result.ts";
import { readPast } from "./read-past.ts";
import type { CheckHistory } from "./result.ts";

/** The verdicts whose history is requested. */
export interface JudgedPrincipal {
  readonly principal: Principal;
  readonly items: readonly JudgedItem[];
  /** Returns the same checks for the permissions that the principal held at another time. */
  readonly judgeFor: (principal: Principal) => Promise<readonly JudgedItem[]>;
}

/**
 * Reads the audits of the last `durationMs` that concern a principal, and derives how long each verdict has been the
 * same. For a login that may not read audits, the history contains only the reason. The verdicts do not change.
 */
export async function readHistory(
  api: Api,
  polling: Polling,
  { principal, items, judgeFor }: JudgedPrincipal,
  durationMs: number,
): Promise<CheckHistory> {
  const toMs = polling.clock.now();
  const fromMs = toMs - durationMs;
  const period = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const reading = await readPast(api, polling, { fromMs, toMs }, principal);
  if (!reading.isRead) {
    const { reason, read } = reading;
    const unreadable = { reason, permissions: read.permissions, scopes: read.scopes };
    return { ...period, source: null, changes: [], verdicts: [], notCovered: [], unreadable };
  }
  const { source, audits, holder, memberships, notCovered } = reading.value;
  const changes = readChanges(audits, holder, memberships);
  const names = namesFor(holder, changes);
  const steps = replayBackwards(holder, changes);
  const verdicts = await judgePast(steps, judgeFor);
  return {
    ...period,
    source,
    changes: changes.map((change) => ({
      id: change.id,
      at: new Date(change.atMs).toISOString(),
      by: change.actor,
      entityType: change.entityType,
      action: change.action,
      entity: change.entity,
      isStated: !["role-unstated", "policy-changed", "unstated"].includes(change.effect.kind),
      summary: describeChange(change, names),
    })),
    verdicts: items.map((item, index) => {
      const since = findSince(item.verdict, steps, (past) => verdicts.get(past)?.[index] ?? "unknown");
      return {
        name: nameOfItem(item),
        verdict: item.verdict,
        state: since.state,
        since: since.atMs === null ? null : new Date(since.atMs).toISOString(),
        before: since.before,
        changeId: since.change?.id ?? null,
        summary: `${describeSince(item.verdict, since, { from: period.from, names })}${isFirm(since) && notCovered.length > 0 ? ", as far as the audits cover it" : ""}`,
      };
    }),
    notCovered,
    unreadable: null,
  };
}

/**
 * Returns whether the history makes a definite statement. A change that the audits do not cover could contradict it.
 */
function isFirm({ state }: VerdictSince): boolean {
  return state === "known" || state === "longer";
}

/**
 * Evaluates every earlier state of the principal that the audits reveal. Each list of verdicts is in the order of
 * the checks.
 */
async function judgePast(
  steps: readonly ReplayStep[],
  judgeFor: JudgedPrincipal["judgeFor"],
): Promise<ReadonlyMap<Principal, readonly VerdictName[]>> {
  const verdicts = new Map<Principal, readonly VerdictName[]>();
  for (const { before } of steps) {
    if (typeof before === "string") continue;
    for (const principal of [before.lower, before.upper]) {
      if (verdicts.has(principal)) continue;
      verdicts.set(
        principal,
        (await judgeFor(principal)).map(({ verdict }) => verdict),
      );
    }
  }
  return verdicts;
}
