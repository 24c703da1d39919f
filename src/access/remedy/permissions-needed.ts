import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import { allOf, anyOf } from "../verdict/wording.ts";

/** Codes about an object that the request refers to, whose permissions the operation does not list. */
const REFERENCED_OBJECT =
  /^access\.denied\.to\.field$|^bots\.access\.denied$|^wem\.informsteps\.access\.denied$/;

/** Whether a refusal is about another object than the one that the operation acts on. */
export function isAboutReferencedObject({ code }: Pick<RefusalFacts, "code">): boolean {
  return code !== null && REFERENCED_OBJECT.test(code);
}

/**
 * Lists the permissions that the refused call needs, quoted; `fallback` where neither the catalogue nor the
 * message names any. The catalogue goes first because the list in a message can be incomplete.
 */
export function permissionsNeeded(
  refusal: Pick<RefusalFacts, "code" | "operation" | "named">,
  fallback: string,
): string {
  const { operation, named } = refusal;
  if (isAboutReferencedObject(refusal)) {
    return anyOf(named.permissions) || "the permission for an object that the request refers to";
  }
  if (operation !== null && operation.permissions.length > 0) {
    return operation.permissionMode === "ANY" ? anyOf(operation.permissions) : allOf(operation.permissions);
  }
  return anyOf(named.permissions) || fallback;
}

/**
 * Lists the permissions that the service says are missing, quoted. Those of its message count where it names one
 * that the operation does not need; otherwise the call's own, because the list in a message can be incomplete.
 */
export function permissionsRefused(refusal: Pick<RefusalFacts, "code" | "operation" | "named">): string {
  const { code, operation, named } = refusal;
  const isForeign = named.permissions.some((name) => operation?.permissions.includes(name) === false);
  if (!isForeign) return permissionsNeeded(refusal, "what the operation needs");
  return code?.includes(".any.") === true ? anyOf(named.permissions) : allOf(named.permissions);
}
