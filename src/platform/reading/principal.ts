/** An id with its display name; the name is null when it could not be read. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

export interface Division extends Named {
  /** True for the home division, false for others, null when unknown. */
  readonly isHome: boolean | null;
}

/** One permission policy of a role: actions on an entity, with `*` as a wildcard in any part. */
export interface PermissionPolicy {
  readonly domain: string;
  readonly entity: string;
  readonly actions: readonly string[];
  /** The role condition as the platform sent it; null for an unconditional policy. */
  readonly condition: unknown;
}

export interface Role extends Named {
  readonly policies: readonly PermissionPolicy[];
  /**
   * The role's permissions that consist of only one part, such as `admin`; absent when the response does not list them.
   */
  readonly legacyPermissions?: readonly string[];
}

/** A role granted in a division. */
export interface Grant {
  readonly role: Role;
  /** Division id, or `"*"` for every division. */
  readonly division: Division | "*";
  /** Whether the grant is so recent that the service may not enforce it yet. */
  readonly isRecent: boolean;
  /**
   * Id of the group that the grant comes through; absent for a subject's own grant, and when groups were not
   * requested.
   */
  readonly groupId?: string;
}

/** The OAuth client that a token was issued to. */
export interface OAuthClient extends Named {
  /** `CLIENT-CREDENTIALS`, `CODE`, `TOKEN`, `SAML2-BEARER`, `PASSWORD`, or another value that the platform sent. */
  readonly grantType: string | null;
  /** `active`, `inactive` (no new tokens), `disabled` (no token works); null when the platform sent none. */
  readonly state: string | null;
  /** Scopes configured for the client; they have no effect for client credentials. */
  readonly scopes: readonly string[] | null;
  readonly roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[] | null;
  readonly organizationId: string | null;
  readonly dateToDelete: string | null;
}

/** One permission of this organization's own catalog. A permission absent there is not owned. */
export interface OwnedPermission {
  /** Permission as `domain:entity:action`. */
  readonly permission: string;
  readonly label: string | null;
  /** Whether the division of a grant restricts it; null when the platform sent no value. */
  readonly isDivisionAware: boolean | null;
}

/** Permissions by `domain:entity:action`, a map because one diagnosis looks up thousands. */
export type OwnedPermissions = ReadonlyMap<string, OwnedPermission>;

/** The permissions of all of a user's roles, without their divisions (`users/me`). */
export interface UserPermissions {
  /** Names as the service sent them: with wildcards, with only one part, or with a division as a fourth part. */
  readonly names: readonly string[];
  /** The policies behind the names; null when the response contains none that can be parsed. */
  readonly policies: readonly PermissionPolicy[] | null;
}

/** Results of checking single permissions, for a token whose list of grants could not be read. */
export interface PermissionAnswers {
  /**
   * The divisions in which the service grants each permission, by permission; `"*"` for all of them. A
   * permission that was not checked is absent. A role condition may limit it further.
   */
  readonly permitted: ReadonlyMap<string, readonly Division[] | "*">;
  /** Permissions of the user's roles; null for a client, and when they could not be read. */
  readonly ofUser: UserPermissions | null;
}

/** An attribute-based access policy that applies to the subject. */
export interface AccessPolicy extends Named {
  readonly effect: string;
  readonly isEnabled: boolean;
  /** Permission pattern `domain:entity:action`; each part may be `*`. */
  readonly target: string;
  /** Whether the policy also applies to OAuth clients; null when the response does not contain the setting. */
  readonly appliesToClients: boolean | null;
  readonly hasCondition: boolean;
}

/** A request that was made for a diagnosis, with its outcome. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Status of the response; null without a response. */
  readonly status: number | null;
  readonly code: string | null;
  readonly correlationId: string | null;
}

/** Facts that a diagnosis can request beyond the token and its organization. Each costs at least one call. */
export type Fact =
  | "user"
  | "grants"
  | "roles"
  | "permission catalogue"
  | "divisions"
  | "access policies"
  | "scope enforcement"
  | "idle timeout";

/** A fact that the token is not allowed to read, or that the service could not provide. */
export interface Unreadable {
  readonly what: "token" | "organization" | Fact;
  /** The reason, as plain text for the user. */
  readonly reason: string;
  /**
   * Any one of these permissions makes the fact readable; empty when no permission would help or none is
   * known.
   */
  readonly permissions: readonly string[];
  /** Any one of these scopes makes the fact readable, where scopes are enforced. */
  readonly scopes: readonly string[];
  readonly call: Call | null;
}

/**
 * A fact about a principal that only its own token would reveal. It makes a verdict weaker, never stronger.
 */
export interface TokenDoubt {
  /** `token`: its tokens may not work. `scope`: its tokens may lack a scope that the OAuth client has. */
  readonly layer: "token" | "scope";
  /** The reason, as plain text for the user. */
  readonly reason: string;
  /** Any one of these permissions settles the doubt; empty when no permission would help. */
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
}

/** The service refused the token itself, so nothing else is known. */
export interface TokenRefusal {
  readonly layer: "token" | "ip";
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly correlationId: string | null;
}

/**
 * The identity behind a token and its grants, limited to what the token may read. `null` always means "could not be
 * read"; `unreadable` then gives the reason and a remedy.
 */
export interface Principal {
  readonly kind: "user" | "client" | "unknown";
  readonly refusal: TokenRefusal | null;
  readonly client: OAuthClient | null;
  readonly user: (Named & { readonly email: string | null }) | null;
  readonly organization: Named | null;
  /**
   * Differs from `organization` when the user works in an organization that trusts their home organization.
   */
  readonly homeOrganization: Named | null;
  readonly scopes: readonly string[] | null;
  /**
   * Whether scopes affect this token: never for client credentials, otherwise only where the organization
   * enforces them.
   */
  readonly scopesBind: "yes" | "no" | "unknown";
  readonly grants: readonly Grant[] | null;
  /** Results of checking single permissions; null when the grants were read, and when no other source responded. */
  readonly answers: PermissionAnswers | null;
  /** The organization's own permission catalog. */
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
  /** Time at which the idle timeout will end this token, RFC 3339. */
  readonly idlesAt: string | null;
  readonly unreadable: readonly Unreadable[];
  readonly calls: readonly Call[];
  /**
   * Present for an identity that was read with another identity's token; absent for the identity behind the token in
   * use.
   */
  readonly tokenDoubts?: readonly TokenDoubt[];
}
