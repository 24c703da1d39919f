import type { InventoriedClient } from "./result.ts";

/** Returns the name of a client, or its id. */
export function nameOfClient({ name, id }: Pick<InventoriedClient, "name" | "id">): string {
  return name ?? id;
}

/** Returns the grant of a client in words; the API calls the implicit grant `TOKEN`. */
export function grantOf({ grantType }: Pick<InventoriedClient, "grantType">): string {
  return grantType === "TOKEN" ? "implicit" : (grantType?.toLowerCase() ?? "?");
}

/** Returns a share as a percentage; a dash when there are no requests. */
export function shareOf(share: number | null): string {
  if (share === null) return "-";
  return share > 0 && share < 0.01 ? "<1 %" : `${Math.round(share * 100)} %`;
}

/** Returns the roles and their divisions as one line of text. */
export function describeRoles({ roles, grantType }: InventoriedClient): string {
  const isOfUsers = grantType !== null && grantType !== "CLIENT-CREDENTIALS";
  if (roles === null) return isOfUsers ? "roles of each user" : "?";
  return roles
    .map(
      ({ name, id, divisions }) =>
        `${name ?? id} (${divisions.includes("*") ? "all" : divisions.join(", ")})`,
    )
    .join("; ");
}
