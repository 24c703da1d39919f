import type { Operation } from "../../catalogue/facts/operation.ts";

/** Lists every permission that the verdict on an operation depends on: its own, and those of its caveats. */
export function decidingPermissions({
  permissions,
  conditionalPermissions,
  caveats,
}: Operation): readonly string[] {
  const named = caveats.flatMap((caveat) => caveat.permissions);
  return [...new Set([...permissions, ...conditionalPermissions, ...named])];
}
