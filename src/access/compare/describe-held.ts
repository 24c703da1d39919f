import type { Principal } from "../../platform/reading/principal.ts";
import { holdingOf } from "../verdict/holding-of.ts";
import type { HoldingState } from "../verdict/holdings.ts";
import { describeGrants } from "../verdict/wording.ts";

/** Describes how a principal holds a permission, for a table cell. */
export function describeHeld(
  principal: Principal,
  permission: string,
  divisionId: string | null,
): { readonly state: HoldingState; readonly summary: string } {
  const { state, grants, conditionalGrants, doubt } = holdingOf(principal, permission, divisionId);
  switch (state) {
    case "held":
    case "some-divisions":
      return { state, summary: describeGrants(grants) };
    case "condition":
      return { state, summary: `under a condition: ${describeGrants(conditionalGrants)}` };
    case "other-divisions":
      return {
        state,
        summary: `in another division only: ${describeGrants([...grants, ...conditionalGrants])}`,
      };
    case "absent":
      return { state, summary: "in no role" };
    case "unowned":
      return { state, summary: "not owned by the organization" };
    case "unknown":
      return { state, summary: `unknown: ${doubt?.reason ?? "could not be read"}` };
  }
}
