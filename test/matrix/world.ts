import fc from "fast-check";
import type { Operation } from "../../src/catalogue/facts/operation.ts";

/** A generated organization, with a token and a set of calls. It is small enough to read when a test fails. */
export interface World {
  readonly subject: "client" | "user";
  readonly enforceScopes: boolean;
  /**
   * Whether the sandbox allows or refuses a call when the published documentation states only that something else
   * matters.
   */
  readonly undocumented: "lenient" | "strict";
  /** The variable that the conditions of roles check. Some operations ignore grants that are limited to teams. */
  readonly conditionAbout: "flavour" | "team";
  readonly scopes: readonly string[];
  /**
   * Whether the service returns a client's own grants. The platform does not document this, so both cases are
   * generated.
   */
  readonly subjectsMeForClients: boolean;
  /** Permissions that let the token read its own access. */
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
  /** The operation as `METHOD /path`. */
  readonly operation: string;
  /** Division of the object in the path. */
  readonly objectDivision: DivisionName;
  /** Whether the diagnosis is given that division. */
  readonly isDivisionGiven: boolean;
  /** The owner of the object; null when it has none. */
  readonly owner: "subject" | "other" | null;
  /** The one permission that decides about the object; null when there is none. */
  readonly counts: string | null;
  /** Another division that the object belongs to. */
  readonly otherDivision: DivisionName | null;
  readonly body: (typeof BODIES)[number];
  /** Values of path parameters that determine which permission is needed, by parameter. */
  readonly pathValues: Readonly<Record<string, string>>;
  /** The query with its question mark; empty when there is none. */
  readonly query: string;
}

/** What the body contains: nothing, some fields, the id of an object, or the id of another user. */
export const BODIES = ["nothing", "fields", "object", "user"] as const;

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
 * Generates worlds with the given operations. Role lines, policies and scopes are drawn together with their call, so
 * that shrinking a failing world removes them together.
 */
export function arbitraryWorld(operations: readonly Operation[], callsPerWorld: number): fc.Arbitrary<World> {
  const drawn = fc.record({
    subject: fc.constantFrom("client" as const, "user" as const),
    enforceScopes: fc.boolean(),
    undocumented: fc.constantFrom("lenient" as const, "strict" as const),
    conditionAbout: fc.constantFrom("flavour" as const, "team" as const),
    scopes: fc.subarray([...SCOPE_SAMPLES]),
    subjectsMeForClients: fc.boolean(),
    readable: fc.oneof(
      { weight: 3, arbitrary: fc.constant([...READING_PERMISSIONS]) },
      { weight: 2, arbitrary: fc.subarray([...READING_PERMISSIONS]) },
    ),
    divisions: fc.tuple(drawnDivision, drawnDivision, drawnDivision),
    calls: fc.uniqueArray(drawnCall(operations.length), {
      minLength: 1,
      maxLength: callsPerWorld,
      size: "max",
      selector: ({ index }) => index,
    }),
  });
  return drawn.map(({ divisions, calls, ...world }) => {
    const about = calls.flatMap((call) => {
      const operation = operations[call.index];
      return operation === undefined ? [] : [{ call, operation, ...resolve(call, operation) }];
    });
    return {
      ...world,
      scopes: [...new Set([...world.scopes, ...about.flatMap(({ scopes }) => scopes)])],
      roles: divisions
        .map((division, role) => ({
          division,
          lines: about.flatMap(({ lines }) => lines.filter((line) => line.role === role)),
        }))
        .filter(({ lines }) => lines.length > 0),
      policies: about.flatMap(({ policies }) => policies),
      unowned: about.flatMap(({ unowned }) => unowned),
      divisionless: about.flatMap(({ divisionless }) => divisionless),
      calls: about.map(({ call, operation }) => {
        const { objectDivision, isDivisionGiven, owner, otherDivision, body } = call;
        return {
          operation: nameOf(operation),
          objectDivision,
          isDivisionGiven: isDivisionGiven && (operation.path.includes("{") || isOfAllDivisions(operation)),
          owner,
          counts: countingOf(call, operation),
          otherDivision,
          body,
          pathValues: pathValuesOf(call, operation),
          query: queryOf(call, operation),
        };
      }),
    };
  });
}

