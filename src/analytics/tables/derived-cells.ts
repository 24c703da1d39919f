import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Cell, Column } from "../table.ts";
import { instantMs } from "./instant.ts";
import { columnsOf } from "./table-plan.ts";

/** Values that most analyses need and that would otherwise take a join each. */
export const DERIVED_COLUMNS: readonly Column[] = [
  ...columnsOf("int64", "durationMs"),
  ...columnsOf("strings", "mediaTypes", "queueIds"),
  ...columnsOf("int32", "agentCount"),
];

/**
 * Returns the cells of `DERIVED_COLUMNS`: the duration, null while open; the media and queues in order of
 * first occurrence; the users who took part as agents, each counted once.
 */
export function derivedCells(conversation: JsonRecord): readonly Cell[] {
  const mediaTypes = new Set<string>();
  const queueIds = new Set<string>();
  const agents = new Set<string>();
  for (const participant of asArray(conversation["participants"]).map(asRecord)) {
    if (participant["purpose"] === "agent") add(agents, participant["userId"]);
    for (const session of asArray(participant["sessions"]).map(asRecord)) {
      add(mediaTypes, session["mediaType"]);
      for (const segment of asArray(session["segments"])) add(queueIds, asRecord(segment)["queueId"]);
    }
  }
  return [durationMs(conversation), [...mediaTypes], [...queueIds], agents.size];
}

function add(set: Set<string>, value: unknown): void {
  if (typeof value === "string" && value !== "") set.add(value);
}

function durationMs(conversation: JsonRecord): number | null {
  const lengthMs =
    instantMs(asString(conversation["conversationEnd"]) ?? "") -
    instantMs(asString(conversation["conversationStart"]) ?? "");
  return Number.isNaN(lengthMs) ? null : lengthMs;
}
