import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Column, Row } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";

const COLUMNS: readonly Column[] = [
  { name: "userId", type: "string" },
  { name: "userName", type: "string" },
  { name: "kind", type: "string" },
  { name: "state", type: "string" },
  { name: "startTime", type: "timestamp" },
  { name: "endTime", type: "timestamp" },
  { name: "durationMs", type: "int64" },
];

/** Returns one row per presence and per routing status of a user, in order of start. */
export function userSummaries(users: readonly JsonRecord[]): AnswerTable {
  return { columns: COLUMNS, rows: users.flatMap(periodsOf) };
}

function periodsOf(user: JsonRecord): readonly Row[] {
  const userId = asString(user["userId"]);
  const userName = asString(user["userName"]);
  const periods = [
    ...asArray(user["primaryPresence"]).map((item) => period(item, "presence", "systemPresence")),
    ...asArray(user["routingStatus"]).map((item) => period(item, "routing status", "routingStatus")),
  ];
  return periods
    .toSorted((one, other) => (one.start ?? "").localeCompare(other.start ?? ""))
    .map(({ kind, state, start, end }): Row => {
      const durationMs = start === null || end === null ? null : Date.parse(end) - Date.parse(start);
      return [userId, userName, kind, state, start, end, durationMs];
    });
}

function period(item: unknown, kind: string, stateKey: string) {
  const fields = asRecord(item);
  return {
    kind,
    state: asString(fields[stateKey]),
    start: asString(fields["startTime"]),
    end: asString(fields["endTime"]),
  };
}
