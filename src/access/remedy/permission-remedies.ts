import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import { plural } from "../../core/text.ts";
import type { Grant, Principal, Role } from "../../platform/reading/principal.ts";
import { grantsHolding, splitPermission } from "../verdict/holdings.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf, describeSubject, divisionName } from "../verdict/wording.ts";
import { checkLive } from "./live-remedies.ts";
import { ROLE_EDITOR_MENU, rolesMenu } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";
import { readingRemedies } from "./reading-remedies.ts";
import { chooseRoles, combineRoles, type RoleChoice } from "./role-choice.ts";

const MOST_ROLES_SHOWN = 3;

/** Extra permissions beyond which creating a role is the smaller change. */
const LARGE_ROLE = 20;

/**
 * Returns what adds a missing permission or division, smallest change first: a division for a role that is already
 * assigned, then existing roles by the number of extra permissions, then a new role, then roles that add a lot.
 * When the verdict is open, what would settle it comes before any change.
 */
export function permissionRemedies(
  principal: Principal,
  objection: LayerResult,
  question: RemedyQuestion,
): readonly Remedy[] {
  const { verdict, layer, missing } = objection;
  if (isRecent(objection)) {
    return [{ kind: "wait", summary: "wait a minute and check again" }, ...checkLive(question)];
  }
  const reading = readingRemedies(objection);
  if (verdict !== "denied" && layer !== "division" && missing.permissions.length === 0) return reading;
  const isElsewhere = layer === "division" || missing.divisions.length > 0;
  const divisions = isElsewhere ? addDivision(principal, question) : [];
  const permissions = missing.permissions.filter((permission) => isOwned(principal, permission));
  if (permissions.length === 0) return [...divisions, ...reading];
  const changes = [...divisions, ...changeRoles(principal, permissions, question)];
  return verdict === "denied" ? [...changes, ...reading] : [...reading, ...changes];
}

/** Whether an objection is only that a grant is too recent for the service to act on it. */
export function isRecent({ evidence }: LayerResult): boolean {
  return evidence.some(({ kind }) => kind === "recent");
}

/** Lists role changes, smallest first. They are cached: many operations lack the same permissions. */
function changeRoles(
  principal: Principal,
  missing: readonly string[],
  question: RemedyQuestion,
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

function isOwned(principal: Principal, permission: string): boolean {
  return (
    splitPermission(permission) !== null &&
    (principal.ownedPermissions === null || principal.ownedPermissions.has(permission))
  );
}

function addDivision(principal: Principal, { permissions, divisionId }: RemedyQuestion): readonly Remedy[] {
  const roles = new Map<string, Role>();
  for (const grant of heldGrants(principal, permissions)) roles.set(grant.role.id, grant.role);
  const target =
    divisionId === null
      ? "every division whose objects it needs"
      : `division ${divisionName(principal, divisionId)}`;
  return [...roles.values()].slice(0, MOST_ROLES_SHOWN).map((role) => ({
    kind: "add-division" as const,
    summary: `extend role "${role.name ?? role.id}" of ${describeSubject(principal)} to ${target}`,
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

function assignRole(
  principal: Principal,
  missing: readonly string[],
  question: RemedyQuestion,
): readonly Remedy[] {
  const single = chooseRoles(question.roles, question.mode, missing).slice(0, MOST_ROLES_SHOWN);
  if (single.length > 0) return single.map((choice) => assignment(principal, [choice], missing, question));
  const several = question.mode === "ALL" ? combineRoles(question.roles, missing) : null;
  return several === null ? [] : [assignment(principal, several, missing, question)];
}

function assignment(
  principal: Principal,
  choices: readonly RoleChoice[],
  missing: readonly string[],
  question: RemedyQuestion,
): Remedy {
  const names = choices.map(({ role }) => `"${role.name ?? role.id}"`).join(" and ");
  const count = countExtra(choices, missing);
  const size =
    count === null
      ? ""
      : count === 0
        ? "; it adds no other permissions"
        : `; it adds ${plural(count, "more permission")}`;
  // A role assigned without a division holds in the home division only.
  const where =
    question.divisionId === null
      ? " in the divisions of the objects it needs"
      : ` in division ${divisionName(principal, question.divisionId)}`;
  return {
    kind: "assign-role",
    summary: `assign ${choices.length === 1 ? "role" : "roles"} ${names} to ${describeSubject(principal)}${where}${size}`,
    menuPath: rolesMenu(principal),
    // A long list adds nothing to its length, and a policy has thousands of remedies.
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

/** Describes the role to assign when the organization's roles cannot be read. */
function findRole(
  principal: Principal,
  missing: readonly string[],
  { mode }: RemedyQuestion,
): readonly Remedy[] {
  if (principal.roles !== null) return [];
  const unreadable = principal.unreadable.find(({ what }) => what === "roles");
  const help =
    unreadable === undefined || unreadable.permissions.length === 0
      ? ""
      : `; with ${anyOf(unreadable.permissions)} genscope could name the role`;
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
  { mode, roles }: RemedyQuestion,
  isHeldByNone: boolean,
): Remedy {
  const why = roles.candidates !== null && isHeldByNone ? " (no existing role holds it)" : "";
  return {
    kind: "create-role",
    summary: `create a role that holds only ${wantedOf(mode, missing)}${why}, and assign it to ${describeSubject(principal)}`,
    menuPath: ROLE_EDITOR_MENU,
    extraPermissions: 0,
    permissions: missing,
  };
}

function wantedOf(mode: PermissionMode, missing: readonly string[]): string {
  return mode === "ANY" ? anyOf(missing) : allOf(missing);
}
