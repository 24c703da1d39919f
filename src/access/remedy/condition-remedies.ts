import type { Principal } from "../../platform/reading/principal.ts";
import { grantsHolding, splitPermission } from "../verdict/holdings.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { anyOf } from "../verdict/wording.ts";
import { ROLE_EDITOR_MENU } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";
import { readingRemedies } from "./reading-remedies.ts";

/**
 * Returns the remedies for a permission that is held only under a role condition: edit the condition in those roles.
 * When the grants could not be read, returns the remedies that make them readable.
 */
export function conditionRemedies(
  principal: Principal,
  objection: LayerResult,
  { permissions }: RemedyQuestion,
): readonly Remedy[] {
  const roles = new Set(
    permissions.flatMap((permission) => {
      const parts = splitPermission(permission);
      if (parts === null) return [];
      return grantsHolding(principal.grants ?? [], parts).conditionalGrants.map(
        ({ role }) => role.name ?? role.id,
      );
    }),
  );
  // Without grants, it is not known whether there is a condition.
  if (principal.grants === null) return readingRemedies(objection);
  if (roles.size === 0) return usualConditionRemedies();
  const names = [...roles].map((name) => `"${name}"`).join(" or ");
  return [
    editCondition(
      `widen or remove the condition on ${anyOf(permissions)} in role ${names} if the objects you need are outside it`,
    ),
  ];
}

/** Returns the usual remedies when the condition of a role excludes the object. */
export function usualConditionRemedies(): readonly Remedy[] {
  return [
    editCondition("widen the role's condition (teams, queues, groups), or assign a role without a condition"),
  ];
}

function editCondition(summary: string): Remedy {
  return { kind: "edit-condition", summary, menuPath: ROLE_EDITOR_MENU };
}
