/** Changes that can be rehearsed: the organization enforces scopes, or an implicit client moves to PKCE. */
export const REHEARSALS = ["scope-enforcement", "pkce"] as const;
export type RehearsalKind = (typeof REHEARSALS)[number];
