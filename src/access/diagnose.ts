import type { Operation, PermissionMode } from "../catalogue/facts/operation.ts";
import type { Call, Principal } from "../platform/reading/principal.ts";
import { confirmDecision } from "./confirm.ts";
import {
  type CallCircumstances,
  type Decision,
  decideOperation,
  decidePermissions,
} from "./decide/decide.ts";
import { openLayerCache } from "./decide/layer-cache.ts";
import { LAYERS } from "./layers.ts";
import { caveatRemedies } from "./remedy/caveat-remedies.ts";
import { isRecent } from "./remedy/permission-remedies.ts";
import type { RemedyQuestion } from "./remedy/question.ts";
import { openRolePool } from "./remedy/roles/role-pool.ts";
import type { Remedy, Verdict } from "./verdict/verdict.ts";

/** What a check is about: an operation of the catalog, or only permissions. */
export type DiagnosisSubject =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "permission"; readonly permission: string }
  | {
      readonly kind: "permissions";
      readonly mode: "ANY" | "ALL";
      readonly permissions: readonly string[];
    };

export interface DiagnosisOptions extends CallCircumstances {
  /** The response to this call if it was really made; null (the default) for a prediction. */
  readonly call?: Call | null;
  /** Whether a harmless call could confirm the verdict (`--live`). Default: false. */
  readonly isLivePossible?: boolean;
}

/** Returns the verdict on one subject for the principal of this diagnosis. */
export type Diagnose = (subject: DiagnosisSubject, options?: DiagnosisOptions) => Verdict;

/**
 * Returns a function that diagnoses any subject for one principal: the verdict with evidence and remedies. Layer
 * results for the same permissions are cached, so open one diagnosis per principal and use it for all subjects.
 */
export function openDiagnosis(principal: Principal): Diagnose {
  const layers = openLayerCache(principal);
  const roles = openRolePool(principal);
  return (subject, options = {}) => {
    const { call = null, isLivePossible = false, divisionId = null } = options;
    const { operation, mode, permissions } = requirementOf(subject);
    const predicted =
      operation === null
        ? decidePermissions(principal, { mode, permissions }, divisionId, layers)
        : decideOperation(principal, operation, options, layers);
    const decision = call === null ? predicted : confirmDecision(predicted, call);
    const question = { operation, mode, permissions, divisionId, isLivePossible, roles };
    // Copies the fields one by one, because a second spread would take longer than the decision, and a policy can
    // contain thousands of operations.
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
  switch (subject.kind) {
    case "permission":
      return { operation: null, mode: "ALL", permissions: [subject.permission] };
    case "permissions":
      return { operation: null, mode: subject.mode, permissions: subject.permissions };
    case "operation": {
      const { operation } = subject;
      return { operation, mode: operation.permissionMode, permissions: operation.permissions };
    }
  }
}

/**
 * Lists the changes that would make the call pass. They are in the platform's order of checks, and the smallest
 * comes first within a layer. Empty when the verdict is *allowed*.
 */
function remediesFor(
  principal: Principal,
  { objections, verdict }: Decision,
  question: RemedyQuestion,
): readonly Remedy[] {
  const isDenied = objections.some((objection) => objection.verdict === "denied");
  // When one layer certainly refuses, it does not help to settle doubts about the others. A doubt about the path
  // comes first, because a refusal at a wrong path is about an operation that the caller did not mean.
  const relevant = isDenied
    ? [
        ...objections.filter(({ layer }) => layer === "path"),
        ...objections.filter((objection) => objection.verdict === "denied" || isRecent(objection)),
      ]
    : objections;
  const remedies = relevant.flatMap((objection) => {
    const { caveat, layer } = objection;
    const asked = isDenied && layer === "path" ? { ...question, isLivePossible: false } : question;
    return caveat === undefined
      ? LAYERS[layer].remedies(principal, objection, asked)
      : caveatRemedies(principal, { ...objection, caveat }, question);
  });
  const different = remedies.filter(
    ({ kind, summary }, index) =>
      remedies.findIndex((other) => other.kind === kind && other.summary === summary) === index,
  );
  return different.length > 0 || verdict !== "denied" ? different : [ASK_SUPPORT];
}

/** Remedy for a live call that was refused although no readable fact explains it. */
const ASK_SUPPORT: Remedy = {
  kind: "ask-support",
  summary:
    "nothing that genscope could read explains this refusal: try again in a minute in case a role changed, then quote the correlation id to Genesys support",
};
