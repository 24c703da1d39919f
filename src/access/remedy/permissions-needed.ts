import type { Operation } from "../../catalogue/facts/operation.ts";
import { isOneEnough } from "../verdict/named-permissions.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import { allOf, anyOf } from "../verdict/wording.ts";

/**
 * Matches codes about another object that the request refers to. The operation does not list the permissions for it.
 */
const REFERENCED_OBJECT =
  /^access\.denied\.to\.field$|^bots\.access\.denied$|^wem\.informsteps\.access\.denied$/;

/** Whether a refusal is about an object other than the one that the operation acts on. */
export function isAboutReferencedObject({ code }: Pick<RefusalFacts, "code">): boolean {
  return code !== null && REFERENCED_OBJECT.test(code);
}

/**
 * Lists the permissions that the refused call needs, quoted. Returns `fallback` when neither the catalog nor the
 * message names any. If all are needed, uses those in the catalog, because the list in a message can be
 * incomplete. If one is enough, uses those in the message, because the others may grant more.
 */
export function permissionsNeeded(
  refusal: Pick<RefusalFacts, "code" | "message" | "operation" | "named">,
  fallback: string,
): string {
  const { code, operation, named } = refusal;
  if (isAboutReferencedObject(refusal)) {
    return anyOf(named.permissions) || "the permission for an object that the request refers to";
  }
  if (operation !== null && operation.permissions.length > 0) {
    if (operation.permissionMode !== "ANY") return allOf(operation.permissions);
    const chosen = operation.permissions.filter((permission) => named.permissions.includes(permission));
    return anyOf(chosen.length > 0 ? chosen : operation.permissions);
  }
  const areAllMissing = code?.startsWith("missing.") === true && !isOneEnough(refusal);
  return (
    (areAllMissing ? allOf : anyOf)(named.permissions) || anyOf(permissionsOfCases(operation)) || fallback
  );
}

/** Returns the permissions that only some calls of an operation need, according to reviewed documentation. */
export function permissionsOfCases(operation: Operation | null): readonly string[] {
  const cases = (operation?.caveats ?? []).filter(
    ({ effect, isConfirmed }) => isConfirmed && effect === "allowed-becomes-conditional",
  );
  return [...new Set(cases.flatMap(({ permissions }) => permissions))];
}

/**
 * Lists the permissions that the service reports as missing, quoted, even if the catalog lists more. If the
 * refusal names none, lists what the operation requires.
 */
function permissionsRefused(refusal: Pick<RefusalFacts, "code" | "message" | "operation" | "named">): string {
  const { code, operation, named } = refusal;
  if (named.permissions.length === 0) return permissionsNeeded(refusal, "what the operation needs");
  const isAny = isOneEnough(refusal) || (code === null && operation?.permissionMode === "ANY");
  return isAny ? anyOf(named.permissions) : allOf(named.permissions);
}

/**
 * Returns a remark if the code is about the roles of the assigned person and not those of the caller; otherwise an
 * empty string.
 */
export function aboutOthers({ code }: Pick<RefusalFacts, "code">): string {
  return code !== null && /^(?:assignee|owner)\.|\.assignee\./.test(code)
    ? " (the assigned person's roles, not the caller's)"
    : "";
}

/**
 * Describes what the service reports as missing. If the service names no permission, describes what the operation
 * needs.
 */
export function meaningOfPermission(
  refusal: Pick<RefusalFacts, "code" | "message" | "operation" | "named">,
): string {
  const { named, operation } = refusal;
  const names = permissionsRefused(refusal);
  return named.permissions.length > 0 || operation === null || !names.includes("`")
    ? `according to the service, the token's roles do not hold ${names}${aboutOthers(refusal)}`
    : `according to the service, the token's roles lack a permission${aboutOthers(refusal)} that it does not name; the operation needs ${names}`;
}

/** Describes a permission that the token does not hold in the object's division. */
export function meaningOfDivision(refusal: RefusalFacts): string {
  const needed = permissionsNeeded(refusal, "the permission");
  return `${needed} is not held in ${divisionsNeeded(refusal)}${aboutOthers(refusal)}`;
}

/** Describes the divisions in which the permission must be held. The platform writes `*` for all divisions. */
export function divisionsNeeded({ named: { divisions } }: RefusalFacts): string {
  if (divisions.length === 0) return "the object's division";
  return divisions.includes("*") ? "all divisions" : `division ${anyOf(divisions)}`;
}
