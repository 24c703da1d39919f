import { ok } from "../answer.ts";
import type { Handler } from "../exchange.ts";
import type { OwnedPermission } from "../state/permissions.ts";
import { page } from "./paging.ts";

/** Operations on the organization's products and their permissions. */
export const CATALOGUE_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/authorization/permissions": (exchange) => {
    const { query } = exchange.request;
    const wanted = (query.get("query") ?? "").toLowerCase();
    const isByDomain = query.get("queryType") === "domain";
    const domains = new Map<string, OwnedPermission[]>();
    for (const owned of exchange.caller.organization.permissions.values()) {
      const [domain = ""] = owned.permission.split(":");
      const text = isByDomain ? domain : owned.permission;
      if (!text.toLowerCase().includes(wanted)) continue;
      const others = domains.get(domain);
      if (others === undefined) domains.set(domain, [owned]);
      else others.push(owned);
    }
    return ok(page(exchange, [...domains], ([domain, permissions]) => collection(domain, permissions)));
  },
  "GET /api/v2/authorization/products": ({ caller }) => {
    const entities = [...caller.organization.products].map((id) => ({ id }));
    return ok({ entities, pageSize: entities.length, pageNumber: 1, total: entities.length, pageCount: 1 });
  },
};

/** Returns a `DomainPermissionCollection`, which contains the permissions of a domain by entity. */
function collection(
  domain: string,
  permissions: readonly OwnedPermission[],
): Readonly<Record<string, unknown>> {
  const permissionMap: Record<string, unknown[]> = {};
  for (const owned of permissions) {
    const [, entityType = "", action = ""] = owned.permission.split(":");
    permissionMap[entityType] ??= [];
    permissionMap[entityType].push({
      domain,
      entityType,
      action,
      label: owned.label,
      allowsConditions: owned.allowsConditions,
      divisionAware: owned.divisionAware,
    });
  }
  return { id: domain, name: domain, domain, permissionMap };
}
