import type { Operation, PermissionMode } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { type LayerResult, NOTHING_MISSING, pass, refuse } from "../verdict/layer-result.ts";
import type { Evidence, Verdict, VerdictName } from "../verdict/verdict.ts";
import { allOf } from "../verdict/wording.ts";
import { checkCaveats } from "./check-caveats.ts";
import { checkPathValues } from "./check-path-values.ts";
import { checkAuthentication, checkContext, checkScope } from "./check-token.ts";
import { type LayerCache, openLayerCache } from "./layer-cache.ts";
import { readRequestValues } from "./request-values.ts";
import { requirementEvidence } from "./requirement-evidence.ts";
import { waivePermissions } from "./waive-permissions.ts";

/** The facts about a call, apart from its operation. */
export interface CallCircumstances {
  /** Id of the object's division; null (the default) when it is unknown. */
  readonly divisionId?: string | null;
  /**
   * The operation as the user typed it, possibly with real values in the path and query. Null (the default) for
   * an operation that the user did not type.
   */
  readonly name?: string | null;
  /** Why the user may have meant a different operation; null (the default) when there is no doubt. */
  readonly caution?: string | null;
  /** Whether the object of the call was submitted by the caller; false (the default) when that is unknown. */
  readonly isSubmitter?: boolean;
}

/** A verdict without remedies, with the objections that led to it. */
export interface Decision extends Omit<Verdict, "remedies"> {
  /** The results of the layers that refuse or raise a doubt, in the platform's order of checks. */
  readonly objections: readonly LayerResult[];
}

/**
 * Predicts whether a call passes. Checks the layers in the platform's order: token, IP, scope, context,
 * permission, division, condition, access policy, product. Then checks the caveats of the operation. One refusal
 * makes the verdict *denied*; one doubt is enough to prevent *allowed*.
 * @param layers the layer cache of this principal, which can be shared between operations
 */
export function decideOperation(
  principal: Principal,
  operation: Operation,
  { divisionId = null, name = null, caution = null, isSubmitter = false }: CallCircumstances,
  layers: LayerCache = openLayerCache(principal),
): Decision {
  const context = checkContext(principal, operation);
  // If a client lacks user context, the remedy is to log in as a user, whose token may then need the scope.
  const requirement = [
    requirementEvidence(operation, context.verdict === "allowed" ? principal.scopesBind : "unknown"),
  ];
  const values = readRequestValues(operation.path, name);
  const pathValues = checkPathValues(values, caution);
  const authentication = checkAuthentication(principal, operation);
  if (authentication !== null) return conclude([authentication, pathValues], requirement);
  if (principal.refusal !== null) return conclude([layers.token], requirement);
  const question = { principal, operation, divisionId, values, layers, isSubmitter };
  const { permissions, recency, policies } = waivePermissions(
    layers.ofPermissions(operation.permissionMode, operation.permissions, divisionId),
    question,
  );
  return conclude(
    [
      layers.token,
      pathValues,
      checkScope(principal, operation),
      context,
      permissions,
      recency,
      checkConditionalPermissions(layers, operation, divisionId),
      policies,
      ...checkCaveats(question),
      checkNotes(operation),
    ],
    requirement,
  );
}

/** Predicts whether permissions are held, without an operation. There is no scope and no user context to check. */
export function decidePermissions(
  principal: Principal,
  required: { readonly mode: PermissionMode; readonly permissions: readonly string[] },
  divisionId: string | null,
  layers: LayerCache = openLayerCache(principal),
): Decision {
  if (principal.refusal !== null) return conclude([layers.token], []);
  const { permissions, recency, policies } = layers.ofPermissions(
    required.mode,
    required.permissions,
    divisionId,
  );
  return conclude([layers.token, permissions, recency, policies], []);
}

/**
 * Checks the permissions that only some requests of an operation need. Only the description says which requests
 * those are, so the verdict is never worse than *conditional*, and one successful call does not settle it.
 */
function checkConditionalPermissions(
  layers: LayerCache,
  operation: Operation,
  divisionId: string | null,
): LayerResult {
  if (operation.conditionalPermissions.length === 0) return pass("permission");
  // Leaves out permissions that a caveat mentions, because caveats are based on a review of the description.
  const reviewed = new Set(
    operation.caveats.flatMap(({ permissions }) => permissions.map((name) => name.toLowerCase())),
  );
  const conditionalPermissions = operation.conditionalPermissions.filter(
    (name) => !reviewed.has(name.toLowerCase()),
  );
  if (conditionalPermissions.length === 0) return pass("permission");
  const { permissions, recency, policies } = layers.ofPermissions("ALL", conditionalPermissions, divisionId);
  const objection = [permissions, recency, policies].find(({ verdict }) => verdict !== "allowed");
  if (objection === undefined) return pass("permission");
  const summary = `some requests also need ${allOf(conditionalPermissions)}, depending on their content`;
  const evidence: readonly Evidence[] = [{ kind: "note", summary }, ...objection.evidence];
  return refuse(objection.layer, "conditional", evidence, { afterSuccess: "open" });
}

function checkNotes(operation: Operation): LayerResult {
  const evidence: Evidence[] = [];
  if (operation.isPreview) {
    evidence.push({
      kind: "product",
      summary: "a preview operation: no API reports whether this organization may use it",
    });
  }
  if (operation.note !== null) evidence.push({ kind: "note", summary: operation.note });
  if (evidence.length > 0) {
    const layer = operation.isPreview ? "product" : "permission";
    return refuse(layer, "unknown", evidence, { afterSuccess: operation.isPreview ? "settled" : "open" });
  }
  return operation.isDeprecated
    ? pass("product", { kind: "note", summary: "this operation is deprecated" })
    : pass("product");
}

function conclude(results: readonly LayerResult[], requirement: readonly Evidence[]): Decision {
  const objections = results.filter(({ verdict }) => verdict !== "allowed");
  return weigh(objections, [...requirement, ...results.flatMap(({ evidence }) => evidence)]);
}

/** Returns the verdict that follows from the objections; *allowed* when there are none. */
export function weigh(objections: readonly LayerResult[], evidence: readonly Evidence[]): Decision {
  const first = (wanted: VerdictName) => objections.find(({ verdict }) => verdict === wanted);
  const decisive = first("denied") ?? first("unknown") ?? first("conditional");
  const union = (pick: (result: LayerResult) => readonly string[]) => {
    const all = objections.flatMap(pick);
    return all.length < 2 ? all : [...new Set(all)];
  };
  if (decisive === undefined) {
    return { verdict: "allowed", layer: "none", missing: NOTHING_MISSING, evidence, objections };
  }
  return {
    verdict: decisive.verdict,
    layer: decisive.layer,
    missing: {
      permissions: union(({ missing }) => missing.permissions),
      scopes: union(({ missing }) => missing.scopes),
      divisions: union(({ missing }) => missing.divisions),
    },
    evidence,
    objections,
  };
}
