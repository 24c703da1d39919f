import fc from "fast-check";
import type { Operation } from "../../src/catalogue/operation.ts";

/** A generated organization, token and set of calls: small enough to read when it fails. */
export interface World {
  readonly subject: "client" | "user";
  readonly enforceScopes: boolean;
  readonly scopes: readonly string[];
  /** Whether the service tells a client its own grants: not documented, so both are tried. */
  readonly subjectsMeForClients: boolean;
  /** What the token may read about itself. */
  readonly readable: readonly ReadingPermission[];
  readonly roles: readonly RoleSpec[];
  readonly policies: readonly PolicySpec[];
  /** Permissions that the organization does not own. */
  readonly unowned: readonly string[];
  /** Permissions that divisions do not limit. */
  readonly divisionless: readonly string[];
  readonly calls: readonly CallSpec[];
}

export const READING_PERMISSIONS = [
  "authorization:grant:view",
  "authorization:role:view",
  "authorization:policy:view",
] as const;
export type ReadingPermission = (typeof READING_PERMISSIONS)[number];

export const DIVISIONS = ["Home", "Sales", "Support"] as const;
export type DivisionName = (typeof DIVISIONS)[number];

export interface RoleSpec {
  readonly lines: readonly { readonly pattern: string; readonly hasCondition: boolean }[];
  readonly division: DivisionName | "*";
}

export interface PolicySpec {
  readonly effect: "ALLOW" | "DENY";
  readonly target: string;
  readonly applyToClients: boolean;
  readonly enabled: boolean;
  readonly hasCondition: boolean;
}

export interface CallSpec {
  /** `METHOD /path`. */
  readonly operation: string;
  /** The division of the object that the path names. */
  readonly objectDivision: DivisionName;
  /** Whether the diagnosis is told that division. */
  readonly isDivisionGiven: boolean;
}

const SCOPE_SAMPLES = [
  "authorization",
  "authorization:readonly",
  "organization:readonly",
  "users:readonly",
  "user-basic-info",
  "routing",
  "analytics:readonly",
  "oauth:readonly",
];

/**
 * Worlds around the given operations: everything in a world is near what its calls need. Roles, policies and
 * scopes are drawn as numbers and mean something only beside the calls, so that every part of a failing world
 * can be taken away by itself when it is shrunk.
 */
export function arbitraryWorld(operations: readonly Operation[], callsPerWorld: number): fc.Arbitrary<World> {
  const drawn = fc.record({
    subject: fc.constantFrom("client" as const, "user" as const),
    enforceScopes: fc.boolean(),
    scopes: fc.array(fc.nat(), { maxLength: 8 }),
    subjectsMeForClients: fc.boolean(),
    readable: fc.oneof(
      { weight: 3, arbitrary: fc.constant([...READING_PERMISSIONS]) },
      { weight: 2, arbitrary: fc.subarray([...READING_PERMISSIONS]) },
    ),
    roles: fc.array(drawnRole, { maxLength: 3 }),
    policies: mostlyNone(fc.array(drawnPolicy, { maxLength: 2 })),
    unowned: mostlyNone(fc.array(fc.nat(), { maxLength: 2 })),
    divisionless: mostlyNone(fc.array(fc.nat(), { maxLength: 2 })),
    calls: fc.uniqueArray(
      fc.record({
        index: fc.nat(operations.length - 1),
        objectDivision: fc.constantFrom(...DIVISIONS),
        isDivisionGiven: fc.boolean(),
      }),
      { minLength: 1, maxLength: callsPerWorld, size: "max", selector: ({ index }) => index },
    ),
  });
  return drawn.map((world) => {
    const chosen = world.calls.flatMap(({ index }) => operations[index] ?? []);
    const permissions = unique(
      chosen.flatMap((operation) => [...operation.permissions, ...operation.conditionalPermissions]),
      "routing:queue:view",
    );
    const scopes = unique(
      [...chosen.flatMap((operation) => operation.scopes ?? []), ...SCOPE_SAMPLES],
      "users",
    );
    const patternOf = ({ permission, change }: DrawnPattern) =>
      changePattern(pick(permissions, permission), change);
    return {
      ...world,
      scopes: [...new Set(world.scopes.map((number) => pick(scopes, number)))],
      roles: world.roles.map(({ lines, division }) => ({
        division,
        lines: lines.map(({ hasCondition, ...drawnPattern }) => ({
          hasCondition,
          pattern: patternOf(drawnPattern),
        })),
      })),
      policies: world.policies.map(({ pattern, ...policy }) => ({ ...policy, target: patternOf(pattern) })),
      unowned: world.unowned.map((number) => pick(permissions, number)),
      divisionless: world.divisionless.map((number) => pick(permissions, number)),
      calls: world.calls.flatMap(({ index, ...call }) => {
        const operation = operations[index];
        if (operation === undefined) return [];
        return [
          {
            ...call,
            operation: nameOf(operation),
            isDivisionGiven: call.isDivisionGiven && operation.path.includes("{"),
          },
        ];
      }),
    };
  });
}

export function nameOf(operation: Pick<Operation, "method" | "path">): string {
  return `${operation.method} ${operation.path}`;
}

/** Trouble that is rare in real organizations; too much of it at once would refuse everything. */
function mostlyNone<Item>(some: fc.Arbitrary<Item[]>): fc.Arbitrary<Item[]> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant<Item[]>([]) }, { weight: 2, arbitrary: some });
}

function unique(values: readonly string[], fallback: string): readonly string[] {
  return values.length === 0 ? [fallback] : [...new Set(values)];
}

function pick(values: readonly string[], number: number): string {
  return values[number % values.length] ?? "";
}

const CHANGES = [
  "exact",
  "any action",
  "any entity",
  "any domain",
  "any entity, same action",
  "other action",
  "other entity",
] as const;

interface DrawnPattern {
  readonly permission: number;
  readonly change: (typeof CHANGES)[number];
}

const drawnPattern = {
  permission: fc.nat(),
  change: fc.constantFrom("exact" as const, "exact" as const, ...CHANGES),
};
const drawnRole = fc.record({
  lines: fc.array(
    fc.record({ ...drawnPattern, hasCondition: fc.constantFrom(false, false, false, false, true) }),
    { minLength: 1, maxLength: 4 },
  ),
  division: fc.constantFrom("*" as const, "*" as const, ...DIVISIONS),
});
const drawnPolicy = fc.record({
  effect: fc.constantFrom("DENY" as const, "DENY" as const, "ALLOW" as const),
  pattern: fc.record(drawnPattern),
  applyToClients: fc.boolean(),
  enabled: fc.constantFrom(true, true, false),
  hasCondition: fc.boolean(),
});

/** The permission itself, wildcards around it, or something next to it. */
function changePattern(permission: string, change: DrawnPattern["change"]): string {
  const [domain = "", entity = "*", action = "*"] = permission.split(":");
  switch (change) {
    case "exact":
      return `${domain}:${entity}:${action}`;
    case "any action":
      return `${domain}:${entity}:*`;
    case "any entity":
      return `${domain}:*:*`;
    case "any domain":
      return "*:*:*";
    case "any entity, same action":
      return `${domain}:*:${action}`;
    case "other action":
      return `${domain}:${entity}:${action}Other`;
    case "other entity":
      return `${domain}:${entity}Other:${action}`;
  }
}
