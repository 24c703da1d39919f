import { appendAll } from "../../core/lists/append-all.ts";
import { Draws } from "../conversations/plan/draws.ts";
import { at, DAY_MS, dayOf } from "../conversations/plan/instant.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";

/** A period of one presence or routing status, in milliseconds since the epoch. */
export interface Period {
  readonly startMs: number;
  readonly endMs: number;
  readonly state: string;
}

export interface UserPeriods {
  readonly presence: readonly Period[];
  readonly routing: readonly Period[];
}

const HOUR_MS = 3_600_000;
const SHIFT: readonly string[] = [
  "AVAILABLE",
  "ON_QUEUE",
  "BREAK",
  "ON_QUEUE",
  "MEAL",
  "ON_QUEUE",
  "TRAINING",
  "ON_QUEUE",
];
const WORK: readonly string[] = [
  "IDLE",
  "INTERACTING",
  "IDLE",
  "COMMUNICATING",
  "NOT_RESPONDING",
  "INTERACTING",
];

/**
 * Returns the periods of a user that overlap the interval, oldest first and in full length. Nights span midnight, so a
 * period can belong to two days.
 */
export function periodsOf(seed: number, userNumber: number, interval: SearchInterval): UserPeriods {
  const presence: Period[] = [];
  const routing: Period[] = [];
  for (let dayMs = dayOf(interval.startMs) - DAY_MS; dayMs <= interval.endMs; dayMs += DAY_MS) {
    const today = shiftOf(seed, userNumber, dayMs);
    const tomorrowMs = shiftOf(seed, userNumber, dayMs + DAY_MS).startMs;
    appendAll(presence, [
      ...split(SHIFT, today),
      { startMs: today.endMs, endMs: tomorrowMs, state: "OFFLINE" },
    ]);
    appendAll(routing, [
      ...split(WORK, today),
      { startMs: today.endMs, endMs: tomorrowMs, state: "OFF_QUEUE" },
    ]);
  }
  const touches = ({ startMs, endMs }: Period) => startMs < interval.endMs && endMs > interval.startMs;
  return { presence: presence.filter(touches), routing: routing.filter(touches) };
}

/** Returns an `AnalyticsUserDetail`. Periods that last beyond `asOfMs` have no end, and later periods are absent. */
export function describeUser(userId: string, periods: UserPeriods, asOfMs: number): object {
  const begun = ({ startMs }: Period) => startMs <= asOfMs;
  const primaryPresence = periods.presence.filter(begun).map(({ startMs, endMs, state }) => ({
    ...(endMs > asOfMs ? {} : { endTime: at(endMs) }),
    organizationPresenceId: state.toLowerCase(),
    startTime: at(startMs),
    systemPresence: state,
  }));
  const routingStatus = periods.routing.filter(begun).map(({ startMs, endMs, state }) => ({
    ...(endMs > asOfMs ? {} : { endTime: at(endMs) }),
    routingStatus: state,
    startTime: at(startMs),
  }));
  return { userId, primaryPresence, routingStatus };
}

function shiftOf(seed: number, userNumber: number, dayMs: number): SearchInterval {
  const draws = new Draws(seed ^ 0x5bd1e995, dayMs / DAY_MS, userNumber);
  const startMs = dayMs + draws.integer(6 * HOUR_MS, 9 * HOUR_MS);
  return { startMs, endMs: startMs + draws.integer(7 * HOUR_MS, 9 * HOUR_MS) };
}

function split(states: readonly string[], { startMs, endMs }: SearchInterval): readonly Period[] {
  const lengthMs = (endMs - startMs) / states.length;
  return states.map((state, index) => ({
    state,
    startMs: startMs + Math.floor(index * lengthMs),
    endMs: startMs + Math.floor((index + 1) * lengthMs),
  }));
}
