import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import type { RemedyQuestion } from "./question.ts";

const USE_OWN_ID: Remedy = {
  kind: "use-operation",
  summary: "use the id of the token's user, or log in as the user with this id; no permission replaces that",
};

const LOG_IN_AS_CLIENT: Remedy = {
  kind: "log-in-as-client",
  summary: "use a token from a login with client credentials; this operation never accepts a user's token",
};

/** Returns the remedies when an operation needs a different kind of token than this principal has. */
export function contextRemedies({ operation }: Pick<RemedyQuestion, "operation">): readonly Remedy[] {
  if (operation?.otherAuthentication != null) {
    return [
      {
        kind: "use-operation",
        summary:
          "get the guest's own token from the conversation or deployment; an OAuth token cannot replace it",
      },
    ];
  }
  if (operation?.namesOtherUser === true) return [USE_OWN_ID];
  if (operation?.grantRule === "client-credentials-only") return [LOG_IN_AS_CLIENT];
  return [logInAsUser(operation?.path.includes("/me") === true)];
}

/** Returns the usual remedies when the service reports the wrong kind of token. */
export function usualContextRemedies({
  isUserRequired,
}: Pick<RefusalFacts, "isUserRequired">): readonly Remedy[] {
  return isUserRequired
    ? [{ ...logInAsUser(true), command: "genscope login --grant pkce" }]
    : [LOG_IN_AS_CLIENT];
}

function logInAsUser(hasOtherOperation: boolean): Remedy {
  const other = hasOtherOperation ? ", or use the operation that takes the user's id instead of `me`" : "";
  return {
    kind: "log-in-as-user",
    summary: `log in as a user (authorization code with PKCE)${other}; no role gives a client a user context`,
  };
}
