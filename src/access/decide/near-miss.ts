import type { Principal } from "../../platform/reading/principal.ts";
import { type Holding, splitPermission } from "../verdict/holdings.ts";
import type { Evidence } from "../verdict/verdict.ts";
import { allOf, describeGrants, divisionName } from "../verdict/wording.ts";

const MOST_SHOWN = 3;

/**
 * Lists near misses for a missing permission: it is held in another division, or the principal holds a different
 * action of the same entity. Such grants look right in the role editor and mislead people.
 */
export function nearMisses(
  principal: Principal,
  holdings: readonly Holding[],
  divisionId: string | null,
): readonly Evidence[] {
  return holdings.flatMap((holding) => {
    switch (holding.state) {
      case "other-divisions":
        return [otherDivision(principal, holding, divisionId)];
      case "absent":
        return otherActions(principal, holding.permission);
      default:
        return [];
    }
  });
}

function otherDivision(
  principal: Principal,
  { permission, grants, conditionalGrants }: Holding,
  divisionId: string | null,
): Evidence {
  const held = [...grants, ...conditionalGrants];
  // If the grants could not be read, other evidence about this permission names the divisions.
  const holders = held.length === 0 ? "" : `: it is held by ${describeGrants(held)}`;
  return {
    kind: "near-miss",
    summary: `\`${permission}\` is held, but not in division ${divisionName(principal, divisionId ?? "")}${holders}`,
    permission,
    division: divisionId,
  };
}

function otherActions(principal: Principal, permission: string): readonly Evidence[] {
  const parts = splitPermission(permission);
  if (parts === null) return [];
  const [domain, entity] = parts;
  const held = new Map<string, string>();
  for (const grant of principal.grants ?? []) {
    for (const policy of grant.role.policies) {
      // A wildcard in domain or entity would match the permission, so the permission would be held.
      if (policy.domain !== domain || policy.entity !== entity) continue;
      for (const action of policy.actions) held.set(`${domain}:${entity}:${action}`, describeGrants([grant]));
    }
  }
  if (held.size === 0) return [];
  const shown = [...held.keys()].slice(0, MOST_SHOWN);
  return [
    {
      kind: "near-miss",
      summary: `${held.size === 1 ? "a similar permission is" : "similar permissions are"} held: ${allOf(shown)} (${held.get(shown[0] ?? "")})`,
      permission,
      held: [...held.keys()],
    },
  ];
}
