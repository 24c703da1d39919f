import type { PermissionMode } from "../../catalogue/operation.ts";
import { plural } from "../../core/text.ts";
import type { Grant, Principal, Role } from "../../platform/principal.ts";
import { grantsHolding, splitPermission } from "../verdict/holdings.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf, describeSubject, divisionName } from "../verdict/wording.ts";
import { ROLE_EDITOR_MENU, rolesMenu } from "./menu-path.ts";
import type { Question } from "./question.ts";
import { remediesForReading } from "./reading-remedies.ts";
import { chooseRoles, combineRoles, type RoleChoice } from "./role-choice.ts";

const MOST_ROLES_SHOWN = 3;

/** A role that would add more than this is a larger change than making a new one. */
const LARGE_ROLE = 20;

/**
 * What adds a missing permission or division, smallest first: a division for a role that is already
 * assigned; existing roles of the organization, fewest extra permissions first; a new role; and last the
 * roles that would add a lot. Where the verdict is open, what would settle it comes before any change.
 */
export function remediesForPermission(
  principal: Principal,
  objection: LayerResult,
  question: Question,
): readonly Remedy[] {
  const reading = remediesForReading(objection);
  const isElsewhere = objection.layer === "division" || objection.missing.divisions.length > 0;
  const divisions = isElsewhere ? addDivision(principal, question) : [];
  const missing = objection.missing.permissions.filter((permission) => isOwnable(principal, permission));
  if (missing.length === 0) return [...divisions, ...reading];
  const changes = [...divisions, ...changeRoles(principal, missing, question)];
  return objection.verdict === "denied" ? [...changes, ...reading] : [...reading, ...changes];
}

/** The changes of roles, smallest first; the same permissions are missing for many operations. */
function changeRoles(
  principal: Principal,
  missing: readonly string[],
  question: Question,
): readonly Remedy[] {
  const { mode, divisionId, roles } = question;
  return roles.changes(`${mode} ${divisionId} ${missing.join(" ")}`, () => {
    const existing = assignRole(principal, missing, question);
    const isSmall = ({ extraPermissions = 0 }: Remedy) => extraPermissions <= LARGE_ROLE;
    return [
      ...existing.filter(isSmall),
      ...findRole(principal, missing, question),
      createRole(principal, missing, question, existing.length === 0),
      ...existing.filter((remedy) => !isSmall(remedy)),
    ];
  });
}

function isOwnable(principal: Principal, permission: string): boolean {
  return (
    splitPermission(permission) !== null &&
    (principal.ownedPermissions === null || principal.ownedPermissions.has(permission))
  );
}

function addDivision(principal: Principal, { permissions, divisionId }: Question): readonly Remedy[] {
  const roles = new Map<string, Role>();
  for (const grant of heldGrants(principal, permissions)) roles.set(grant.role.id, grant.role);
  const target =
    divisionId === null
      ? "every division whose objects it needs"
      : `division ${divisionName(principal, divisionId)}`;
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
    if (parts === null) return [];
    const { grants, conditionalGrants } = grantsHolding(principal.grants ?? [], parts);
    return [...grants, ...conditionalGrants];
  });
}

function assignRole(principal: Principal, missing: readonly string[], question: Question): readonly Remedy[] {
  const single = chooseRoles(question.roles, question.mode, missing).slice(0, MOST_ROLES_SHOWN);
  if (single.length > 0) return single.map((choice) => assignment(principal, [choice], missing, question));
  const several = question.mode === "ALL" ? combineRoles(question.roles, missing) : null;
  return several === null ? [] : [assignment(principal, several, missing, question)];
}

function assignment(
  principal: Principal,
  choices: readonly RoleChoice[],
  missing: readonly string[],
  question: Question,
): Remedy {
  const names = choices.map(({ role }) => `"${role.name ?? role.id}"`).join(" and ");
  const count = countExtra(choices, missing);
  const size =
    count === null
      ? ""
      : count === 0
        ? "; it adds nothing else"
        : `; adds ${plural(count, "further permission")}`;
  // A role that is assigned without a word on divisions holds in the home division only.
  const where =
    question.divisionId === null
      ? " in the divisions of the objects it needs"
      : ` in division ${divisionName(principal, question.divisionId)}`;
  return {
    kind: "assign-role",
    summary: `assign ${choices.length === 1 ? "role" : "roles"} ${names} to ${describeSubject(principal)}${where}${size}`,
    menuPath: rolesMenu(principal),
    // A long list says nothing that its length does not say, and a policy has thousands of remedies.
    ...(count === null
      ? {}
      : { extraPermissions: count, extra: count <= LARGE_ROLE ? [...extrasOf(choices, missing)] : [] }),
    roles: choices.map(({ role }) => ({ id: role.id, name: role.name })),
    division: question.divisionId,
  };
}

function countExtra(choices: readonly RoleChoice[], missing: readonly string[]): number | null {
  if (choices.some(({ added }) => added === null)) return null;
  const [only] = choices;
  return choices.length === 1 && only !== undefined ? only.size : extrasOf(choices, missing).size;
}

function extrasOf(choices: readonly RoleChoice[], missing: readonly string[]): ReadonlySet<string> {
  const all = choices.flatMap(({ added }) => [...(added ?? [])]);
  return new Set(all.filter((permission) => !missing.includes(permission)));
}

/** Where the organization's roles can't be read, the right one can't be named. */
function findRole(principal: Principal, missing: readonly string[], { mode }: Question): readonly Remedy[] {
  if (principal.roles !== null) return [];
  const unreadable = principal.unreadable.find(({ what }) => what === "roles");
  const help =
    unreadable === undefined || unreadable.permissions.length === 0
      ? ""
      : `; with ${anyOf(unreadable.permissions)} the token could tell which`;
  return [
    {
      kind: "assign-role",
      summary: `assign ${describeSubject(principal)} a role that holds ${wantedOf(mode, missing)}${help}`,
      menuPath: rolesMenu(principal),
      permissions: missing,
    },
  ];
}

function createRole(
  principal: Principal,
  missing: readonly string[],
  { mode, roles }: Question,
  isHeldByNone: boolean,
): Remedy {
  const why = roles.entries !== null && isHeldByNone ? " (no role of this organization holds it)" : "";
  return {
    kind: "create-role",
    summary: `make a role with nothing but ${wantedOf(mode, missing)}${why}, and assign it to ${describeSubject(principal)}`,
    menuPath: ROLE_EDITOR_MENU,
    extraPermissions: 0,
    permissions: missing,
  };
}

function wantedOf(mode: PermissionMode, missing: readonly string[]): string {
  return mode === "ANY" ? anyOf(missing) : allOf(missing);
}
