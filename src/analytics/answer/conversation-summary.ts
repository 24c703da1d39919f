import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Column, Row } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";

const COLUMNS: readonly Column[] = [
  { name: "conversationId", type: "string" },
  { name: "conversationStart", type: "timestamp" },
  { name: "conversationEnd", type: "timestamp" },
  { name: "durationMs", type: "int64" },
  { name: "direction", type: "string" },
  { name: "mediaTypes", type: "strings" },
  { name: "queues", type: "strings" },
  { name: "agents", type: "strings" },
];

/** The id fields of a conversation that a column shows. */
const SHOWN_IDS: Readonly<Record<string, string>> = { queues: "queueId", agents: "userId" };

/**
 * Returns the id fields that a summary of conversations shows as names.
 * @param chosen the requested columns; null for all
 */
export function idsInSummary(chosen: readonly string[] | null): readonly string[] {
  const isChosen = (column: string) => chosen?.some((name) => name.toLowerCase() === column) ?? true;
  return Object.entries(SHOWN_IDS).flatMap(([column, idKey]) => (isChosen(column) ? [idKey] : []));
}

/**
 * Returns one row per conversation: time, direction, media and participants. An open conversation has no end
 * and no duration.
 */
export function conversationSummaries(conversations: readonly JsonRecord[]): AnswerTable {
  return { columns: COLUMNS, rows: conversations.map(summarize) };
}

function summarize(conversation: JsonRecord): Row {
  const participants = asArray(conversation["participants"]).map(asRecord);
  const sessions = participants.flatMap(({ sessions: list }) => asArray(list).map(asRecord));
  const segments = sessions.flatMap(({ segments: list }) => asArray(list).map(asRecord));
  const start = asString(conversation["conversationStart"]);
  const end = asString(conversation["conversationEnd"]);
  return [
    asString(conversation["conversationId"]),
    start,
    end,
    start === null || end === null ? null : Date.parse(end) - Date.parse(start),
    asString(conversation["originatingDirection"]),
    distinct(sessions.map(({ mediaType }) => mediaType)),
    distinct(segments.map(({ queueId, queueName }) => queueName ?? queueId)),
    distinct(
      participants
        .filter(({ purpose }) => purpose === "agent" || purpose === "user")
        .map(({ userId, userName }) => userName ?? userId),
    ),
  ];
}

function distinct(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => asString(value) ?? []))];
}
