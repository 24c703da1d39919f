import type { Operation } from "../../catalogue/facts/operation.ts";
import { isOneEnough } from "../verdict/named-permissions.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import { allOf, anyOf } from "../verdict/wording.ts";

/** Codes about an object that the request refers to, whose permissions the operation does not list. */
const REFERENCED_OBJECT =
  /^access\.denied\.to\.field$|^bots\.access\.denied$|^wem\.informsteps\.access\.denied$/;

/** Whether a refusal is about an object other than the one that the operation acts on. */
export function isAboutReferencedObject({ code }: Pick<RefusalFacts, "code">): boolean {
  return code !== null && REFERENCED_OBJECT.test(code);
}

/**
 * Lists the permissions that the refused call needs, quoted; `fallback` when neither the catalog nor the
 * message names any. If all are needed, the catalog takes precedence, because the list in a message can be
 * incomplete. If one suffices, the one in the message takes precedence, because the others grant more.
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

/** Returns the permissions that only some calls of an operation need, according to reviewed prose. */
export function permissionsOfCases(operation: Operation | null): readonly string[] {
  const cases = (operation?.caveats ?? []).filter(
    ({ effect, isConfirmed }) => isConfirmed && effect === "allowed-becomes-conditional",
  );
  return [...new Set(cases.flatMap(({ permissions }) => permissions))];
}

/**
 * Lists the permissions that the service reports as missing, quoted: those in its message, even if the
 * catalog lists more. A refusal that names none means the operation's requirement.
 */
function permissionsRefused(refusal: Pick<RefusalFacts, "code" | "message" | "operation" | "named">): string {
  const { code, operation, named } = refusal;
  if (named.permissions.length === 0) return permissionsNeeded(refusal, "what the operation needs");
  const isAny = isOneEnough(refusal) || (code === null && operation?.permissionMode === "ANY");
  return isAny ? anyOf(named.permissions) : allOf(named.permissions);
}

/** Notes when the code is about the assigned person instead of the caller. */
export function aboutOthers({ code }: Pick<RefusalFacts, "code">): string {
  return code !== null && /^(?:assignee|owner)\.|\.assignee\./.test(code)
    ? " (the assigned person's roles, not the caller's)"
    : "";
}

/**
 * Describes what the service reports as missing. Permissions that only the catalog lists are attributed to
 * the operation.
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
