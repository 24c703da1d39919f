import type { Operation } from "../../catalogue/operation.ts";
import type { Principal } from "../../platform/principal.ts";
import { type LayerResult, NOTHING_MISSING, pass, refuse } from "../verdict/layer-result.ts";
import type { Evidence, Verdict, VerdictName } from "../verdict/verdict.ts";
import { allOf } from "../verdict/wording.ts";
import { checkAuthentication, checkContext, checkScope } from "./check-token.ts";
import { type LayerCache, openLayerCache } from "./layer-cache.ts";
import { requirementEvidence } from "./requirement-evidence.ts";

/** A verdict before remedies: what the layers say, in the platform's order. */
export interface Decision extends Omit<Verdict, "remedies"> {
  /** Every layer that does not simply let the call pass; the first decides, the others come next. */
  readonly objections: readonly LayerResult[];
}

/**
 * Predicts whether a call passes, walking the layers in the platform's order: token, IP, scope, context,
 * permission, division, condition, access policy, product. A refusal anywhere is a refusal; a doubt
 * anywhere keeps the verdict from being *allowed*.
 * @param divisionId the division of the object the call touches; null when not known
 * @param layers of the same principal; whoever decides about several operations passes one for all
 */
export function decideOperation(
  principal: Principal,
  operation: Operation,
  divisionId: string | null,
  layers: LayerCache = openLayerCache(principal),
): Decision {
  const requirement = [requirementEvidence(operation)];
  const authentication = checkAuthentication(principal, operation);
  if (authentication !== null) return conclude([authentication], requirement);
  if (principal.refusal !== null) return conclude([layers.token], requirement);
  const { permissions, recency, policies } = layers.ofPermissions(
    operation.permissionMode,
    operation.permissions,
    divisionId,
  );
  return conclude(
    [
      layers.token,
      checkScope(principal, operation),
      checkContext(principal, operation),
      permissions,
      recency,
      checkConditionalPermissions(layers, operation, divisionId),
      policies,
      checkNotes(operation),
    ],
    requirement,
  );
}

/** The same for a bare permission: no scope and no context can be asked of it. */
export function decidePermission(
  principal: Principal,
  permission: string,
  divisionId: string | null,
  layers: LayerCache = openLayerCache(principal),
): Decision {
  if (principal.refusal !== null) return conclude([layers.token], []);
  const { permissions, recency, policies } = layers.ofPermissions("ALL", [permission], divisionId);
  return conclude([layers.token, permissions, recency, policies], []);
}

/**
 * Some requests of an operation need more than its list says; which ones is only told in prose. Never more
 * than *conditional*, and a call that passes says nothing of the requests that need more.
 */
function checkConditionalPermissions(
  layers: LayerCache,
  operation: Operation,
  divisionId: string | null,
): LayerResult {
  const { conditionalPermissions } = operation;
  if (conditionalPermissions.length === 0) return pass("permission");
  const { permissions, recency, policies } = layers.ofPermissions("ALL", conditionalPermissions, divisionId);
  const objection = [permissions, recency, policies].find(({ verdict }) => verdict !== "allowed");
  if (objection === undefined) return pass("permission");
  const summary = `some requests also need ${allOf(conditionalPermissions)}, depending on what they ask for`;
  const evidence: readonly Evidence[] = [{ kind: "note", summary }, ...objection.evidence];
  return refuse(objection.layer, "conditional", evidence, { afterSuccess: "open" });
}

function checkNotes(operation: Operation): LayerResult {
  const evidence: Evidence[] = [];
  if (operation.isPreview) {
    evidence.push({
      kind: "product",
      summary: "a preview operation: whether this organization may use it can't be read",
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

/** The decision that a list of objections amounts to: refused, in doubt, or allowed when there is none. */
export function weigh(objections: readonly LayerResult[], evidence: readonly Evidence[]): Decision {
  const first = (wanted: VerdictName) => objections.find(({ verdict }) => verdict === wanted);
  const decisive = first("denied") ?? first("unknown") ?? first("conditional");
  const union = (pick: (result: LayerResult) => readonly string[]) => {
    const all = objections.flatMap(pick);
    return all.length < 2 ? all : [...new Set(all)];
  };
  if (decisive === undefined)
    return { verdict: "allowed", layer: "none", missing: NOTHING_MISSING, evidence, objections };
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
