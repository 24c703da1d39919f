import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { World } from "../world.ts";
import { type Period, periodsOf, type UserPeriods } from "./periods.ts";

/** A user with their periods. */
export interface FoundUser {
  readonly userId: string;
  readonly periods: UserPeriods;
}

/** Finds the users in these divisions who have periods that match the body's filters. Users are in roster order. */
export function findUsers(
  world: World,
  interval: SearchInterval,
  body: JsonRecord,
  divisions: ReadonlySet<string> | typeof ALL_DIVISIONS,
): readonly FoundUser[] {
  const userIds = valuesOf(body["userFilters"], "userId");
  const presences = valuesOf(body["presenceFilters"], "systemPresence");
  const statuses = valuesOf(body["routingStatusFilters"], "routingStatus");
  return world.roster.agents.flatMap(({ id, divisionId }, index) => {
    if (userIds !== null && !userIds.has(id)) return [];
    if (divisions !== ALL_DIVISIONS && !divisions.has(divisionId)) return [];
    const { presence, routing } = periodsOf(world.seed, index, interval);
    const periods = {
      presence: presence.filter(among(presences)),
      routing: routing.filter(among(statuses)),
    };
    return periods.presence.length + periods.routing.length === 0 ? [] : [{ userId: id, periods }];
  });
}

/** Refuses a dimension that user details do not declare for a filter. Returns null for valid filters. */
export function checkUserFilters(body: JsonRecord): Refusal | null {
  return (
    checkNames(body["userFilters"], ["userId"]) ??
    checkNames(body["presenceFilters"], ["systemPresence", "organizationPresenceId"]) ??
    checkNames(body["routingStatusFilters"], ["routingStatus"])
  );
}

/**
 * Refuses filters that use a metric or a dimension that is not in `declared`, even inside clauses. Returns null for
 * valid filters.
 */
export function checkNames(filters: unknown, declared: readonly string[]): Refusal | null {
  return refuseUnknown(namesIn(filters), declared);
}

/** Refuses the first name that is not declared. Returns null when all are declared. */
export function refuseUnknown(names: readonly string[], declared: readonly string[]): Refusal | null {
  const property = names.find((name) => !declared.includes(name));
  return property === undefined
    ? null
    : refusal(400, "invalid.property", "Invalid property [{property}]", { property });
}

function namesIn(filters: unknown): readonly string[] {
  return asArray(filters)
    .map(asRecord)
    .flatMap(({ predicates, clauses }) => [
      ...asArray(predicates).map((each) => {
        const { dimension, metric, property } = asRecord(each);
        return asString(dimension) ?? asString(metric) ?? asString(property) ?? "";
      }),
      ...namesIn(clauses),
    ]);
}

/** Returns the values that the filters and their clauses allow for a dimension; null when they allow any. */
export function valuesOf(filters: unknown, dimension: string): ReadonlySet<string> | null {
  const found = (Array.isArray(filters) ? filters : [filters]).map(asRecord).flatMap((filter) => [
    ...asArray(filter["predicates"]).flatMap((each) => {
      const predicate = asRecord(each);
      return asString(predicate["dimension"]) === dimension ? [asString(predicate["value"]) ?? ""] : [];
    }),
    ...(valuesOfClauses(filter, dimension) ?? []),
  ]);
  return found.length === 0 ? null : new Set(found);
}

function valuesOfClauses(filter: JsonRecord, dimension: string): ReadonlySet<string> | null {
  const clauses = asArray(filter["clauses"]);
  return clauses.length === 0 ? null : valuesOf(clauses, dimension);
}

function among(states: ReadonlySet<string> | null): (period: Period) => boolean {
  return ({ state }) => states === null || states.has(state);
}
