import type { Operation } from "../../catalogue/facts/operation.ts";
import type { AccessPolicy, Principal, Role } from "../../platform/reading/principal.ts";
import { openDiagnosis } from "../diagnose.ts";
import type { Layer, Verdict, VerdictName } from "../verdict/verdict.ts";

/** The verdict on what a caller could do with an operation. */
export interface CallerVerdict {
  readonly verdict: VerdictName;
  readonly layer: Layer;
  /** The decisive evidence in one sentence. */
  readonly summary: string;
}

/** An OAuth client with its verdict. */
export interface SurveyedClient extends CallerVerdict {
  readonly principal: Principal;
  /**
   * An accepted scope that the client has; null if absent, and for a client whose scopes have no
   * effect.
   */
  readonly scope: string | null;
}

/** A role with the verdict on a user or client that holds only this role, in every division. */
export interface SurveyedRole extends CallerVerdict {
  readonly role: Role;
  /** The permissions that another role must add. */
  readonly missing: readonly string[];
}

/**
 * Judges the OAuth clients of an organization for one operation.
 * @param principals one per client, with every access policy of the organization
 * @param divisionId id of the object's division; null when it is unknown
 */
export function surveyClients(
  principals: readonly Principal[],
  operation: Operation,
  divisionId: string | null,
): readonly SurveyedClient[] {
  return principals.map((principal) => {
    const verdict = openDiagnosis(withOpenPolicies(principal))(
      { kind: "operation", operation },
      { divisionId },
    );
    const scope =
      principal.kind === "client"
        ? null
        : (operation.scopes?.find((each) => principal.scopes?.includes(each)) ?? null);
    return { principal, scope, ...describe(verdict) };
  });
}

/**
 * Judges the roles of an organization for one operation, each as if it were the only one and granted in every
 * division. Scopes and the kind of the token are ignored, because roles do not affect them.
 * @param organization any principal of the organization, for its divisions, permissions and policies
 */
export function surveyRoles(
  roles: readonly Role[],
  operation: Operation,
  organization: Principal,
): readonly SurveyedRole[] {
  const kind = operation.grantRule === "client-credentials-only" ? "client" : "user";
  return roles.map((role) => {
    const holder: Principal = {
      ...withOpenPolicies(organization),
      kind,
      scopesBind: "no",
      grants: [{ role, division: "*", isRecent: false }],
      answers: null,
      tokenDoubts: [],
    };
    const verdict = openDiagnosis(holder)({ kind: "operation", operation });
    const { permissions } = verdict.missing;
    // For ANY one permission is enough, so a role without any of them adds nothing.
    const isPart = operation.permissionMode === "ALL" && permissions.length < operation.permissions.length;
    return { role, missing: isPart ? permissions : [], ...describe(verdict) };
  });
}

/** A policy that denies may apply to another subject, so no policy is certain to deny. */
function withOpenPolicies(principal: Principal): Principal {
  const { accessPolicies } = principal;
  const open = (policy: AccessPolicy): AccessPolicy =>
    policy.effect.toUpperCase() === "ALLOW" ? policy : { ...policy, hasCondition: true };
  return { ...principal, accessPolicies: accessPolicies?.map(open) ?? null };
}

function describe({ verdict, layer, evidence }: Verdict): CallerVerdict {
  const wanted = KINDS[layer] ?? [];
  const found = wanted.flatMap((kind) => evidence.filter((each) => each.kind === kind));
  return { verdict, layer, summary: (found[0] ?? evidence.at(-1))?.summary ?? "" };
}

/** The kinds of evidence that are most informative about a layer, best first. */
const KINDS: Partial<Readonly<Record<Layer, readonly Verdict["evidence"][number]["kind"][]>>> = {
  none: ["grant", "context", "scope"],
  token: ["unreadable", "near-miss"],
  scope: ["unreadable", "scope"],
  context: ["context"],
  permission: ["unreadable", "grant", "caveat"],
  division: ["grant", "caveat"],
  condition: ["grant", "condition", "caveat"],
  policy: ["policy", "unreadable"],
  product: ["product", "note"],
};
