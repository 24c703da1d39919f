import { splitPermission } from "../verdict/holdings.ts";
import { findLeastCover, type Tie } from "./cover.ts";
import { type LeastScopes, leastScopes } from "./least-scopes.ts";
import {
  describeNeed,
  type Need,
  optionsOf,
  type SingleNeed,
  singleNeeds,
  sometimesNeeded,
  unpublishedOf,
} from "./need.ts";

/** One permission in the result, with the requirements that it satisfies. */
export interface NeededPermission {
  readonly permission: string;
  /**
   * Names of the requirements, such as `GET /api/v2/routing/queues`, that the permission satisfies, alone or with
   * others.
   */
  readonly neededFor: readonly string[];
}

/** A need that no role can satisfy. */
export interface UnmetNeed {
  readonly need: string;
  /** The permissions that would satisfy the need but cannot be granted. Empty when they are not published. */
  readonly permissions: readonly string[];
  readonly reason: "not owned" | "not published";
}

/** A permission that only some requests of an operation need. */
export interface ConditionalPermission {
  readonly permission: string;
  readonly neededFor: readonly string[];
}

/** The least that a token must hold to satisfy all needs, and what remains undecided. */
export interface LeastPrivilege {
  readonly permissions: readonly NeededPermission[];
  /** Alternatives that can replace parts of `permissions` without making the list longer. */
  readonly ties: readonly Tie[];
  /** False when the search reached its limit, so that a smaller set may exist. */
  readonly isExact: boolean;
  readonly unmet: readonly UnmetNeed[];
  /**
   * Permissions that are not part of the result, because only the content of a request decides whether it needs
   * them.
   */
  readonly conditional: readonly ConditionalPermission[];
  /** Scopes for an OAuth client that users log in through. Client credentials need no scopes. */
  readonly scopes: LeastScopes;
}

export interface LeastPrivilegeOptions {
  /** The permissions that the organization has and can grant; null when they are unknown. */
  readonly owned?: ReadonlySet<string> | null;
  /** Returns how many operations a permission allows; absent without a catalog. */
  readonly opens?: (permission: string) => number;
}

/** Matches actions that change nothing. They are preferred among sets of equal size. */
const READING_ACTION = /^(view|search|read)/;
/** Matches actions that include all other actions on an entity, and often those on other entities. */
const WIDE_ACTION = /^(?:admin|all|manage)$/i;
/** Ranks of permissions. Each one matters only when all higher ones are equal. */
const CHANGES_SOMETHING = 100_000_000;
const SHOWS_A_PART = 10_000_000;
const OPENS_ONE = 1_000;

/**
 * Finds the fewest permissions that satisfy all needs, and the narrowest scopes for them. A permission for
 * everything, such as `directory:organization:admin`, counts once per operation that it allows, so that narrow
 * permissions replace it. Among sets of equal size, prefers in this order:
 * - fewer actions that change something
 * - permissions for all objects of a kind (`conversationDetail`, not `agentConversationDetail`)
 * - permissions that allow fewer operations
 * - permissions that the operations list first
 * - the first by name
 */
export function findLeastPrivilege(
  needs: readonly Need[],
  { owned = null, opens = () => 1 }: LeastPrivilegeOptions = {},
): LeastPrivilege {
  const isGrantable = (permission: string) => owned === null || owned.has(permission);
  const grantable = needs.map((need) => ({
    need,
    options: withoutLegacy(optionsOf(need).filter((option) => option.every(isGrantable))),
  }));
  const satisfiable = grantable.filter(({ options }) => options.length > 0);
  const { chosen, ties, isExact } = findLeastCover(
    satisfiable.map(({ options }) => options),
    {
      weightOf: (permission) => (isWide(permission) ? Math.max(1, opens(permission)) : 1),
      rankOf: createRanking(
        satisfiable.map(({ options }) => options),
        opens,
      ),
    },
  );
  const held = new Set(chosen);
  const neededFor = new Map<string, Set<string>>(chosen.map((permission) => [permission, new Set()]));
  for (const { need, options } of satisfiable) {
    const satisfied = options.find((option) => option.every((permission) => held.has(permission)));
    for (const permission of satisfied ?? []) neededFor.get(permission)?.add(describeNeed(need));
  }
  const calls = satisfiable.map(({ need }) => satisfiedBy(need, held));
  return {
    permissions: entriesOf(neededFor),
    ties,
    isExact,
    unmet: grantable.filter(({ options }) => options.length === 0).map(({ need }) => unmetOf(need)),
    conditional: conditionalOf(calls, held),
    scopes: leastScopes(calls.flatMap((call) => (call.kind === "operation" ? [call.operation] : []))),
  };
}

