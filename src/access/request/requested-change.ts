import { newNavigation } from "../remedy/menu-path.ts";
import { isPathInDoubt } from "../remedy/path-remedies.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf } from "../verdict/wording.ts";
import type { RequestItem } from "./request-item.ts";
import { sideEffectOf } from "./side-effect.ts";

/** One change that the administrator is asked for. */
export interface RequestedChange {
  readonly kind: Remedy["kind"];
  readonly summary: string;
  readonly menuPath: string | null;
  /** The menu's path in the new navigation; null when it did not move. */
  readonly newMenuPath: string | null;
  /** What else the change would allow; null when it would allow nothing else. */
  readonly sideEffect: string | null;
  /** The permissions that the change grants, with their labels in the role editor if known. */
  readonly permissions: readonly { readonly permission: string; readonly label: string | null }[];
  /** Names of the checks that need the change. */
  readonly names: readonly string[];
  /** A different change without extra permissions, for an administrator who prefers that. */
  readonly alternative: { readonly summary: string; readonly menuPath: string | null } | null;
}

/**
 * Families of remedies. Within a family, one remedy is enough. A denied check with remedies in several families needs
 * one of each.
 */
const FAMILIES: Readonly<Partial<Record<Remedy["kind"], string>>> = {
  "add-division": "role",
  "assign-role": "role",
  "create-role": "role",
  "add-scope": "scope",
  "edit-condition": "condition",
  "change-policy": "policy",
  "buy-product": "product",
  "allow-ip": "address",
  "enable-client": "client",
  "grant-reading": "reading",
};

interface Choice {
  readonly item: RequestItem;
  readonly remedy: Remedy;
  readonly newRole: Remedy | null;
}

/**
 * Divides remedies into changes for the administrator and steps for the caller. A check gets a step for the
 * caller only when it needs no change by the administrator.
 */
export function chooseChanges(
  items: readonly RequestItem[],
  labels: ReadonlyMap<string, string>,
): {
  readonly changes: readonly RequestedChange[];
  readonly ownSteps: readonly { readonly name: string; readonly summary: string }[];
} {
  const choices = items.flatMap(choicesOf);
  const ownSteps = items.flatMap((item) => {
    const [first] = item.remedies;
    const isOwn = first !== undefined && !choices.some((choice) => choice.item === item);
    return isOwn ? [{ name: item.name, summary: first.summary }] : [];
  });
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) {
    const { kind, summary, menuPath } = choice.remedy;
    // All new roles are combined into one, because one role per call would clutter the organization.
    const key = kind === "create-role" ? kind : JSON.stringify([kind, summary, menuPath]);
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  return { changes: [...groups.values()].flatMap((group) => changeOf(group, labels)), ownSteps };
}

function choicesOf(item: RequestItem): readonly Choice[] {
  if (isPathInDoubt(item)) return [];
  const found = new Map<string, readonly Remedy[]>();
  for (const remedy of item.remedies) {
    const family = familyOf(remedy, item);
    if (family === null) continue;
    // When several permissions are held only in other divisions, a role must be extended for each of them.
    const areAllNeeded = family === "division" && item.permissions.length > 1;
    const earlier = found.get(family) ?? [];
    if (earlier.length === 0 || areAllNeeded) found.set(family, [...earlier, remedy]);
  }
  // Read access settles a doubt but does not remove a refusal.
  if (item.verdict === "denied" && found.size > 1) found.delete("reading");
  const families = item.verdict === "denied" ? [...found.values()] : [...found.values()].slice(0, 1);
  const newRole = item.remedies.find(({ kind }) => kind === "create-role") ?? null;
  return families
    .flat()
    .map((remedy) => ({ item, remedy, newRole: remedy.kind === "assign-role" ? newRole : null }));
}

function familyOf({ kind, menuPath }: Remedy, { mode }: RequestItem): string | null {
  // Logging in is a step for the caller. If an administrator must first approve the application, that is a change.
  if (kind === "log-in-again") return menuPath === undefined ? null : "approval";
  // If all permissions are required, one may be missing in the division and another entirely, so both changes
  // are needed.
  if (kind === "add-division" && mode === "ALL") return "division";
  return FAMILIES[kind] ?? null;
}

function changeOf(
  choices: readonly Choice[],
  labels: ReadonlyMap<string, string>,
): readonly RequestedChange[] {
  const [first] = choices;
  if (first === undefined) return [];
  const { remedy, newRole } = first;
  const menuPath = remedy.menuPath ?? null;
  return [
    {
      kind: remedy.kind,
      summary: remedy.kind === "create-role" ? combineNewRoles(choices) : remedy.summary,
      menuPath,
      newMenuPath: menuPath === null ? null : newNavigation(menuPath),
      sideEffect: sideEffectOf(remedy),
      permissions: [...new Set(choices.flatMap((choice) => namesIn(choice.remedy["permissions"])))].map(
        (permission) => ({ permission, label: labels.get(permission) ?? null }),
      ),
      names: [...new Set(choices.map(({ item }) => item.name))],
      alternative:
        newRole === null || remedy.extraPermissions === 0
          ? null
          : { summary: newRole.summary, menuPath: newRole.menuPath ?? null },
    },
  ];
}

function combineNewRoles(choices: readonly Choice[]): string {
  const wanted = choices.map(({ item, remedy }) => {
    const permissions = namesIn(remedy["permissions"]);
    return item.mode === "ANY" ? anyOf(permissions) : allOf(permissions);
  });
  const [only = "", ...others] = new Set(wanted);
  const [first] = choices;
  return others.length === 0
    ? (first?.remedy.summary ?? only)
    : `create one role that holds only ${[only, ...others].join("; ")}, and assign it`;
}

function namesIn(fact: unknown): readonly string[] {
  return Array.isArray(fact) ? fact.filter((name) => typeof name === "string") : [];
}
