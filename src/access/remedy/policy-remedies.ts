import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf } from "../verdict/wording.ts";
import { checkLive } from "./live-remedies.ts";
import { ACCESS_POLICIES_MENU } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";
import { readingRemedies } from "./reading-remedies.ts";

/** Returns the remedies for an access policy that denies or may deny the call. */
export function policyRemedies(
  _principal: Principal,
  objection: LayerResult,
  question: RemedyQuestion,
): readonly Remedy[] {
  if (objection.evidence.some(({ kind }) => kind === "unreadable")) {
    return [...readingRemedies(objection), ...checkLive(question)];
  }
  const policies = objection.evidence.filter(({ kind }) => kind === "policy").map(({ policy }) => policy);
  const summary =
    objection.verdict === "denied"
      ? "change the access policy: narrow it, or stop applying it to OAuth clients; DENY wins over every role"
      : "check whether the access policy's condition covers the objects you need";
  return [{ kind: "change-policy", summary, menuPath: ACCESS_POLICIES_MENU, policies }];
}

/** Returns the usual remedies when the service reports that an access policy denies the call. */
export function usualPolicyRemedies({ named }: Pick<RefusalFacts, "named">): readonly Remedy[] {
  const policy =
    named.policies.length === 0
      ? "the access policy that denies the call"
      : `access policy ${allOf(named.policies)}`;
  return [
    {
      kind: "change-policy",
      summary: `change ${policy}: DENY wins over every role and scope`,
      menuPath: ACCESS_POLICIES_MENU,
    },
  ];
}
