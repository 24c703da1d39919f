import { splitPermission } from "../verdict/holdings.ts";

/** A line of a role as the platform stores it: actions on one kind of thing. */
export interface EmittedPolicy {
  readonly domain: string;
  readonly entity: string;
  readonly actions: readonly string[];
}

/** Permissions as lines of a role, one for each kind of thing, in the order of their names. No wildcard ever. */
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
