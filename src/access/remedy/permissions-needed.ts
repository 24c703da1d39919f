import type { Operation } from "../../catalogue/operation.ts";
import type { NamedInMessage } from "../explain/named-in-message.ts";
import { allOf, anyOf } from "../verdict/wording.ts";

/**
 * The permissions to ask for, in words; empty when neither the catalogue nor the message names any. The catalogue goes
 * first because names in messages can be incomplete.
 */
export function permissionsNeeded(operation: Operation | null, named: NamedInMessage): string {
  if (operation !== null && operation.permissions.length > 0) {
    return operation.permissionMode === "ANY" ? anyOf(operation.permissions) : allOf(operation.permissions);
  }
  return anyOf(named.permissions);
}
