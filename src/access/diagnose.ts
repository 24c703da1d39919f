import type { Operation, PermissionMode } from "../catalogue/facts/operation.ts";
import type { Call, Principal } from "../platform/reading/principal.ts";
import { confirmDecision } from "./confirm.ts";
import { type CallCircumstances, type Decision, decideOperation, decidePermission } from "./decide/decide.ts";
import { openLayerCache } from "./decide/layer-cache.ts";
import { LAYERS } from "./layers.ts";
import { caveatRemedies } from "./remedy/caveat-remedies.ts";
import { isRecent } from "./remedy/permission-remedies.ts";
import type { RemedyQuestion } from "./remedy/question.ts";
import { openRolePool } from "./remedy/roles/role-pool.ts";
import type { Remedy, Verdict } from "./verdict/verdict.ts";

/** What a token is checked for: an operation of the catalogue, or a bare permission. */
export type DiagnosisSubject =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "permission"; readonly permission: string };

export interface DiagnosisOptions extends CallCircumstances {
  /** What the service answered to this very call; null (the default) for a prediction. */
  readonly call?: Call | null;
  /** Whether a harmless call could be made to ask the service itself. Default: false. */
  readonly isLivePossible?: boolean;
}

/** Diagnoses one subject for the principal it was opened with. */
export type Diagnose = (subject: DiagnosisSubject, options?: DiagnosisOptions) => Verdict;

/**
 * Opens the diagnosis of a principal: subject in, verdict with evidence and remedies out. What the layers say about
 * the same permissions is cached, so open one per principal and use it for all of its subjects.
 */
export function openDiagnosis(principal: Principal): Diagnose {
  const layers = openLayerCache(principal);
  const roles = openRolePool(principal);
  return (subject, options = {}) => {
    const { call = null, isLivePossible = false, divisionId = null } = options;
    const predicted =
      subject.kind === "operation"
        ? decideOperation(principal, subject.operation, options, layers)
        : decidePermission(principal, subject.permission, divisionId, layers);
    const decision = call === null ? predicted : confirmDecision(predicted, call);
    const { operation, mode, permissions } = requirementOf(subject);
    const question = { operation, mode, permissions, divisionId, isLivePossible, roles };
    // Field by field: a policy diagnoses thousands of operations, and a second spread takes longer than deciding.
    return {
      verdict: decision.verdict,
      layer: decision.layer,
      missing: decision.missing,
      evidence: decision.evidence,
      remedies: remediesFor(principal, decision, question),
    };
  };
}

function requirementOf(subject: DiagnosisSubject): {
  readonly operation: Operation | null;
  readonly mode: PermissionMode;
  readonly permissions: readonly string[];
} {
  if (subject.kind === "permission") {
    return { operation: null, mode: "ALL", permissions: [subject.permission] };
  }
  const { operation } = subject;
  return { operation, mode: operation.permissionMode, permissions: operation.permissions };
}

/**
 * Lists the changes that would make the call pass, layer by layer in the order in which the platform would refuse
 * next, smallest first within a layer. Empty when the verdict is *allowed*.
 */
function remediesFor(
  principal: Principal,
  { objections, verdict }: Decision,
  question: RemedyQuestion,
): readonly Remedy[] {
  // When one layer refuses for certain, settling the doubts of the others does not help yet.
  const relevant = objections.some((objection) => objection.verdict === "denied")
    ? objections.filter((objection) => objection.verdict === "denied" || isRecent(objection))
    : objections;
  const remedies = relevant.flatMap((objection) => {
    const { caveat } = objection;
    return caveat === undefined
      ? LAYERS[objection.layer].remedies(principal, objection, question)
      : caveatRemedies(principal, { ...objection, caveat }, question);
  });
  const different = remedies.filter(
    ({ kind, summary }, index) =>
      remedies.findIndex((other) => other.kind === kind && other.summary === summary) === index,
  );
  return different.length > 0 || verdict !== "denied" ? different : [ASK_SUPPORT];
}

/** Verdict of a refused live call that nothing readable explains. */
const ASK_SUPPORT: Remedy = {
  kind: "ask-support",
  summary:
    "nothing that could be read explains this refusal: try again in a minute in case a role changed, then quote the correlation id to Genesys support",
};
