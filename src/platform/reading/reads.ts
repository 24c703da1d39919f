/** One of genscope's own reads: its request and the access it needs. */
export interface Read {
  /** Path template with parameters as `{names}`, written as in the operation catalog. */
  readonly path: string;
  /** Permissions, any one of which suffices; empty when none is needed. */
  readonly permissions: readonly string[];
  /** Scopes, any one of which suffices where scopes are enforced. */
  readonly scopes: readonly string[];
}

const AUTHORIZATION = ["authorization", "authorization:readonly"];
const OAUTH = ["oauth", "oauth:readonly"];

/**
 * Every operation that genscope reads to identify a token, a client or a user, and to list their access. The list is
 * separate from the operation catalog so that `whoami` never loads the catalog; a test compares the two.
 */
export const READS = {
  token: { path: "/api/v2/tokens/me", permissions: [], scopes: ["user-basic-info"] },
  idleTimeout: {
    path: "/api/v2/tokens/timeout",
    permissions: [],
    scopes: [...AUTHORIZATION, "organization", "organization:readonly"],
  },
  user: { path: "/api/v2/users/me", permissions: [], scopes: ["user-basic-info"] },
  organization: {
    path: "/api/v2/organizations/me",
    permissions: [],
    scopes: ["organization", "organization:readonly"],
  },
  ownSubject: { path: "/api/v2/authorization/subjects/me", permissions: [], scopes: AUTHORIZATION },
  subject: {
    path: "/api/v2/authorization/subjects/{subjectId}",
    permissions: ["authorization:grant:view"],
    scopes: AUTHORIZATION,
  },
  ownPermittedDivisions: {
    path: "/api/v2/authorization/divisionspermitted/paged/me",
    permissions: [],
    scopes: AUTHORIZATION,
  },
  permittedDivisions: {
    path: "/api/v2/authorization/divisionspermitted/paged/{subjectId}",
    permissions: [],
    scopes: AUTHORIZATION,
  },
  roles: {
    path: "/api/v2/authorization/roles",
    permissions: ["authorization:role:view"],
    scopes: AUTHORIZATION,
  },
  role: {
    path: "/api/v2/authorization/roles/{roleId}",
    permissions: ["authorization:role:view"],
    scopes: AUTHORIZATION,
  },
  groupsOfUser: { path: "/api/v2/users/{userId}", permissions: [], scopes: ["users", "users:readonly"] },
  roleHolders: {
    path: "/api/v2/authorization/roles/{roleId}/subjectgrants",
    permissions: ["authorization:role:view"],
    scopes: AUTHORIZATION,
  },
  divisions: { path: "/api/v2/authorization/divisions", permissions: [], scopes: AUTHORIZATION },
  permissions: { path: "/api/v2/authorization/permissions", permissions: [], scopes: AUTHORIZATION },
  accessPolicies: {
    path: "/api/v2/authorization/policies/subject/{subjectId}",
    permissions: ["authorization:policy:view"],
    scopes: AUTHORIZATION,
  },
  organizationPolicies: {
    path: "/api/v2/authorization/policies",
    permissions: ["authorization:policy:view"],
    scopes: AUTHORIZATION,
  },
  oauthClients: { path: "/api/v2/oauth/clients", permissions: ["oauth:client:view"], scopes: OAUTH },
  oauthClient: {
    path: "/api/v2/oauth/clients/{clientId}",
    permissions: ["oauth:client:view"],
    scopes: OAUTH,
  },
  approvedClient: {
    path: "/api/v2/oauth/authorizations/{clientId}",
    permissions: ["oauth:client:authorize"],
    scopes: OAUTH,
  },
  approvedClients: {
    path: "/api/v2/oauth/authorizations",
    permissions: ["oauth:client:authorize"],
    scopes: OAUTH,
  },
  userById: { path: "/api/v2/users/{userId}", permissions: [], scopes: ["users", "users:readonly"] },
  topics: { path: "/api/v2/notifications/availabletopics", permissions: [], scopes: ["notifications"] },
  oauthScopes: { path: "/api/v2/oauth/scopes", permissions: [], scopes: OAUTH },
} as const satisfies Readonly<Record<string, Read>>;

/**
 * Operations that work regardless of the token's scopes. A response to one of them does not prove that the
 * organization enforces no scopes.
 */
export const IDENTITY_READS: readonly Read[] = [
  READS.token,
  READS.idleTimeout,
  READS.user,
  READS.organization,
  READS.ownSubject,
];

/**
 * Small reads in other areas. They need no permission, and each needs different scopes. A token that succeeds without
 * the scope proves that its organization does not enforce scopes.
 */
export const SCOPE_PROBES: readonly Read[] = [
  { path: "/api/v2/routing/settings", permissions: [], scopes: ["routing", "routing:readonly"] },
  READS.oauthScopes,
  { path: "/api/v2/locations", permissions: [], scopes: ["locations", "locations:readonly"] },
  { path: "/api/v2/stations", permissions: [], scopes: ["stations", "stations:readonly"] },
  { path: "/api/v2/systempresences", permissions: [], scopes: ["presence", "presence:readonly"] },
  { path: "/api/v2/languages/translations", permissions: [], scopes: ["users", "users:readonly"] },
  READS.divisions,
];
