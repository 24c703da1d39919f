import type { OwnedPermission } from "./permissions.ts";

/** The value in a grant that means all divisions. */
export const ALL_DIVISIONS = "*";

export interface Division {
  readonly id: string;
  readonly name: string;
}

/** A comparison (`variableName`, `operator`, `operands`), or a combination of comparisons (`conjunction`, `terms`). */
export interface ConditionNode {
  readonly variableName?: string | undefined;
  readonly operator?: "EQ" | "IN" | "GE" | "GT" | "LE" | "LT" | undefined;
  readonly operands?: readonly { readonly type: string; readonly value: string }[] | undefined;
  readonly conjunction?: "AND" | "OR" | undefined;
  readonly terms?: readonly ConditionNode[] | undefined;
}

/** A permission policy of a role; `*` is a wildcard in any of the three parts. */
export interface PermissionPolicy {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
  /** The role condition. The policy applies only while it holds. */
  readonly resourceConditionNode: ConditionNode | null;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissionPolicies: readonly PermissionPolicy[];
  /** Permissions with only one part, such as `admin`. The platform lists them separately from the policies. */
  readonly legacyPermissions?: readonly string[];
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly divisionId: string;
  /** Set for a user who belongs to another organization that this one trusts. */
  readonly home: { readonly organizationId: string; readonly userId: string } | null;
}

export type ClientState = "active" | "inactive" | "disabled";

export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly authorizedGrantType: "CLIENT-CREDENTIALS" | "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD";
  /** Scopes configured for the client. They have no effect for client credentials. */
  readonly scope: readonly string[];
  /** Whether an administrator has approved the app. It matters only when scopes are enforced. */
  readonly isApproved: boolean;
  readonly state: ClientState;
  /** Token lifetime in seconds, 300 to 172800. */
  readonly accessTokenValiditySeconds: number;
  readonly registeredRedirectUri: readonly string[];
  /** CIDR ranges from which this client may call; empty for any address. */
  readonly allowedIpRanges: readonly string[];
  readonly description?: string;
  /** Creation time in milliseconds since the Unix epoch; by default 200 days before the start. */
  readonly createdAtMs?: number;
  readonly modifiedAtMs?: number;
  /** Time at which the platform deletes an inactive client, in milliseconds since the Unix epoch. */
  readonly deletedAtMs?: number;
  /** Whether the client belongs to one of the platform's own or embedded apps. API usage omits their requests. */
  readonly isInterface?: boolean;
}

/** A role granted to a user, a client or a group in one division, or in all. */
export interface Grant {
  readonly roleId: string;
  readonly divisionId: string;
  readonly grantedAtMs: number;
}

/** A group of users that roles can be granted to. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
}

/** An attribute-based access policy. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly effect: "ALLOW" | "DENY";
  /** `ALL` for everyone, otherwise the id of the subject. */
  readonly subject: { readonly type: "ALL" | "USER" | "CLIENT"; readonly id: string | null };
  /** Permission pattern `domain:entity:action`; each part may be `*`. */
  readonly targetResource: string;
  readonly applyToClients: boolean;
  readonly enabled: boolean;
  readonly condition: ConditionNode | null;
}

/** An object that an id in a path can refer to, with its division and with its attributes for conditions. */
export interface PlacedObject {
  readonly id: string;
  readonly name: string;
  /** Kind of object: `queue`, `user`, … */
  readonly type: string;
  readonly divisionId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Roles, grants and groups. When changes take effect with a delay, the whole object is replaced. */
export interface Authority {
  readonly roles: Map<string, Role>;
  /** Grants by subject: id of a user, a client or a group. */
  readonly grants: Map<string, readonly Grant[]>;
  /** Groups by id. Members of a group hold the grants of the group. */
  readonly groups: Map<string, UserGroup>;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly homeDivisionId: string;
  readonly divisions: Map<string, Division>;
  readonly users: Map<string, User>;
  readonly clients: Map<string, OAuthClient>;
  readonly policies: Map<string, AccessPolicy>;
  readonly objects: Map<string, PlacedObject>;
  /** The organization's own permission catalog, which depends on its products. */
  readonly permissions: Map<string, OwnedPermission>;
  readonly products: Set<string>;
  /** The preview operations in which the organization is enrolled, as `METHOD /path`. */
  readonly enrolledPreviews: Set<string>;
  /** The roles and grants that requests read and change. */
  authority: Authority;
  /** The roles and grants that are enforced. They lag behind `authority` by `propagationDelayMs`. */
  enforcedAuthority: Authority;
  pendingAuthority: readonly { readonly atMs: number; readonly authority: Authority }[];
}
