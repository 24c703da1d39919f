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

/** The facts about a call other than its operation. */
export interface CallCircumstances {
  /** Id of the object's division; null (the default) when it is unknown. */
  readonly divisionId?: string | null;
  /**
   * The operation as the user typed it, possibly with real values in path and query; null (the default) for
   * none.
   */
  readonly name?: string | null;
  /** The reason why another operation may be meant; null (the default) when there is no doubt. */
  readonly caution?: string | null;
  /** Whether the caller itself submitted the object of the call; false (the default) when it is unknown. */
  readonly isSubmitter?: boolean;
}

/** A verdict before remedies, with the objections behind it. */
export interface Decision extends Omit<Verdict, "remedies"> {
  /** The results of the layers that refuse or doubt, in the platform's order. */
  readonly objections: readonly LayerResult[];
}

/**
 * Predicts whether a call passes. It checks the layers in the platform's order: token, IP, scope, context, permission,
 * division, condition, access policy, product, and then the caveats of the operation. One refusal denies the call; one
 * doubt prevents *allowed*.
 * @param layers the layer cache of the same principal; pass the same one for several operations
 */
export function decideOperation(
  principal: Principal,
  operation: Operation,
  { divisionId = null, name = null, caution = null, isSubmitter = false }: CallCircumstances,
  layers: LayerCache = openLayerCache(principal),
): Decision {
  const context = checkContext(principal, operation);
  // The remedy for a client without user context is a login as a user, whose token may need the scope.
  const requirement = [
    requirementEvidence(operation, context.verdict === "allowed" ? principal.scopesBind : "unknown"),
  ];
  const authentication = checkAuthentication(principal, operation);
  if (authentication !== null) return conclude([authentication], requirement);
  if (principal.refusal !== null) return conclude([layers.token], requirement);
  const question = {
    principal,
    operation,
    divisionId,
    values: readRequestValues(operation.path, name),
    layers,
    isSubmitter,
  };
  const { permissions, recency, policies } = waivePermissions(
    layers.ofPermissions(operation.permissionMode, operation.permissions, divisionId),
    question,
  );
  return conclude(
    [
      layers.token,
      checkPathValues(question.values, caution),
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

/** Predicts whether bare permissions are held. They have no scope and no user context to check. */
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
 * Checks the permissions that only some requests of an operation need. Only prose describes which requests,
 * so the verdict is never worse than *conditional*, and a successful call does not settle it.
 */
function checkConditionalPermissions(
  layers: LayerCache,
  operation: Operation,
  divisionId: string | null,
): LayerResult {
  if (operation.conditionalPermissions.length === 0) return pass("permission");
  // A caveat is a reviewed reading of the sentence that mentions such a permission.
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

/** Returns the decision that a list of objections leads to; *allowed* when the list is empty. */
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
