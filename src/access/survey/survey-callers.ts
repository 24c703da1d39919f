import type { Operation } from "../../catalogue/facts/operation.ts";
import type { AccessPolicy, Principal, Role } from "../../platform/reading/principal.ts";
import { openDiagnosis } from "../diagnose.ts";
import type { Layer, Verdict, VerdictName } from "../verdict/verdict.ts";

/** Whether a caller could call an operation. */
export interface CallerVerdict {
  readonly verdict: VerdictName;
  readonly layer: Layer;
  /** The decisive evidence, as one sentence. */
  readonly summary: string;
}

export interface SurveyedClient extends CallerVerdict {
  readonly principal: Principal;
  /**
   * A scope of the client that the operation accepts. Null if it has none, or if scopes do not restrict the
   * client.
   */
  readonly scope: string | null;
}

/** A role, with the verdict on a user or client that holds only this role, granted in every division. */
export interface SurveyedRole extends CallerVerdict {
  readonly role: Role;
  /** The missing permissions, when the role grants some but not all of those required. */
  readonly missing: readonly string[];
}

/**
 * Diagnoses one operation for each OAuth client of an organization.
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
 * Diagnoses one operation for each role of an organization, as if the role were the only one and granted in
 * every division. Ignores scopes and the kind of token, because they do not depend on roles.
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
    // In mode ANY, one permission is enough, so only in mode ALL can a role grant part of what is required.
    const isPart = operation.permissionMode === "ALL" && permissions.length < operation.permissions.length;
    return { role, missing: isPart ? permissions : [], ...describe(verdict) };
  });
}

/** Treats every DENY policy as conditional, because it may apply only to other subjects. */
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

/** The kinds of evidence that best explain a verdict at each layer, best first. */
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
