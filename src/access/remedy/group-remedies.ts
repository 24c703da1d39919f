import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import { plural } from "../../core/text.ts";
import type { NamedRole, Remedy } from "../verdict/verdict.ts";
import { ROLE_EDITOR_MENU } from "./menu-path.ts";
import { isPathInDoubt } from "./path-remedies.ts";

/** The remedies for one check, and the requirement of that check. */
export interface RemediedCheck {
  readonly name: string;
  readonly mode: PermissionMode;
  readonly remedies: readonly Remedy[];
}

/** A change that helps several checks. */
export interface SharedRemedy {
  readonly kind: Remedy["kind"];
  readonly summary: string;
  readonly menuPath: string | null;
  readonly command: string | null;
  /** The permissions of the new role to create; empty for any other change. */
  readonly permissions: readonly string[];
  /** The existing roles to assign, all of which are needed; empty for any other change. */
  readonly roles: readonly NamedRole[];
  /** Number of permissions that the change would add beyond the needed ones; null when unknown. */
  readonly extraPermissions: number | null;
  /** Names of the checks that the change helps. */
  readonly names: readonly string[];
}

/**
 * Groups identical remedies of several checks, smallest change first. Combines all new roles into one role with every
 * needed permission.
 * @param holder the owner of the token, as remedies describe it
 */
export function groupRemedies(checks: readonly RemediedCheck[], holder: string): readonly SharedRemedy[] {
  const role = oneRole(
    checks.filter((check) => !isPathInDoubt(check)),
    holder,
  );
  const groups = new Map<string, { readonly remedy: Remedy; readonly names: Set<string> }>();
  for (const { name, remedies } of checks) {
    for (const remedy of remedies) {
      if (remedy.kind === "create-role") continue;
      const key = `${remedy.kind}\n${remedy.summary}\n${remedy.command ?? ""}`;
      const group = groups.get(key) ?? { remedy, names: new Set() };
      group.names.add(name);
      groups.set(key, group);
    }
  }
  const others = [...groups.values()]
    .filter(({ names }) => names.size > 1)
    .toSorted((a, b) => sizeOf(a.remedy) - sizeOf(b.remedy) || b.names.size - a.names.size);
  // An existing role that adds nothing else is a smaller change than a new role.
  const isSmaller = ({ remedy, names }: (typeof others)[number]) =>
    role === null ||
    (remedy.kind === "assign-role" && remedy.extraPermissions === 0 && names.size >= role.names.length);
  return [
    ...others.filter(isSmaller).map(sharedRemedy),
    ...(role === null ? [] : [role]),
    ...others.filter((group) => !isSmaller(group)).map(sharedRemedy),
  ];
}

function sharedRemedy({
  remedy,
  names,
}: {
  readonly remedy: Remedy;
  readonly names: ReadonlySet<string>;
}): SharedRemedy {
  return {
    kind: remedy.kind,
    summary: remedy.summary,
    menuPath: remedy.menuPath ?? null,
    command: remedy.command ?? null,
    permissions: [],
    roles: remedy.roles ?? [],
    extraPermissions: remedy.extraPermissions ?? null,
    names: [...names],
  };
}

/** Returns one new role that covers several checks; null when fewer than two checks need a new role. */
function oneRole(checks: readonly RemediedCheck[], holder: string): SharedRemedy | null {
  const wanting = checks.flatMap(({ name, mode, remedies }) =>
    remedies
      .filter(({ kind }) => kind === "create-role")
      .map((remedy) => ({ name, mode, permissions: namesIn(remedy["permissions"]) })),
  );
  const names = [...new Set(wanting.map(({ name }) => name))];
  if (names.length < 2) return null;
  const permissions = new Set<string>();
  // Checks with a choice of permissions come last, so that they can reuse a permission that another check needs
  // anyway.
  const isFree = ({ mode, permissions: some }: (typeof wanting)[number]) => mode === "ANY" && some.length > 1;
  for (const check of wanting.toSorted((a, b) => Number(isFree(a)) - Number(isFree(b)))) {
    const [first = "", ...rest] = check.permissions;
    if (!isFree(check)) for (const permission of check.permissions) permissions.add(permission);
    else if (![first, ...rest].some((permission) => permissions.has(permission))) permissions.add(first);
  }
  const list = [...permissions].toSorted();
  return {
    kind: "create-role",
    summary: `create one role with ${list.length === 1 ? `\`${list[0]}\`` : `these ${plural(list.length, "permission")}`}, and assign it to ${holder}`,
    menuPath: ROLE_EDITOR_MENU,
    command: null,
    permissions: list,
    roles: [],
    extraPermissions: 0,
    names,
  };
}

/** Returns the size of a change for sorting. An unknown size counts as larger than any known one. */
function sizeOf({ extraPermissions = Number.POSITIVE_INFINITY, kind }: Remedy): number {
  return kind === "assign-role" || kind === "add-division" ? extraPermissions : 0;
}

function namesIn(fact: unknown): readonly string[] {
  return Array.isArray(fact) ? fact.filter((name) => typeof name === "string") : [];
}
