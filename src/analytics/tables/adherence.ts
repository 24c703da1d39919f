import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Cell, Column, Flattener } from "../table.ts";
import { instantMs } from "./instant.ts";
import { columnsOf, type Model, planTable, rowOf, type TablePlan } from "./table-plan.ts";

const UNIT = columnsOf("string", "managementUnitId", "managementUnitName");
const PERIOD = [
  ...columnsOf("timestamp", "startTime", "endTime"),
  ...columnsOf("string", "secondaryPresenceId"),
];
/** Largest distance from 1970, in milliseconds and in both directions, that a `Date` can represent. */
const FURTHEST_MS = 8.64e15;

/** Models of an agent's adherence on a day and of its lists. */
export const ADHERENCE = {
  agent: {
    columns: [
      ...columnsOf("string", "userId"),
      ...columnsOf("double", "adherencePercentage", "conformancePercentage"),
      ...columnsOf("string", "impact"),
    ],
    lists: ["dayMetrics", "exceptionInfo", "actuals"],
  },
  days: {
    columns: [
      ...columnsOf(
        "int64",
        "dayStartOffsetSeconds",
        "adherenceScheduleSeconds",
        "conformanceScheduleSeconds",
        "conformanceActualSeconds",
        "exceptionCount",
        "exceptionDurationSeconds",
        "impactSeconds",
        "scheduleLengthSeconds",
        "actualLengthSeconds",
      ),
      ...columnsOf("double", "adherencePercentage", "conformancePercentage"),
    ],
  },
  exceptions: {
    columns: [
      ...columnsOf("int64", "startOffsetSeconds", "endOffsetSeconds"),
      ...columnsOf("string", "scheduledActivityCodeId", "scheduledActivityCategory"),
      ...columnsOf("strings", "scheduledSecondaryPresenceLookupIds"),
      ...columnsOf("string", "actualActivityCodeId", "actualActivityCategory", "systemPresence"),
      ...columnsOf("string", "routingStatus", "impact", "secondaryPresenceLookupId"),
    ],
  },
  actuals: {
    columns: [
      ...columnsOf("string", "actualActivityCategory", "actualSecondaryPresenceLookupId"),
      ...columnsOf("int64", "startOffsetSeconds", "endOffsetSeconds"),
    ],
  },
} as const satisfies Record<string, Model>;

const agents = planTable("adherence", {
  model: {
    columns: [
      ...UNIT,
      ...ADHERENCE.agent.columns,
      ...columnsOf("timestamp", "startDate", "endDate"),
      ...columnsOf("json", "lookupIdToSecondaryPresenceId"),
      ...columnsOf("string", "downloadCode", "downloadReason"),
    ],
    lists: ADHERENCE.agent.lists,
  },
});

/** A list in an agent's day, and the table that has a row for each of its items. */
interface AdherenceList {
  readonly field: string;
  readonly plan: TablePlan;
  /** Field of an item with its start, in seconds after the start of the report. */
  readonly start: string;
  /**
   * Fields of an item with its end, in seconds after the start of the report, and with its key in
   * `lookupIdToSecondaryPresenceId`; null for a day.
   */
  readonly period: readonly [end: string, lookup: string] | null;
}

const LISTS: readonly AdherenceList[] = [
  {
    field: "dayMetrics",
    plan: planTable("adherence_days", {
      keys: keysOf("dayIdx", columnsOf("timestamp", "startTime")),
      model: ADHERENCE.days,
    }),
    start: "dayStartOffsetSeconds",
    period: null,
  },
  {
    field: "exceptionInfo",
    plan: planTable("adherence_exceptions", {
      keys: keysOf("exceptionIdx", PERIOD),
      model: ADHERENCE.exceptions,
    }),
    start: "startOffsetSeconds",
    period: ["endOffsetSeconds", "secondaryPresenceLookupId"],
  },
  {
    field: "actuals",
    plan: planTable("adherence_actuals", { keys: keysOf("actualIdx", PERIOD), model: ADHERENCE.actuals }),
    start: "startOffsetSeconds",
    period: ["endOffsetSeconds", "actualSecondaryPresenceLookupId"],
  },
];

function keysOf(index: string, derived: readonly Column[]): readonly Column[] {
  return [
    ...columnsOf("string", "managementUnitId", "userId"),
    ...columnsOf("timestamp", "startDate"),
    ...columnsOf("int32", index),
    ...derived,
  ];
}

/**
 * Flattens an agent's adherence on a day: one row with its percentages, and one row per day metric, exception and
 * activity. Replaces offsets with instants, and adds the id of the secondary presence.
 */
export function adherenceFlattener(): Flattener {
  return {
    tables: [agents.table, ...LISTS.map(({ plan }) => plan.table)],
    flatten(record, emit) {
      emit(0, rowOf(agents, [], record));
      const key: readonly Cell[] = ["managementUnitId", "userId", "startDate"].map((name) =>
        asString(record[name]),
      );
      const presences = asRecord(record["lookupIdToSecondaryPresenceId"]);
      const startMs = instantMs(asString(record["startDate"]) ?? "");
      for (const [index, list] of LISTS.entries()) {
        for (const [position, item] of asArray(record[list.field]).entries()) {
          const derived = derivedOf(list, asRecord(item), startMs, presences);
          emit(index + 1, rowOf(list.plan, [...key, position, ...derived], item));
        }
      }
    },
  };
}

function derivedOf(
  { start, period }: AdherenceList,
  item: JsonRecord,
  startMs: number,
  presences: JsonRecord,
): readonly Cell[] {
  const startTime = instantAfter(startMs, item[start]);
  if (period === null) return [startTime];
  const [end, lookup] = period;
  const id = asString(item[lookup]);
  const presence = id !== null && Object.hasOwn(presences, id) ? asString(presences[id]) : null;
  return [startTime, instantAfter(startMs, item[end]), presence];
}

/** Returns the instant this many seconds after another; null when either is unknown. */
function instantAfter(startMs: number, seconds: unknown): string | null {
  const ms = typeof seconds === "number" ? startMs + seconds * 1_000 : Number.NaN;
  return Math.abs(ms) <= FURTHEST_MS ? new Date(ms).toISOString() : null;
}
