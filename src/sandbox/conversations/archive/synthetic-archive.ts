import { createRoster, LARGE_ROSTER, type Roster, type RosterSizes } from "../../state/roster.ts";
import { scramble } from "../plan/draws.ts";
import { DAY_MS, dayOf } from "../plan/instant.ts";
import { type ConversationPlan, LONGEST_MS, planConversation } from "../plan/plan.ts";
import { positionOfId } from "../plan/position-id.ts";
import { composeConversation } from "../record/compose.ts";
import { spell } from "../record/spelling.ts";
import { type Archive, withoutAttributes } from "./archive.ts";

/** Parameters that determine the conversations. */
export interface ArchiveOptions {
  readonly seed: number;
  /** Total number, spread evenly over the days. */
  readonly conversations: number;
  /** Number of days, 31 when absent. The last one is the day in progress at `startedAtMs`. */
  readonly days?: number | undefined;
  readonly startedAtMs: number;
  readonly roster?: Partial<RosterSizes> | undefined;
}

/** An archive with the people and objects that its conversations reference. */
export interface SyntheticArchive extends Archive {
  readonly roster: Roster;
}

/**
 * Creates an archive of any size that stores nothing. Each conversation is generated on demand from the seed, its day
 * and its index. The day in progress is filled up to `startedAtMs`. Later days fill up as `asOfMs` advances.
 */
export function createSyntheticArchive(options: ArchiveOptions): SyntheticArchive {
  const { seed, startedAtMs } = options;
  const days = options.days ?? 31;
  const lastDayMs = dayOf(startedAtMs - 1);
  const firstDayMs = lastDayMs - (days - 1) * DAY_MS;
  const perDay = Math.floor(options.conversations / days);
  const more = options.conversations % days;
  const roster = createRoster(seed, { ...LARGE_ROSTER, ...options.roster });

  function plannedOn(dayMs: number): number {
    if (dayMs < firstDayMs) return 0;
    return perDay + ((dayMs - firstDayMs) / DAY_MS < more ? 1 : 0);
  }

  /**
   * Returns the start of a conversation. Each conversation has its own time slot in the day; the first and the last one
   * start at the very beginning and end of the day.
   */
  function startOf(dayMs: number, index: number): number {
    const count = plannedOn(dayMs);
    const spanMs = dayMs === lastDayMs ? startedAtMs - dayMs : DAY_MS;
    if (index === 0) return dayMs;
    if (index === count - 1) return dayMs + spanMs - 1;
    const fromMs = Math.floor((spanMs * index) / count);
    const untilMs = Math.floor((spanMs * (index + 1)) / count);
    const noise = (scramble(seed ^ scramble(index) ^ (dayMs / DAY_MS)) >>> 0) / 2 ** 32;
    return dayMs + fromMs + Math.floor(noise * (untilMs - fromMs));
  }

  function countOn(dayMs: number, asOfMs: number): number {
    let low = 0;
    let high = plannedOn(dayMs);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(dayMs, middle) <= asOfMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function plan(dayMs: number, index: number): ConversationPlan {
    return planConversation(seed, { day: dayMs / DAY_MS, index }, startOf(dayMs, index), roster);
  }

  return {
    roster,
    longestMs: LONGEST_MS,
    days: (asOfMs) => ({ firstMs: firstDayMs, lastMs: Math.max(lastDayMs, dayOf(asOfMs)) }),
    countOn,
    entry(dayMs, index, asOfMs) {
      const { id, startMs, endMs, divisionIds } = plan(dayMs, index);
      return { id, startMs, endMs: endMs > asOfMs ? null : endMs, divisionIds };
    },
    read: (dayMs, index, asOfMs) => composeConversation(plan(dayMs, index), roster, asOfMs),
    render(dayMs, index, asOfMs, withAttributes) {
      const record = composeConversation(plan(dayMs, index), roster, asOfMs);
      return spell(withAttributes ? record : withoutAttributes(record), scramble(index) >>> 0);
    },
    find(id, asOfMs) {
      const position = positionOfId(seed, id);
      if (position === null) return null;
      const dayMs = position.day * DAY_MS;
      return position.index < countOn(dayMs, asOfMs) ? { dayMs, index: position.index } : null;
    },
  };
}
