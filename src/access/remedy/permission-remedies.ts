import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import { plural } from "../../core/text.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { splitPermission } from "../verdict/holdings.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf, describeSubject, divisionName } from "../verdict/wording.ts";
import { addDivision } from "./division-remedies.ts";
import { checkLive } from "./live-remedies.ts";
import { ROLE_EDITOR_MENU, rolesMenu } from "./menu-path.ts";
import type { RemedyQuestion } from "./question.ts";
import { readingRemedies } from "./reading-remedies.ts";
import { narrowestOf } from "./roles/narrowness.ts";
import { chooseRoles, combineRoles, type RoleChoice } from "./roles/role-choice.ts";

const MOST_ROLES_SHOWN = 3;
/**
 * Maximum number of added permissions to list. A longer list is no more useful, and a policy has thousands of
 * remedies.
 */
const MOST_EXTRA_SHOWN = 20;

/**
 * Returns the changes that add a missing permission or division, smallest first: another division for an
 * assigned role, an existing role that adds nothing else, a new role with the fewest and narrowest permissions,
 * other existing roles by the number of permissions they add. For an undecided verdict, steps to settle it come
 * before any change.
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
  const permissions = missing.permissions.filter((permission) => isOwned(principal, permission, question));
  if (permissions.length === 0) return [...divisions, ...reading, ...askForLegacy(missing.permissions)];
  const changes = [...divisions, ...changeRoles(principal, permissions, question)];
  return verdict === "denied" ? [...changes, ...reading] : [...reading, ...changes];
}

/** Whether the objection is only that a grant may be too recent to be applied. */
export function isRecent({ evidence }: LayerResult): boolean {
  return evidence.some(({ kind }) => kind === "recent");
}

/** Lists role changes, smallest first. Caches them, because many operations lack the same permissions. */
function changeRoles(
  principal: Principal,
  missing: readonly string[],
  question: RemedyQuestion,
): readonly Remedy[] {
  const { mode, divisionId, roles } = question;
  return roles.changes(`${mode} ${divisionId} ${missing.join(" ")}`, () => {
    const existing = assignRole(principal, missing, question);
    const isExact = ({ extraPermissions }: Remedy) => extraPermissions === 0;
    return [
      ...existing.filter(isExact),
      ...createRole(principal, missing, question, existing.length === 0),
      ...existing.filter((remedy) => !isExact(remedy)),
      ...findRole(principal, missing, question),
    ];
  });
}

/**
 * Whether a role of the organization could grant a permission. For a legacy permission, an existing role must
 * list it.
 */
function isOwned(
  { ownedPermissions }: Principal,
  permission: string,
  { roles }: Pick<RemedyQuestion, "roles">,
): boolean {
  if (splitPermission(permission) !== null) return ownedPermissions?.has(permission) ?? true;
  return roles.candidates === null || roles.holding(permission).size > 0;
}

/** Returns the remedy for missing legacy permissions that no role lists: ask Genesys support. */
function askForLegacy(missing: readonly string[]): readonly Remedy[] {
  const legacy = missing.filter((permission) => splitPermission(permission) === null);
  if (legacy.length === 0) return [];
  const summary = `no role of this organization lists the legacy permission ${anyOf(legacy)}: ask Genesys support how to obtain it`;
  return [{ kind: "ask-support", summary }];
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
  const count = countExtra(choices, missing, question);
  const size =
    count === null
      ? ""
      : count === 0
        ? "; this adds no other permissions"
        : `; this adds ${plural(count, "more permission")}`;
  // A role that is assigned without a division applies only in the home division.
  const where =
    question.divisionId === null
      ? " in the divisions of the objects it needs"
      : ` in division ${divisionName(principal, question.divisionId)}`;
  return {
    kind: "assign-role",
    summary: `assign ${choices.length === 1 ? "role" : "roles"} ${names} to ${describeSubject(principal)}${where}${size}`,
    menuPath: rolesMenu(principal),
    ...(count === null
      ? {}
      : {
          extraPermissions: count,
          extra: count <= MOST_EXTRA_SHOWN ? extrasOf(choices, missing, question) : [],
        }),
    roles: choices.map(({ role }) => ({ id: role.id, name: role.name })),
    division: question.divisionId,
  };
}

function countExtra(
  choices: readonly RoleChoice[],
  missing: readonly string[],
  question: RemedyQuestion,
): number | null {
  if (choices.some(({ added }) => added === null)) return null;
  const [only] = choices;
  return choices.length === 1 && only !== undefined ? only.size : extrasOf(choices, missing, question).length;
}

/** Lists the permissions that the roles add beyond the needed ones. In mode ANY, only one permission is needed. */
function extrasOf(
  choices: readonly RoleChoice[],
  missing: readonly string[],
  { mode }: RemedyQuestion,
): readonly string[] {
  const supplied = choices.flatMap(({ supplies }) => supplies);
  const needed = mode === "ANY" ? narrowestOf(supplied).slice(0, 1) : missing;
  const all = new Set(choices.flatMap(({ added }) => [...(added ?? [])]));
  return [...all].filter((permission) => !needed.includes(permission));
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
): readonly Remedy[] {
  // The role editor does not offer legacy permissions such as `admin`.
  const offered = missing.filter((permission) => splitPermission(permission) !== null);
  if (offered.length === 0 || (mode === "ALL" && offered.length < missing.length)) return [];
  const wanted = mode === "ANY" ? narrowestOf(offered) : offered;
  const them = wanted.length === 1 ? "role holds it" : mode === "ANY" ? "role holds any" : "roles hold all";
  const why = roles.candidates !== null && isHeldByNone ? ` (no existing ${them})` : "";
  return [
    {
      kind: "create-role",
      summary: `create a role that holds only ${wantedOf(mode, wanted)}${why}, and assign it to ${describeSubject(principal)}`,
      menuPath: ROLE_EDITOR_MENU,
      extraPermissions: 0,
      permissions: wanted,
    },
  ];
}

function wantedOf(mode: PermissionMode, missing: readonly string[]): string {
  return mode === "ANY" ? anyOf(missing) : allOf(missing);
}
