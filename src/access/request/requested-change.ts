import { newNavigation } from "../remedy/menu-path.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { allOf, anyOf } from "../verdict/wording.ts";
import type { RequestItem } from "./request-item.ts";
import { sideEffectOf } from "./side-effect.ts";

/** One thing that an administrator is asked to change. */
export interface RequestedChange {
  readonly kind: Remedy["kind"];
  readonly summary: string;
  readonly menuPath: string | null;
  /** The same place in the platform's newer navigation, where it is elsewhere. */
  readonly newMenuPath: string | null;
  /** What else it would allow; null where it allows nothing by itself. */
  readonly sideEffect: string | null;
  /** The permissions it is about, with the words of the role editor where they are known. */
  readonly permissions: readonly { readonly permission: string; readonly label: string | null }[];
  /** The names of the checks it is for. */
  readonly names: readonly string[];
  /** A change with nothing beside it, for an administrator who wants no extra rights. */
  readonly alternative: { readonly summary: string; readonly menuPath: string | null } | null;
}

/** Remedies of one family stand for each other; of several families each is needed. */
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

/** The administrator's part of the remedies, and the caller's own where that is all there is. */
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
    // New roles become one: nobody wants a role for each call.
    const key = kind === "create-role" ? kind : JSON.stringify([kind, summary, menuPath]);
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  return { changes: [...groups.values()].flatMap((group) => changeOf(group, labels)), ownSteps };
}

function choicesOf(item: RequestItem): readonly Choice[] {
  const found = new Map<string, readonly Remedy[]>();
  for (const remedy of item.remedies) {
    const family = familyOf(remedy, item);
    if (family === null) continue;
    // Where each of several permissions is held elsewhere, each of their roles is needed there.
    const areAllNeeded = family === "division" && item.permissions.length > 1;
    const earlier = found.get(family) ?? [];
    if (earlier.length === 0 || areAllNeeded) found.set(family, [...earlier, remedy]);
  }
  // Reading settles a doubt; against a refusal it does nothing.
  if (item.verdict === "denied" && found.size > 1) found.delete("reading");
  const families = item.verdict === "denied" ? [...found.values()] : [...found.values()].slice(0, 1);
  const newRole = item.remedies.find(({ kind }) => kind === "create-role") ?? null;
  return families
    .flat()
    .map((remedy) => ({ item, remedy, newRole: remedy.kind === "assign-role" ? newRole : null }));
}

function familyOf({ kind, menuPath }: Remedy, { mode }: RequestItem): string | null {
  // Logging in is the caller's; that an application is approved first is the administrator's.
  if (kind === "log-in-again") return menuPath === undefined ? null : "approval";
  // One of ANY is enough, wherever; of ALL one may lack a division and another be missing altogether.
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
    : `make one role with nothing but ${[only, ...others].join("; ")}, and assign it`;
}

function namesIn(fact: unknown): readonly string[] {
  return Array.isArray(fact) ? fact.filter((name) => typeof name === "string") : [];
}
