import { confirmDecision } from "../../access/confirm.ts";
import { decideOperation, decidePermission } from "../../access/decide/decide.ts";
import { chooseDivision } from "../../access/decide/division-choice.ts";
import type { LayerBook } from "../../access/decide/layer-cache.ts";
import type { Question } from "../../access/remedy/question.ts";
import { remediesFor } from "../../access/remedy/remedies.ts";
import type { RoleBook } from "../../access/remedy/role-pool.ts";
import type { Evidence, VerdictName } from "../../access/verdict/verdict.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Api } from "../../platform/api.ts";
import { callHarmlessly, harmlessCall } from "../../platform/live-call.ts";
import type { Principal } from "../../platform/principal.ts";
import type { CheckedItem } from "./check-scopes-result.ts";
import { describeRequirement, type SingleSubject, type Subject } from "./check-scopes-subject.ts";

/** What the verdicts rest on beside the subjects. */
export interface JudgeOptions {
  readonly catalogue: Catalogue;
  readonly principal: Principal;
  readonly layers: LayerBook;
  readonly roles: RoleBook;
  /** Name or id of the division of the objects; null when not known. A subject's own goes first. */
  readonly division: string | null;
  /** Where to ask the service itself; null: predictions only. */
  readonly liveApi: Api | null;
  readonly nowMs: number;
}

/** An item that was judged. */
export type JudgedItem = CheckedItem & {
  readonly verdict: VerdictName;
  readonly layer: NonNullable<CheckedItem["layer"]>;
};

const BEST_FIRST: readonly VerdictName[] = ["allowed", "conditional", "unknown", "denied"];

/**
 * Judges one subject. Of alternatives the best one stands for all, because one of them suffices.
 * @throws UsageError for a division that does not exist
 */
export async function judgeSubject(subject: Subject, options: JudgeOptions): Promise<JudgedItem> {
  if (subject.kind !== "alternatives") return await judge(subject, options);
  const items: JudgedItem[] = [];
  for (const alternative of subject.alternatives) items.push(await judge(alternative, options));
  const [best] = items.toSorted((a, b) => BEST_FIRST.indexOf(a.verdict) - BEST_FIRST.indexOf(b.verdict));
  if (best === undefined) throw new Error("a policy has no empty alternatives");
  const summary = `one of these suffices: ${subject.name}`;
  return { ...best, location: subject.location, evidence: [{ kind: "note", summary }, ...best.evidence] };
}

async function judge(subject: SingleSubject, options: JudgeOptions): Promise<JudgedItem> {
  const { catalogue, principal, layers, roles, liveApi, nowMs } = options;
  const divisionId = divisionOf(principal, subject.division ?? options.division);
  const predicted =
    subject.kind === "operation"
      ? decideOperation(principal, subject.operation, divisionId, layers)
      : decidePermission(principal, subject.permission, divisionId, layers);
  const request = subject.kind === "permission" ? null : harmlessCall(subject.operation, subject.name, nowMs);
  const call = liveApi === null || request === null ? null : await callHarmlessly(liveApi, request);
  const decision = call === null ? predicted : confirmDecision(predicted, call);
  const { verdict, layer, missing, evidence } = decision;
  const isLivePossible = request !== null && liveApi === null;
  return {
    ...describeRequirement(catalogue, subject),
    // One by one: a second spread is not compiled, and takes longer than the judging.
    verdict,
    layer,
    missing,
    evidence: liveApi !== null && call === null ? [...evidence, NOT_ASKED] : evidence,
    remedies: remediesFor(principal, decision, questionOf(subject, { divisionId, isLivePossible, roles })),
    live: call === null ? null : { status: call.status, code: call.code },
  };
}

const NOT_ASKED: Evidence = {
  kind: "note",
  summary: "live: not asked, because there is no call to this operation that certainly changes nothing",
};

/** A token that is refused can't read divisions; its refusal is the finding, not the division's name. */
export function divisionOf(principal: Principal, division: string | null): string | null {
  return division === null || principal.refusal !== null ? null : chooseDivision(principal, division);
}

function questionOf(
  subject: SingleSubject,
  { divisionId, isLivePossible, roles }: Pick<Question, "divisionId" | "isLivePossible" | "roles">,
): Question {
  const operation = subject.kind === "operation" ? subject.operation : null;
  return {
    operation,
    mode: operation?.permissionMode ?? "ALL",
    permissions: subject.kind === "operation" ? subject.operation.permissions : [subject.permission],
    divisionId,
    isLivePossible,
    roles,
  };
}
