import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf, describeClient, isOther } from "../verdict/wording.ts";
import { AUTHORIZED_APPLICATIONS_MENU, scopesMenu } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";
import { readingRemedies } from "./reading-remedies.ts";

const APPROVE_APPLICATION: Remedy = {
  kind: "log-in-again",
  summary:
    "if the organization authorizes applications, have an administrator approve the new scope before you log in again",
  menuPath: AUTHORIZED_APPLICATIONS_MENU,
};

/**
 * The error code of a login that requested an invalid scope (RFC 6749 section 4.1.2.1). No operation was called.
 */
const INVALID_SCOPE = "invalid_scope";
const LEAVE_SCOPE_OUT: Remedy = {
  kind: "fix-credentials",
  summary:
    "omit `scope` from the login, or request only scopes that are selected in the OAuth client (`genscope catalog search` lists those of an operation)",
  menuPath: scopesMenu(null),
};

/** Returns the changes that add the scope that the principal's OAuth client lacks. */
export function scopeRemedies(
  principal: Principal,
  objection: LayerResult,
  { operation }: RemedyQuestion,
): readonly Remedy[] {
  const { scopes } = objection.missing;
  const reading = readingRemedies(objection);
  if (principal.scopes === null && isScopeRefused(principal)) {
    return [
      {
        kind: "add-scope",
        summary: `add ${allOf(["user-basic-info", ...narrowest(operation?.scopes ?? [])])} to the scopes of ${describeClient(principal)} and log in again: this token cannot even read its own scopes`,
        menuPath: scopesMenu(principal),
      },
      APPROVE_APPLICATION,
      ...reading,
    ];
  }
  // The scopes depend on the user's OAuth client, which is unknown, so the only remedies are ways to read it.
  if (isOther(principal) && principal.scopes === null) return reading;
  if (scopes.length === 0) {
    return reading.length > 0
      ? reading
      : [{ kind: "check-live", summary: "read the published scopes", command: "genscope catalog update" }];
  }
  const [scope = ""] = narrowest(scopes);
  return [
    { ...addScope(`\`${scope}\``, principal), scope, alternatives: scopes },
    APPROVE_APPLICATION,
    ...reading,
  ];
}

/** Describes the missing scope, as one sentence without a final period. */
export function meaningOfScope({ code, named }: Pick<RefusalFacts, "code" | "named">): string {
  if (code === INVALID_SCOPE) {
    return "the login asks for a scope that the platform does not know, or that the OAuth client does not have; the platform has no scopes such as `openid` or `offline_access`";
  }
  return `the OAuth client lacks ${named.scopes.length === 0 ? "the scope that the operation needs" : `scope ${anyOf(named.scopes)}`}; this organization enforces scopes for the tokens of users, and permissions were not checked yet`;
}

/** Returns the usual remedies when the service reports that a scope is missing. */
export function usualScopeRemedies({ code, operation, named }: RefusalFacts): readonly Remedy[] {
  if (code === INVALID_SCOPE) return [LEAVE_SCOPE_OUT, APPROVE_APPLICATION];
  const [scope] = narrowest(named.scopes.length > 0 ? named.scopes : (operation?.scopes ?? []));
  return [
    addScope(scope === undefined ? "that the operation lists" : `\`${scope}\``, null),
    APPROVE_APPLICATION,
  ];
}

function addScope(scope: string, principal: Principal | null): Remedy {
  const client = principal === null ? "the OAuth client" : describeClient(principal);
  return {
    kind: "add-scope",
    summary: `add scope ${scope} to ${client}, then log in again: a token keeps the scopes it was issued with`,
    menuPath: scopesMenu(principal),
  };
}

/** Whether the token cannot read its own scopes because a scope is missing. */
function isScopeRefused({ unreadable }: Principal): boolean {
  return unreadable.some(
    ({ what, call }) => what === "token" && call?.code === "app.not.authorized.for.scope",
  );
}

/**
 * Returns the narrowest of several alternative scopes, as a list of at most one: the first that ends with
 * `:readonly`, or the first of all if none does.
 */
function narrowest(scopes: readonly string[]): readonly string[] {
  return scopes
    .filter((name) => name.endsWith(":readonly"))
    .concat(scopes)
    .slice(0, 1);
}
