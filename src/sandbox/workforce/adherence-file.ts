import { createHash } from "node:crypto";
import { instant } from "../exchange.ts";
import type { Member, Roster } from "../state/roster.ts";
import type { AdherenceItem } from "./adherence-job.ts";

/** The adherence of one agent in a management unit over the period of a job item. */
export type AdherenceRecord = Readonly<Record<string, unknown>> & { readonly userId: string };

/** Number of files per job item. The unit's agents are divided among them. */
export const FILES_PER_ITEM = 2;
/** Id of the secondary presence that every exception has. Files refer to it by the key `0`. */
export const MEAL_ID = "5e516c4b-a0f3-4e5c-9a5b-6f1f2a4d7c10";
const NAME = /^adherence-(\d+)-(\d+)-(\d+)-(\d+)$/;

/** Returns the name of a job's file, without its extension. */
export function adherenceFileName({ unit, startMs, endMs }: AdherenceItem, part: number): string {
  return `adherence-${unit}-${startMs}-${endMs}-${part}`;
}

/** Returns the agents of a management unit. Every agent belongs to exactly one unit. */
export function agentsOfUnit(
  { agents, configured }: Pick<Roster, "agents" | "configured">,
  unit: number,
): readonly Member[] {
  return agents.filter((_agent, index) => index % configured["management unit"].length === unit);
}

/** Returns the adherence of a unit's agents, computed from the agent and the time. */
export function adherenceOf(
  roster: Roster,
  { unit, startMs, endMs }: AdherenceItem,
): readonly AdherenceRecord[] {
  return agentsOfUnit(roster, unit).map(({ id: userId }) => {
    const lot = createHash("sha256").update(`${userId} ${startMs} ${endMs}`).digest();
    const exceptions = lot.readUInt8(0) % 4;
    const adherencePercentage = 100 - exceptions * 2.5;
    return {
      userId,
      adherencePercentage,
      conformancePercentage: 80 + (lot.readUInt8(1) % 40),
      impact: exceptions === 0 ? "Neutral" : "Negative",
      exceptionInfo: Array.from({ length: exceptions }, (_, index) => ({
        startOffsetSeconds: index * 3_600,
        endOffsetSeconds: index * 3_600 + 300,
        scheduledActivityCategory: "OnQueueWork",
        actualActivityCategory: "Break",
        secondaryPresenceLookupId: "0",
        impact: "Negative",
      })),
      actuals: [{ actualActivityCategory: "OnQueueWork", startOffsetSeconds: 0, endOffsetSeconds: 28_800 }],
      dayMetrics: [
        { dayStartOffsetSeconds: 0, exceptionCount: exceptions, exceptionDurationSeconds: exceptions * 300 },
      ],
    };
  });
}

/** Returns the text of a job's file; null for the name of any other file. */
export function adherenceTextOf(roster: Roster, name: string): string | null {
  const [, ...numbers] = NAME.exec(name) ?? [];
  if (numbers.length === 0) return null;
  const [unit = 0, startMs = 0, endMs = 0, part = 0] = numbers.map(Number);
  return JSON.stringify({
    startDate: instant(startMs),
    endDate: instant(endMs),
    managementUnitId: roster.configured["management unit"][unit]?.id,
    userResults: adherenceOf(roster, { unit, startMs, endMs }).filter(
      (_each, index) => index % FILES_PER_ITEM === part,
    ),
    lookupIdToSecondaryPresenceId: { "0": MEAL_ID },
  });
}
