import type { Division, Grant, Principal, Role } from "../platform/principal.ts";
import { grantsHolding, reaches, splitPermission } from "./holdings.ts";
import type { LayerResult } from "./layer-result.ts";
import { ROLE_EDITOR_MENU, rolesMenu } from "./menu-path.ts";
import type { Question } from "./question.ts";
import { remediesForReading } from "./remedy-reading.ts";
import { chooseRoles, combineRoles, type RoleChoice } from "./role-choice.ts";
import type { Remedy } from "./verdict.ts";
import { allOf, anyOf, describeSubject } from "./words.ts";

const MOST_ROLES_SHOWN = 3;

/**
 * What adds a missing permission or division, smallest first: a division for a role that is already
 * assigned, an existing role of the organization (fewest extra permissions first), a new role.
 */
export function remediesForPermission(
  principal: Principal,
  objection: LayerResult,
  question: Question,
): readonly Remedy[] {
  const divisions = addDivision(principal, objection, question);
  if (objection.layer === "division") return [...divisions, ...remediesForReading(objection)];
  const missing = objection.missing.permissions.filter((permission) => isOwnable(principal, permission));
  if (missing.length === 0) return remediesForReading(objection);
  return [
    ...divisions,
    ...assignRole(principal, missing, question),
    createRole(principal, missing, question),
    ...remediesForReading(objection),
  ];
}

function isOwnable(principal: Principal, permission: string): boolean {
  return (
    splitPermission(permission) !== null &&
    (principal.ownedPermissions === null ||
      principal.ownedPermissions.some((owned) => owned.permission === permission))
  );
}

function addDivision(
  principal: Principal,
  objection: LayerResult,
  { permissions, divisionId }: Question,
): readonly Remedy[] {
  if (objection.layer !== "division") return [];
  const roles = new Map<string, Role>();
  for (const grant of heldGrants(principal, permissions)) roles.set(grant.role.id, grant.role);
  const target =
    divisionId === null
      ? "every division whose objects it needs"
      : divisionName(principal.divisions, divisionId);
  return [...roles.values()].slice(0, MOST_ROLES_SHOWN).map((role) => ({
    kind: "add-division" as const,
    summary: `give ${describeSubject(principal)} its role "${role.name ?? role.id}" in ${target} as well`,
    menuPath: `${rolesMenu(principal)} > Divisions`,
    extraPermissions: 0,
    role: { id: role.id, name: role.name },
    division: divisionId,
  }));
}

function heldGrants(principal: Principal, permissions: readonly string[]): readonly Grant[] {
  return permissions.flatMap((permission) => {
    const parts = splitPermission(permission);
    return parts === null ? [] : grantsHolding(principal.grants ?? [], parts).grants;
  });
}

function divisionName(divisions: readonly Division[] | null, id: string): string {
  return `division "${divisions?.find((division) => division.id === id)?.name ?? id}"`;
}

function assignRole(principal: Principal, missing: readonly string[], question: Question): readonly Remedy[] {
  const single = chooseRoles(principal, question.mode, missing).slice(0, MOST_ROLES_SHOWN);
  if (single.length > 0) return single.map((choice) => assignment(principal, [choice], missing, question));
  const several = question.mode === "ALL" ? combineRoles(principal, missing) : null;
  return several === null ? [] : [assignment(principal, several, missing, question)];
}

function assignment(
  principal: Principal,
  choices: readonly RoleChoice[],
  missing: readonly string[],
  question: Question,
): Remedy {
  const names = choices.map(({ role }) => `"${role.name ?? role.id}"`).join(" and ");
  const extras = choices.some(({ extraPermissions }) => extraPermissions === null)
    ? null
    : new Set(
        choices
          .flatMap(({ extraPermissions }) => extraPermissions ?? [])
          .filter((permission) => !missing.includes(permission)),
      );
  const size =
    extras === null
      ? ""
      : extras.size === 0
        ? "; it adds nothing else"
        : `; adds ${extras.size} further permission${extras.size === 1 ? "" : "s"}`;
  const where =
    question.divisionId === null ? "" : ` in ${divisionName(principal.divisions, question.divisionId)}`;
  const already = choices.every(
    ({ role }) =>
      principal.grants?.some(
        (grant) =>
          grant.role.id === role.id && (question.divisionId === null || reaches(grant, question.divisionId)),
      ) === true,
  );
  return {
    kind: "assign-role",
    summary: `assign ${choices.length === 1 ? "role" : "roles"} ${names} to ${describeSubject(principal)}${already ? " in another division" : where}${size}`,
    menuPath: rolesMenu(principal),
    ...(extras === null ? {} : { extraPermissions: extras.size, extra: [...extras] }),
    roles: choices.map(({ role }) => ({ id: role.id, name: role.name })),
    division: question.divisionId,
  };
}

function createRole(principal: Principal, missing: readonly string[], { mode }: Question): Remedy {
  const wanted = mode === "ANY" ? `one of ${anyOf(missing)}` : allOf(missing);
  const why =
    principal.roles === null
      ? ""
      : chooseRoles(principal, mode, missing).length === 0
        ? " (no role of this organization holds it)"
        : "";
  return {
    kind: "create-role",
    summary: `or make a role with nothing but ${wanted}${why}, and assign it to ${describeSubject(principal)}`,
    menuPath: ROLE_EDITOR_MENU,
    extraPermissions: 0,
    permissions: missing,
  };
}
