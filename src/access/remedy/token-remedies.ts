import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { describeClient, isOther } from "../verdict/wording.ts";
import { addressRemedies } from "./address-remedies.ts";
import { clientMenu, INTEGRATION_MENU } from "./menu-path.ts";
import { readingRemedies } from "./reading-remedies.ts";

/** The code for an expired token. A token that is refused for another reason gets a different code. */
const EXPIRED = "credentials.expired";

/** Returns the advice to get a new token, with the reason if the error code shows it. */
function newToken(code: string | null): string {
  return code === EXPIRED
    ? "get a new token: this one has expired"
    : "get a new token: this one is expired, revoked, idle for too long, or from another region";
}

/**
 * Remedy for a limit on tokens. In 2017, the platform allowed 10 tokens per user. Whether that still applies is
 * not published.
 */
const TOO_MANY_TOKENS: Remedy = {
  kind: "none",
  summary:
    "if fresh tokens stop working at random, request one and share it: too many tokens for one client or user can invalidate the oldest",
};

/** Returns the remedies when the service refuses this principal's token; null when it accepts the token. */
export function remediesOfRefusal(principal: Principal): readonly Remedy[] | null {
  if (principal.refusal === null) return null;
  return principal.refusal.layer === "ip" ? addressRemedies([]) : tokenRemedies(principal);
}

/** Returns the remedies when the principal's token is refused. */
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
      summary: `${newToken(principal.refusal?.code ?? null)}; a token from \`GENESYSCLOUD_ACCESS_TOKEN\` must be replaced at its source`,
      command: "genscope login",
    },
    checkClient(principal),
  ];
}

/**
 * Returns the remedies for a refused token. For another identity, returns how to find out whether it has a valid
 * token.
 */
export function doubtedTokenRemedies(principal: Principal, objection: LayerResult): readonly Remedy[] {
  return isOther(principal) && objection.verdict === "unknown"
    ? readingRemedies(objection)
    : tokenRemedies(principal);
}

/** Remedy for an identity provider that provisions users (SCIM). It stores a token and never renews it. */
const TOKEN_OF_PROVISIONING: Remedy = {
  kind: "fix-credentials",
  summary:
    "request a new token with the OAuth client for SCIM, and store it in the provisioning settings of the identity provider (Entra ID, Okta and others): the stored one is not accepted",
};

const CREDENTIALS_OF_INTEGRATION: Remedy = {
  kind: "fix-credentials",
  summary:
    "check the credentials of the data action's integration: its OAuth client must be Active, with the current secret, in the organization's region; then test the action again",
  menuPath: INTEGRATION_MENU,
};

type RefusedTokenFacts = Pick<RefusalFacts, "code" | "message" | "isOfDataAction">;

/** The meaning of a 401 when the paste shows only the status. The API declares four codes for it. */
const BARE =
  "without its body, a 401 shows only that the platform did not accept the caller: the token is missing, expired, revoked, idle for too long or from another region, its client is disabled, or the caller's address is not allowed";

const PRINT_BODY: Remedy = {
  kind: "none",
  summary:
    "print the response body: its code shows whether the header, the token or the caller's address was refused",
};

const SEND_NEW_TOKEN: Remedy = {
  kind: "log-in-again",
  summary: "send a new token in the header `Authorization: Bearer <token>`",
};

/** Whether the paste shows only the status of a response, without a code or message. */
function isBare({ code, message, isOfDataAction }: RefusedTokenFacts): boolean {
  return code === null && message === null && !isOfDataAction;
}

/** Explains why a token is refused, as one sentence without a final period. */
export function meaningOfToken(facts: RefusedTokenFacts): string {
  const { code, isOfDataAction } = facts;
  if (isBare(facts)) return BARE;
  if (code === "authentication.required") return "no bearer token arrived with the request";
  if (code === EXPIRED && !isOfDataAction) return "the token has expired";
  return isOfDataAction
    ? "the platform refused the data action's own call: it does not accept the integration's credentials"
    : "the token is not accepted: it has expired, was revoked, was idle for too long or is from another region, or its client is disabled";
}

/** Returns the usual remedies for a refused token when nothing else is known about it. */
export function usualTokenRemedies(facts: RefusedTokenFacts & Pick<RefusalFacts, "path">): readonly Remedy[] {
  const { code, isOfDataAction, path } = facts;
  if (isOfDataAction) return [CREDENTIALS_OF_INTEGRATION];
  if (path !== null && /\/scim\//i.test(path) && code !== "authentication.required") {
    return [TOKEN_OF_PROVISIONING, checkClient(null)];
  }
  if (isBare(facts)) return [PRINT_BODY, SEND_NEW_TOKEN, checkClient(null), TOO_MANY_TOKENS];
  return code === "authentication.required"
    ? [{ kind: "fix-credentials", summary: "send the header `Authorization: Bearer <token>`" }]
    : [{ kind: "log-in-again", summary: newToken(code) }, checkClient(null), TOO_MANY_TOKENS];
}

function checkClient(principal: Principal | null): Remedy {
  return {
    kind: "enable-client",
    summary:
      "if a new token is refused too, check that the OAuth client is Active, that its secret is current and that the call goes to the organization's region",
    menuPath: clientMenu(principal),
  };
}
