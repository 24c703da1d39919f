import type { Roster } from "../../state/roster.ts";
import { Draws } from "./draws.ts";
import { idOfPosition, type Position } from "./position-id.ts";

export type ConversationKind = "call" | "outbound" | "callback" | "chat" | "message" | "email";

/**
 * One agent's part in a conversation: alert, answer, holds, disconnect, wrap-up. Times are in milliseconds since the
 * epoch.
 */
export interface Leg {
  /** Index in the roster. */
  readonly agent: number;
  /** Index in the roster. */
  readonly queue: number;
  readonly alertedMs: number;
  /** Time at which the agent answered; null for a missed alert, which ended at `leftMs`. */
  readonly answeredMs: number | null;
  /** Start and end of each hold. */
  readonly holds: readonly (readonly [number, number])[];
  readonly leftMs: number;
  readonly wrappedUpMs: number;
}

/** The events of one conversation and their times. A search needs only these, not the record. */
export interface ConversationPlan {
  readonly position: Position;
  readonly id: string;
  readonly kind: ConversationKind;
  readonly startMs: number;
  readonly queuedMs: number;
  /** One leg per agent; empty when the customer abandoned the queue. */
  readonly legs: readonly Leg[];
  /** Time at which the customer's own connection ended. */
  readonly hungUpMs: number;
  /** End of the whole conversation, possibly in the future. */
  readonly endMs: number;
  readonly divisionIds: readonly string[];
  /** Random values for the rest of the record, continuing those of the plan. */
  readonly draws: Draws;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Minimum and maximum duration of the wait and of the talk, in milliseconds. `lingering` is the share of
 * conversations that last for days.
 */
const PACES: Readonly<
  Record<
    ConversationKind,
    {
      readonly wait: readonly [number, number];
      readonly talk: readonly [number, number];
      readonly lingering: number;
    }
  >
> = {
  call: { wait: [500, 180 * SECOND_MS], talk: [20 * SECOND_MS, 15 * MINUTE_MS], lingering: 0 },
  outbound: { wait: [2 * SECOND_MS, 25 * SECOND_MS], talk: [15 * SECOND_MS, 8 * MINUTE_MS], lingering: 0 },
  callback: { wait: [10 * MINUTE_MS, 5 * HOUR_MS], talk: [30 * SECOND_MS, 15 * MINUTE_MS], lingering: 0.05 },
  chat: { wait: [500, 5 * MINUTE_MS], talk: [MINUTE_MS, 40 * MINUTE_MS], lingering: 0 },
  message: { wait: [500, 20 * MINUTE_MS], talk: [5 * MINUTE_MS, 9 * HOUR_MS], lingering: 0.05 },
  email: { wait: [MINUTE_MS, 6 * HOUR_MS], talk: [MINUTE_MS, HOUR_MS], lingering: 0.06 },
};

/** Maximum duration of a planned conversation in milliseconds. A search must start this long before its interval. */
export const LONGEST_MS = 46 * DAY_MS;

/** Returns the plan of the conversation at `position` that starts at `startMs`. */
export function planConversation(
  seed: number,
  position: Position,
  startMs: number,
  { agents, queues }: Roster,
): ConversationPlan {
  const draws = new Draws(seed, position.day, position.index);
  const kind = pickKind(draws.fraction());
  const pace = PACES[kind];
  const queue = draws.integer(0, queues.length - 1);
  const queuedMs =
    kind === "call" ? startMs + draws.integer(4_000, 45_000) : startMs + draws.integer(20, 400);
  const waitedMs = queuedMs + draws.integer(...pace.wait);
  const legs: Leg[] = [];
  if (!draws.chance(kind === "outbound" ? 0.2 : 0.06)) {
    let alertedMs = waitedMs;
    if (draws.chance(0.12)) {
      const missed = missedLeg(draws, draws.integer(0, agents.length - 1), queue, alertedMs);
      legs.push(missed);
      alertedMs = missed.leftMs + draws.integer(200, 4_000);
    }
    const lingersMs = draws.chance(pace.lingering) ? draws.integer(DAY_MS, 40 * DAY_MS) : 0;
    const [shortest, longest] = pace.talk;
    const talkMs = lingersMs + draws.integer(shortest, longest);
    const first = answeredLeg(draws, draws.integer(0, agents.length - 1), queue, alertedMs, talkMs);
    legs.push(first);
    if (draws.chance(0.1)) {
      const other = draws.integer(0, queues.length - 1);
      const agent = draws.integer(0, agents.length - 1);
      legs.push(answeredLeg(draws, agent, other, first.leftMs + 300, draws.integer(shortest, longest)));
    }
  }
  const divisions = new Set([queue, ...legs.map((leg) => leg.queue)]);
  return {
    position,
    id: idOfPosition(seed, position),
    kind,
    startMs,
    queuedMs,
    legs,
    hungUpMs: legs.at(-1)?.leftMs ?? waitedMs,
    endMs: legs.reduce((latestMs, leg) => Math.max(latestMs, leg.wrappedUpMs), waitedMs),
    divisionIds: [...new Set([...divisions].map((each) => queues[each]?.divisionId ?? ""))],
    draws,
  };
}

function pickKind(fraction: number): ConversationKind {
  if (fraction < 0.56) return "call";
  if (fraction < 0.64) return "outbound";
  if (fraction < 0.7) return "callback";
  if (fraction < 0.8) return "chat";
  return fraction < 0.9 ? "message" : "email";
}

function missedLeg(draws: Draws, agent: number, queue: number, alertedMs: number): Leg {
  const leftMs = alertedMs + draws.integer(8_000, 30_000);
  const wrappedUpMs = leftMs + draws.integer(0, 5_000);
  return { agent, queue, alertedMs, answeredMs: null, holds: [], leftMs, wrappedUpMs };
}

function answeredLeg(draws: Draws, agent: number, queue: number, alertedMs: number, talkMs: number): Leg {
  const answeredMs = alertedMs + draws.integer(1_500, 12_000);
  const leftMs = answeredMs + talkMs;
  const holds: (readonly [number, number])[] = [];
  if (draws.chance(0.2)) {
    const beganMs = answeredMs + Math.floor(talkMs * 0.2);
    holds.push([beganMs, beganMs + Math.floor(talkMs * 0.1)]);
    // Adds a second hold without a duration, which produces two segments with the same times.
    if (draws.chance(0.2)) {
      holds.push([beganMs + Math.floor(talkMs * 0.5), beganMs + Math.floor(talkMs * 0.5)]);
    }
  }
  return {
    agent,
    queue,
    alertedMs,
    answeredMs,
    holds,
    leftMs,
    wrappedUpMs: leftMs + draws.integer(3_000, 90_000),
  };
}
