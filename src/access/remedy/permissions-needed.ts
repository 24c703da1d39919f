import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import { allOf, anyOf } from "../verdict/wording.ts";

/**
 * Lists the permissions that the refused call needs, quoted; `fallback` where neither the catalogue nor the
 * message names any. The catalogue goes first because the list in a message can be incomplete.
 */
export function permissionsNeeded(
  { operation, named }: Pick<RefusalFacts, "operation" | "named">,
  fallback: string,
): string {
  if (operation !== null && operation.permissions.length > 0) {
    return operation.permissionMode === "ANY" ? anyOf(operation.permissions) : allOf(operation.permissions);
  }
  return anyOf(named.permissions) || fallback;
}
