import type { Operation } from "../../catalogue/facts/operation.ts";
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
 * Lists the permissions that the refused call needs, quoted; `fallback` where neither the catalogue nor the message
 * names any. Where all are needed, the catalogue goes first, because the list in a message can be incomplete. Where
 * one suffices, the one that the message names is meant: the others grant more.
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
    if (operation.permissionMode !== "ANY") return allOf(operation.permissions);
    const chosen = operation.permissions.filter((permission) => named.permissions.includes(permission));
    return anyOf(chosen.length > 0 ? chosen : operation.permissions);
  }
  return anyOf(named.permissions) || anyOf(permissionsOfCases(operation)) || fallback;
}

/** Returns the permissions that only some calls of an operation need, as reviewed prose says. */
export function permissionsOfCases(operation: Operation | null): readonly string[] {
  const cases = (operation?.caveats ?? []).filter(
    ({ effect, isConfirmed }) => isConfirmed && effect === "allowed-becomes-conditional",
  );
  return [...new Set(cases.flatMap(({ permissions }) => permissions))];
}

/**
 * Lists the permissions that the service says are missing, quoted: those of its message, even where the catalogue
 * lists more. A refusal that names none means what the operation needs.
 */
export function permissionsRefused(refusal: Pick<RefusalFacts, "code" | "operation" | "named">): string {
  const { code, operation, named } = refusal;
  if (named.permissions.length === 0) return permissionsNeeded(refusal, "what the operation needs");
  const isAny = code === null ? operation?.permissionMode === "ANY" : code.includes(".any.");
  return isAny ? anyOf(named.permissions) : allOf(named.permissions);
}

/** Points out the codes that are about the assigned person instead of the caller. */
export function aboutOthers({ code }: Pick<RefusalFacts, "code">): string {
  return code !== null && /^(?:assignee|owner)\.|\.assignee\./.test(code)
    ? " (the assigned person's roles, not the caller's)"
    : "";
}
