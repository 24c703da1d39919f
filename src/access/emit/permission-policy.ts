import { splitPermission } from "../verdict/holdings.ts";

/** One permission policy of a role, as the platform stores it: an entity and the actions on it. */
export interface EmittedPolicy {
  readonly domain: string;
  readonly entity: string;
  readonly actions: readonly string[];
}

/** Returns the legacy permissions without colons, such as `admin`, which are not part of any policy. */
export function legacyOf(permissions: readonly string[]): readonly string[] {
  return [...new Set(permissions)].filter((permission) => splitPermission(permission) === null).toSorted();
}

/** Groups permissions into policies, one per entity, sorted by name. Never uses wildcards. */
export function policiesOf(permissions: readonly string[]): readonly EmittedPolicy[] {
  const lines = new Map<string, { readonly domain: string; readonly entity: string; actions: string[] }>();
  for (const permission of [...new Set(permissions)].toSorted()) {
    const parts = splitPermission(permission);
    if (parts === null) continue;
    const [domain, entity, action] = parts;
    const line = lines.get(`${domain}:${entity}`) ?? { domain, entity, actions: [] };
    line.actions.push(action);
    lines.set(`${domain}:${entity}`, line);
  }
  return [...lines.values()];
}
