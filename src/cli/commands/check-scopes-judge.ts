import { confirmDecision } from "../../access/confirm.ts";
import { type Decision, decideOperation, decidePermission } from "../../access/decide.ts";
import { chooseDivision } from "../../access/division-choice.ts";
import type { Question } from "../../access/question.ts";
import { remediesFor } from "../../access/remedy.ts";
import type { Evidence } from "../../access/verdict.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Api } from "../../platform/api.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../platform/identity.ts";
import { callHarmlessly, harmlessCall } from "../../platform/live-call.ts";
import type { Principal } from "../../platform/principal.ts";
import { type CheckedItem, type CheckedPrincipal, summarizePrincipal } from "./check-scopes-result.ts";
import { describeRequirement, type Subject } from "./check-scopes-subject.ts";

/** What the verdicts need beside the subjects. */
export interface JudgeOptions {
  readonly catalogue: Catalogue;
  readonly api: Api;
  /** Name or id of the object's division; null when not known. */
  readonly division: string | null;
  /** Ask the service itself where that is harmless. */
  readonly isLive: boolean;
  readonly nowMs: number;
}

/**
 * Reads what the token holds, once, and judges every subject by it.
 * @throws UsageError for a division that does not exist; what reading throws when the service does not answer
 */
export async function judgeSubjects(
  subjects: readonly Subject[],
  options: JudgeOptions,
): Promise<{ readonly principal: CheckedPrincipal; readonly results: readonly CheckedItem[] }> {
  const { api, division, isLive } = options;
  const principal = await readPrincipal(api, DIAGNOSIS_FACTS);
  // A token that is refused can't read divisions; its refusal is the finding, not the division's name.
  const divisionId =
    division === null || principal.refusal !== null ? null : chooseDivision(principal, division);
  const results: CheckedItem[] = [];
  for (const subject of subjects) {
    results.push(await judge(subject, { ...options, principal, divisionId, liveApi: isLive ? api : null }));
  }
  return { principal: summarizePrincipal(principal, api.region.id ?? api.region.apiUrl), results };
}

interface Circumstances extends Pick<JudgeOptions, "catalogue" | "nowMs"> {
  readonly principal: Principal;
  readonly divisionId: string | null;
  /** Null: no live calls. */
  readonly liveApi: Api | null;
}

async function judge(
  subject: Subject,
  { catalogue, principal, nowMs, liveApi, ...circumstances }: Circumstances,
): Promise<CheckedItem> {
  const divisionId = (subject.kind === "permission" ? subject.divisionId : null) ?? circumstances.divisionId;
  const predicted =
    subject.kind === "operation"
      ? decideOperation(principal, subject.operation, divisionId)
      : decidePermission(principal, subject.permission, divisionId);
  const request = subject.kind === "permission" ? null : harmlessCall(subject.operation, subject.name, nowMs);
  const call = liveApi === null || request === null ? null : await callHarmlessly(liveApi, request);
  const decision = call === null ? predicted : confirmDecision(predicted, call);
  const item = withRemedies(
    principal,
    decision,
    questionOf(subject, divisionId, request !== null && liveApi === null),
  );
  return {
    ...describeRequirement(catalogue, subject),
    ...item,
    evidence: liveApi !== null && call === null ? [...item.evidence, NOT_ASKED] : item.evidence,
    live: call === null ? null : { status: call.status, code: call.code },
  };
}

const NOT_ASKED: Evidence = {
  kind: "note",
  summary: "live: not asked, because there is no call to this operation that certainly changes nothing",
};

function withRemedies(principal: Principal, decision: Decision, question: Question) {
  const { verdict, layer, missing, evidence } = decision;
  return { verdict, layer, missing, evidence, remedies: remediesFor(principal, decision, question) };
}

function questionOf(subject: Subject, divisionId: string | null, isLivePossible: boolean): Question {
  return subject.kind === "permission"
    ? { operation: null, mode: "ALL", permissions: [subject.permission], divisionId, isLivePossible }
    : {
        operation: subject.operation,
        mode: subject.operation.permissionMode,
        permissions: subject.operation.permissions,
        divisionId,
        isLivePossible,
      };
}
