/** An id with the name people know it by; the name is null where it could not be read. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

export interface Division extends Named {
  /** True for the home division, false for others, null when not known. */
  readonly isHome: boolean | null;
}

/** One line of a role: actions on an entity, `*` standing for all at any place. */
export interface PermissionPolicy {
  readonly domain: string;
  readonly entity: string;
  readonly actions: readonly string[];
  /** The role condition as the platform sent it; null when the line holds without one. */
  readonly condition: unknown;
}

export interface Role extends Named {
  readonly policies: readonly PermissionPolicy[];
}

/** A role held in a division. */
export interface Grant {
  readonly role: Role;
  /** `"*"`: in every division. */
  readonly division: Division | "*";
  /** Granted so short a time before it was read that the service may not act on it yet. */
  readonly isRecent: boolean;
}

/** The OAuth client a token was issued to. */
export interface OAuthClient extends Named {
  /** `CLIENT-CREDENTIALS`, `CODE`, `TOKEN`, `SAML2-BEARER`, `PASSWORD`, or what the platform says. */
  readonly grantType: string | null;
  /** `active`, `inactive` (no new tokens), `disabled` (no token works); null when not said. */
  readonly state: string | null;
  /** Scopes configured at the client; they mean nothing for client credentials. */
  readonly scopes: readonly string[] | null;
  readonly roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[] | null;
  readonly organizationId: string | null;
  readonly dateToDelete: string | null;
}

/** One permission as this organization's own catalogue lists it; absent there means: not owned. */
export interface OwnedPermission {
  /** `domain:entity:action`. */
  readonly permission: string;
  readonly label: string | null;
  /** Whether the division of a grant limits it; null when not said. */
  readonly isDivisionAware: boolean | null;
  readonly allowsConditions: boolean | null;
}

/** All of them by `domain:entity:action`: one diagnosis asks for thousands. */
export type OwnedPermissions = ReadonlyMap<string, OwnedPermission>;

/** An attribute-based access policy that applies to the subject. */
export interface AccessPolicy extends Named {
  readonly effect: string;
  readonly isEnabled: boolean;
  /** `domain:entity:action`, parts may be `*`. */
  readonly target: string;
  /** Null when the policy does not say. */
  readonly appliesToClients: boolean | null;
  readonly hasCondition: boolean;
}

/** A request that was made to find something out, with its outcome. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly code: string | null;
  readonly correlationId: string | null;
}

/** Something the token was not allowed to know, or the service could not say. */
export interface Unreadable {
  readonly what:
    | "token"
    | "organization"
    | "user"
    | "grants"
    | "roles"
    | "permission catalogue"
    | "divisions"
    | "access policies"
    | "scope enforcement"
    | "idle timeout";
  /** Why, in words for a person. */
  readonly reason: string;
  /** Any one of these permissions would let us read it; empty when permissions would not help or are not known. */
  readonly permissions: readonly string[];
  /** Any one of these scopes would let us read it, where scopes are enforced. */
  readonly scopes: readonly string[];
  readonly call: Call | null;
}

/** The service refused the token itself: nothing else can be known with it. */
export interface TokenRefusal {
  readonly layer: "token" | "ip";
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly correlationId: string | null;
}

/**
 * Who a token speaks for and what it holds, as far as the token may know it. `null` always means
 * "could not be read"; `unreadable` then says why and what would help.
 */
export interface Principal {
  readonly kind: "user" | "client" | "unknown";
  readonly refusal: TokenRefusal | null;
  readonly client: OAuthClient | null;
  readonly user: (Named & { readonly email: string | null }) | null;
  readonly organization: Named | null;
  /** Differs from `organization` when logged into an organization that trusts the home one. */
  readonly homeOrganization: Named | null;
  readonly scopes: readonly string[] | null;
  /** Whether scopes decide anything for this token: never for client credentials, else only where the organization enforces them. */
  readonly scopesBind: "yes" | "no" | "unknown";
  readonly grants: readonly Grant[] | null;
  /** The organization's own permission catalogue. */
  readonly ownedPermissions: OwnedPermissions | null;
  /** The organization's divisions. */
  readonly divisions: readonly Division[] | null;
  readonly accessPolicies: readonly AccessPolicy[] | null;
  /** The organization's roles, for remedies. */
  readonly roles: readonly Role[] | null;
  readonly idleTimeout: {
    readonly isEnabled: boolean;
    readonly seconds: number | null;
  } | null;
  /** When the idle timeout will end this token, RFC 3339. */
  readonly idlesAt: string | null;
  readonly unreadable: readonly Unreadable[];
  readonly calls: readonly Call[];
}