/**
 * Removes options with a legacy permission such as `admin`, which allows far more than others, unless there are
 * no other options.
 */
function withoutLegacy(options: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const others = options.filter((option) =>
    option.every((permission) => splitPermission(permission) !== null),
  );
  return others.length > 0 ? others : options;
}

function isWide(permission: string): boolean {
  return WIDE_ACTION.test(permission.split(":")[2] ?? "");
}

/** Returns a function that ranks permissions among sets of equal size. */
function createRanking(
  clauses: readonly (readonly (readonly string[])[])[],
  opens: (permission: string) => number,
): (permission: string) => number {
  const positions = new Map<string, number>();
  const partial = new Set<string>();
  for (const clause of clauses) {
    for (const name of partialPermissions(clause.flat())) partial.add(name);
    for (const [position, option] of clause.entries()) {
      for (const name of option) positions.set(name, Math.min(position, positions.get(name) ?? position));
    }
  }
  return (permission) =>
    (positions.get(permission) ?? 0) +
    OPENS_ONE * opens(permission) +
    (partial.has(permission) ? SHOWS_A_PART : 0) +
    (READING_ACTION.test(permission.split(":")[2] ?? "") ? 0 : CHANGES_SOMETHING);
}

/**
 * Finds permissions for a subtype of an entity when the same action is also listed for the entity itself:
 * `recording:snippetRecording:view` next to `recording:recording:view`. The call returns 200 with either, but only
 * part of the data with the former.
 */
function partialPermissions(permissions: readonly string[]): readonly string[] {
  const parts = permissions.map((permission) => permission.toLowerCase().split(":"));
  return permissions.filter((_, at) => {
    const [domain, entity = "", action] = parts[at] ?? [];
    return parts.some(
      ([otherDomain, other = "", otherAction]) =>
        otherDomain === domain && otherAction === action && other !== entity && entity.endsWith(other),
    );
  });
}

/** Returns the alternative that the permissions satisfy, or the first one when they satisfy none. */
function satisfiedBy(need: Need, held: ReadonlySet<string>): SingleNeed {
  const singles = singleNeeds(need);
  const possible = singles.find((single) =>
    optionsOf(single).some((option) => option.every((permission) => held.has(permission))),
  );
  return possible ?? singles[0] ?? { kind: "permission", permission: describeNeed(need) };
}

function unmetOf(need: Need): UnmetNeed {
  const permissions = [...new Set(optionsOf(need).flat())];
  return {
    need: describeNeed(need),
    permissions,
    reason: unpublishedOf(need).length > 0 ? "not published" : "not owned",
  };
}

function conditionalOf(
  calls: readonly SingleNeed[],
  held: ReadonlySet<string>,
): readonly ConditionalPermission[] {
  const neededFor = new Map<string, Set<string>>();
  for (const call of calls) {
    if (call.kind === "permission") continue;
    for (const permission of sometimesNeeded(call)) {
      if (held.has(permission)) continue;
      const names = neededFor.get(permission) ?? new Set();
      neededFor.set(permission, names.add(describeNeed(call)));
    }
  }
  return entriesOf(neededFor);
}

function entriesOf(neededFor: ReadonlyMap<string, ReadonlySet<string>>): readonly NeededPermission[] {
  return [...neededFor]
    .map(([permission, names]) => ({ permission, neededFor: [...names].toSorted() }))
    .toSorted((a, b) => (a.permission < b.permission ? -1 : 1));
}