export function nameOf(operation: Pick<Operation, "method" | "path">): string {
  return `${operation.method} ${operation.path}`;
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

/** Selects a permission of the call's operation, and how to vary it. */
interface DrawnPattern {
  readonly permission: number;
  readonly change: (typeof CHANGES)[number];
}

const drawnDivision = fc.constantFrom("*" as const, "*" as const, ...DIVISIONS);
const drawnPattern = {
  permission: fc.nat(),
  change: fc.oneof(
    { weight: 9, arbitrary: fc.constant("exact" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...CHANGES) },
  ),
};
const drawnLine = fc.record({
  ...drawnPattern,
  role: fc.nat(2),
  hasCondition: fc.constantFrom(false, false, false, false, true),
});
const drawnPolicy = fc.record({
  ...drawnPattern,
  effect: fc.constantFrom("DENY" as const, "DENY" as const, "ALLOW" as const),
  applyToClients: fc.boolean(),
  enabled: fc.constantFrom(true, true, false),
  hasCondition: fc.boolean(),
});

function drawnCall(operationCount: number) {
  return fc.record({
    index: fc.nat(operationCount - 1),
    objectDivision: fc.constantFrom(...DIVISIONS),
    isDivisionGiven: fc.boolean(),
    owner: fc.constantFrom("subject" as const, "other" as const, null),
    counts: fc.option(fc.nat()),
    otherDivision: fc.option(fc.constantFrom(...DIVISIONS)),
    body: fc.constantFrom(...BODIES),
    value: fc.option(fc.nat()),
    lines: fc.array(drawnLine, { maxLength: 2 }),
    scopes: fc.array(fc.nat(), { maxLength: 1 }),
    policies: rarely(drawnPolicy),
    unowned: rarely(fc.nat()),
    divisionless: rarely(fc.nat()),
  });
}

type DrawnCall = ReturnType<typeof drawnCall> extends fc.Arbitrary<infer Call> ? Call : never;

/** Draws a restriction rarely, as in real organizations. Too many restrictions together would refuse everything. */
function rarely<Item>(some: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant<Item[]>([]) },
    { weight: 1, arbitrary: fc.tuple(some) },
  );
}

/**
 * Returns whether an operation ignores divisions. A user may still give a division, although it contains no object of
 * the call.
 */
export function isOfAllDivisions({ caveats }: Operation): boolean {
  return caveats.some(({ kind }) => kind === "all-divisions");
}

function countingOf({ counts }: DrawnCall, { caveats }: Operation): string | null {
  const kinds = caveats.find(({ isClearedByPermissions }) => isClearedByPermissions)?.permissions ?? [];
  return counts === null ? null : (kinds[counts % kinds.length] ?? null);
}

/** Returns a value of a path parameter that a caveat names, or none. */
function pathValuesOf({ value }: DrawnCall, { caveats }: Operation): Readonly<Record<string, string>> {
  const named = caveats.flatMap(({ condition, cases }) => [
    ...(condition?.path === undefined ? [] : [{ name: condition.path, value: condition.value ?? "" }]),
    ...cases.flatMap(({ when }) => ("in" in when && when.in === "path" ? [when] : [])),
  ]);
  const chosen = value === null ? undefined : named[value % named.length];
  return chosen === undefined ? {} : { [chosen.name]: chosen.value };
}

function queryOf({ value }: DrawnCall, { caveats }: Operation): string {
  const named = caveats.flatMap(({ condition, cases }) => [
    ...(condition?.query === undefined ? [] : [`?${condition.query}=true`, "?other=1"]),
    ...cases.flatMap(({ when }) =>
      "in" in when && when.in === "query" ? [`?${when.name}=${when.value}`] : [],
    ),
  ]);
  return value === null ? "" : (named[value % named.length] ?? "");
}

/** Replaces the drawn numbers of a call with names that belong to the operation. */
function resolve(call: DrawnCall, operation: Operation) {
  const permissions = [
    ...operation.permissions,
    ...operation.conditionalPermissions,
    ...operation.caveats.flatMap((caveat) => caveat.permissions),
  ];
  const permissionAt = (number: number) => permissions[number % permissions.length] ?? "routing:queue:view";
  const patternOf = ({ permission, change }: DrawnPattern) => changePattern(permissionAt(permission), change);
  return {
    lines: call.lines.map((line) => ({
      role: line.role,
      hasCondition: line.hasCondition,
      pattern: patternOf(line),
    })),
    policies: call.policies.map((policy) => {
      const { effect, applyToClients, enabled, hasCondition } = policy;
      return { effect, applyToClients, enabled, hasCondition, target: patternOf(policy) };
    }),
    scopes: call.scopes.flatMap(
      (number) => operation.scopes?.[number % Math.max(1, operation.scopes.length)] ?? [],
    ),
    unowned: call.unowned.map(permissionAt),
    divisionless: call.divisionless.map(permissionAt),
  };
}

/** Returns the permission itself, a pattern with wildcards that matches it, or a related permission. */
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
