const OPENID =
  "the platform has no OpenID scopes: whether a refresh token is issued depends on the grant, not on a scope";
const ANALYTICS =
  "the analytics scopes are `analytics` and `analytics:readonly`, and the permission for conversation details is `analytics:conversationDetail:view`";

/** Names of permissions and scopes that appear in forum posts and generated code but never existed. */
const INVENTED: Readonly<Record<string, string>> = {
  "agent:login": "the platform has no such scope: logging an agent in depends on permissions",
  "analytics:conversation:view":
    "the permission is `analytics:conversationDetail:view` (or `analytics:agentConversationDetail:view`)",
  "analytics:query": ANALYTICS,
  "analytics:read": ANALYTICS,
  "analytics:report:read": ANALYTICS,
  "analytics:view": ANALYTICS,
  email: OPENID,
  offline_access: OPENID,
  openid: OPENID,
  profile: OPENID,
  "view:myprofile": "the platform has no such scope: `users:readonly` and `user-basic-info` read profiles",
};

/** Returns the correction of a name that is known to be invented; null for any other name. */
export function correctInvented(name: string): string | null {
  const key = name.trim().toLowerCase();
  const correction = Object.hasOwn(INVENTED, key) ? INVENTED[key] : undefined;
  return correction === undefined ? null : `\`${name.trim()}\` does not exist: ${correction}`;
}
