import type { Remedy } from "../verdict/verdict.ts";

const MOST_SHOWN = 10;

/** Describes the side effect of a change that allows exactly the requested calls. */
export const NOTHING_ELSE = "nothing else";

/**
 * Describes, for the administrator, what a change would allow beyond the request; null when it would allow
 * nothing else.
 */
export function sideEffectOf(remedy: Remedy): string | null {
  switch (remedy.kind) {
    case "assign-role":
      return extraPermissionsOf(remedy);
    case "create-role":
      return NOTHING_ELSE;
    case "add-division":
      return "everything else that this role grants, in that division too";
    case "add-scope":
      return "the other operations of that scope, if the roles of the logged-in user allow them";
    case "edit-condition":
      return "the same for everyone else with that role";
    case "change-policy":
      return "everything else that the policy denies today";
    case "enable-client":
      return "every call that this client's roles allow";
    case "allow-ip":
      return "calls from that address by anyone with a token for the organization";
    case "grant-reading":
      return "read access only";
    default:
      return null;
  }
}

function extraPermissionsOf({ extraPermissions, extra }: Remedy): string {
  if (extraPermissions === 0) return NOTHING_ELSE;
  if (extraPermissions === undefined) return "unknown: the role's permissions could not be read";
  const names = Array.isArray(extra) ? extra.map((name) => `\`${String(name)}\``) : [];
  const shown = names.slice(0, MOST_SHOWN);
  const rest = extraPermissions - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
