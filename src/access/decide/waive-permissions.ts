import type { Caveat } from "../../catalogue/facts/caveat.ts";
import { type LayerResult, pass } from "../verdict/layer-result.ts";
import type { CaveatQuestion } from "./caveat-question.ts";
import { caveatEvidence } from "./caveat-result.ts";
import type { PermissionLayers } from "./layer-cache.ts";

/**
 * Weakens a refusal when some calls do not need the missing permissions, such as calls by the owner or calls without
 * references. Returns `checked` unchanged when any other permission is missing too.
 */
export function waivePermissions(checked: PermissionLayers, question: CaveatQuestion): PermissionLayers {
  if (!isDenied(checked)) return checked;
  const { operation, divisionId, layers } = question;
  const waivers = operation.caveats.filter(({ effect }) => effect === "denied-becomes-conditional");
  const [first] = waivers;
  if (first === undefined) return checked;
  const waived = new Set(waivers.flatMap(({ permissions }) => permissions));
  const rest = operation.permissions.filter((permission) => !waived.has(permission));
  // In mode ANY, one permission is enough, so waiving one of them waives the whole list.
  const isWhole =
    operation.permissionMode === "ANY" ? rest.length < operation.permissions.length : rest.length === 0;
  if (!isWhole && isDenied(layers.ofPermissions(operation.permissionMode, rest, divisionId))) return checked;
  return {
    permissions: weaken(checked.permissions, first),
    recency: pass("permission"),
    policies: weaken(checked.policies, first),
  };
}

function isDenied({ permissions, policies }: PermissionLayers): boolean {
  return permissions.verdict === "denied" || policies.verdict === "denied";
}

function weaken(result: LayerResult, caveat: Caveat): LayerResult {
  if (result.verdict !== "denied") return result;
  return {
    ...result,
    verdict: "conditional",
    evidence: [...result.evidence, caveatEvidence(caveat)],
    missing: { permissions: [], scopes: [], divisions: [] },
    afterSuccess: "settled",
    caveat,
    settledBy: result.missing.permissions,
  };
}
