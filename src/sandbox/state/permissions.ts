import { ownValue } from "../../core/own-value.ts";

/** A permission in the organization's own catalog. */
export interface OwnedPermission {
  readonly permission: string;
  readonly label: string;
  /** Whether a grant in one division limits the permission to the objects of that division. */
  readonly divisionAware: boolean;
  readonly allowsConditions: boolean;
}

/** Products that own permission domains. Every other domain belongs to the base product. */
const PRODUCT_DOMAINS: Readonly<Record<string, readonly string[]>> = {
  workforceEngagement: ["wfm", "quality", "coaching", "learning", "employeePerformance", "gamification"],
  speechAnalytics: ["speechAndTextAnalytics"],
  aiStudio: ["aiStudio", "agentic"],
  caseManagement: ["caseManagement"],
  socialListening: ["socialmedia"],
};

const BASE_PRODUCT = "contactCenter";

const PRODUCT_OF_DOMAIN: ReadonlyMap<string, string> = new Map(
  Object.entries(PRODUCT_DOMAINS).flatMap(([product, domains]) => domains.map((domain) => [domain, product])),
);

/** Domains whose objects belong to divisions. */
const DIVISION_AWARE_DOMAINS: ReadonlySet<string> = new Set([
  "analytics",
  "architect",
  "caseManagement",
  "coaching",
  "conversation",
  "learning",
  "outbound",
  "quality",
  "recording",
  "responses",
  "routing",
  "scripter",
  "speechAndTextAnalytics",
  "wfm",
  "workitems",
]);

/** Entities whose division awareness differs from their domain's. */
const DIVISION_AWARE_ENTITIES: Readonly<Record<string, boolean>> = {
  "directory:user": true,
  "directory:group": true,
  "analytics:dataExport": false,
  "analytics:datawarehouse": false,
  "routing:skill": false,
  "routing:language": false,
  "routing:settings": false,
  "outbound:settings": false,
  "recording:settings": false,
};

/** Entities whose permissions accept a role condition. */
const CONDITIONAL_ENTITIES: ReadonlySet<string> = new Set([
  "analytics:conversationDetail",
  "analytics:userDetail",
  "analytics:userObservation",
  "conversation:communication",
  "directory:user",
  "quality:evaluation",
  "recording:recording",
  "routing:queue",
]);

export const PRODUCTS: readonly string[] = [BASE_PRODUCT, ...Object.keys(PRODUCT_DOMAINS)];

/** Returns the product that contains `permission`. */
export function productOf(permission: string): string {
  return PRODUCT_OF_DOMAIN.get(permission.split(":")[0] ?? "") ?? BASE_PRODUCT;
}

/** Returns the entry of `permission` in the organization's catalog. */
export function describePermission(permission: string): OwnedPermission {
  const [domain = "", entity = ""] = permission.split(":");
  const key = `${domain}:${entity}`;
  return {
    permission,
    label: permission.split(":").join(" > "),
    divisionAware: ownValue(DIVISION_AWARE_ENTITIES, key) ?? DIVISION_AWARE_DOMAINS.has(domain),
    allowsConditions: CONDITIONAL_ENTITIES.has(key),
  };
}

/** Returns the permissions that one of `products` contains, by name. */
export function ownedPermissions(
  permissions: readonly OwnedPermission[],
  products: ReadonlySet<string>,
): Map<string, OwnedPermission> {
  const owned = permissions.filter(({ permission }) => products.has(productOf(permission)));
  return new Map(owned.map((each) => [each.permission, each]));
}
