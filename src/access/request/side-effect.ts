import type { Remedy } from "../verdict/verdict.ts";

const MOST_SHOWN = 10;

/**
 * What a change would allow beyond what is asked for, in words for whoever answers for it; null where it
 * allows nothing by itself.
 */
export function sideEffectOf(remedy: Remedy): string | null {
  switch (remedy.kind) {
    case "assign-role":
      return extraPermissionsOf(remedy);
    case "create-role":
      return "nothing else";
    case "add-division":
      return "everything else that this role grants, for objects of that division too";
    case "add-scope":
      return "the other calls of that scope, as far as the roles of whoever logs in allow them";
    case "edit-condition":
      return "the same for everybody else who holds that role";
    case "change-policy":
      return "whatever else that policy refuses today";
    case "enable-client":
      return "every call that the roles of this client allow";
    case "allow-ip":
      return "calls from that address by anybody with a token of the organization";
    case "grant-reading":
      return "reading only: nothing can be changed with it";
    default:
      return null;
  }
}

function extraPermissionsOf({ extraPermissions, extra }: Remedy): string {
  if (extraPermissions === 0) return "nothing else";
  if (extraPermissions === undefined) return "not known: what the role holds could not be read";
  const names = Array.isArray(extra) ? extra.map((name) => `\`${String(name)}\``) : [];
  const shown = names.slice(0, MOST_SHOWN);
  const rest = extraPermissions - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
