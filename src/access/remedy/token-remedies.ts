import type { Principal } from "../../platform/reading/principal.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { describeClient } from "../verdict/wording.ts";
import { clientMenu } from "./menu-path.ts";

const NEW_TOKEN = "get a new token: this one is expired, revoked, idle for too long, or from another region";

/** The platform limited the tokens of a user to 10 in 2017; whether it still does is not published. */
const TOO_MANY_TOKENS: Remedy = {
  kind: "none",
  summary:
    "if fresh tokens stop working at random, request one and share it: too many tokens of one client or user can end the oldest",
};

/** Returns what helps when this principal's token is refused. */
export function tokenRemedies(principal: Principal): readonly Remedy[] {
  if (principal.client?.state?.toLowerCase() === "disabled") {
    return [
      {
        kind: "enable-client",
        summary: `set ${describeClient(principal)} to Active`,
        menuPath: clientMenu(principal),
      },
    ];
  }
  return [
    {
      kind: "log-in-again",
      summary: `${NEW_TOKEN}; a token from \`GENESYSCLOUD_ACCESS_TOKEN\` must be replaced at its source`,
      command: "genscope login",
    },
    checkClient(principal),
  ];
}

/** Returns what usually helps when a token is refused that cannot be read. */
export function usualTokenRemedies({ code }: Pick<RefusalFacts, "code">): readonly Remedy[] {
  return code === "authentication.required"
    ? [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }]
    : [
        { kind: "log-in-again", summary: NEW_TOKEN, command: "genscope whoami" },
        checkClient(null),
        TOO_MANY_TOKENS,
      ];
}

function checkClient(principal: Principal | null): Remedy {
  return {
    kind: "enable-client",
    summary:
      "if a new token is refused too, check that the OAuth client is Active, its secret is current and the region is that of the organization",
    menuPath: clientMenu(principal),
  };
}
