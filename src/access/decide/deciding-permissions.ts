import type { Operation } from "../../catalogue/facts/operation.ts";

/**
 * Lists every permission that can decide the verdict on an operation: those that it lists, and those of its
 * caveats.
 */
export function decidingPermissions({
  permissions,
  conditionalPermissions,
  caveats,
}: Operation): readonly string[] {
  const named = caveats.flatMap((caveat) => caveat.permissions);
  return [...new Set([...permissions, ...conditionalPermissions, ...named])];
}
