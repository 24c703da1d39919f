import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Cell, Flattener, Row } from "../table.ts";
import { FIRST_DERIVED, FLOW_COLUMNS, PLANS } from "./conversation-plans.ts";
import { derivedCells } from "./derived-cells.ts";
import { textOf } from "./record-text.ts";
import { readFields, rowOf, type TablePlan } from "./table-plan.ts";

const ORDER: readonly TablePlan[] = Object.values(PLANS);
const POSITIONS = new Map(ORDER.map((plan, index) => [plan, index]));

type Emit = (table: number, row: Row) => void;

/**
 * Flattens conversation details: a row for the conversation, and rows in separate tables for its parts, each
 * with the conversation's id and the positions of its parents. Fields that the platform's model lacks or
 * gives another type are in `extra`.
 */
export function conversationsFlattener(): Flattener {
  return {
    tables: ORDER.map(({ table }) => table),
    flatten(conversation, emit) {
      const row = rowOf(PLANS.conversations, [], conversation);
      row.splice(FIRST_DERIVED, PLANS.conversations.extra - FIRST_DERIVED, ...derivedCells(conversation));
      emitRow(PLANS.conversations, row, emit);
      const key = [asString(conversation["conversationId"])];
      emitItems(PLANS.evaluations, key, conversation["evaluations"], emit);
      emitItems(PLANS.surveys, key, conversation["surveys"], emit);
      emitItems(PLANS.resolutions, key, conversation["resolutions"], emit);
      for (const [index, participant] of asArray(conversation["participants"]).entries()) {
        emitParticipant([...key, index], participant, emit);
      }
    },
  };
}

function emitParticipant(key: readonly Cell[], item: unknown, emit: Emit): void {
  emitRow(PLANS.participants, rowOf(PLANS.participants, key, item), emit);
  const participant = asRecord(item);
  for (const [name, value] of Object.entries(asRecord(participant["attributes"]))) {
    emitRow(PLANS.attributes, rowOf(PLANS.attributes, [...key, name], { value }), emit);
  }
  for (const [index, session] of asArray(participant["sessions"]).entries()) {
    emitSession([...key, index], session, emit);
  }
}

function emitSession(key: readonly Cell[], item: unknown, emit: Emit): void {
  const session = asRecord(item);
  const flow = asRecord(session["flow"]);
  const row = rowOf(PLANS.sessions, key, item);
  const unknownOfFlow = readFields(FLOW_COLUMNS, flow, row);
  if (unknownOfFlow !== null) addToExtra(row, session, unknownOfFlow);
  emitRow(PLANS.sessions, row, emit);
  emitItems(PLANS.segments, key, session["segments"], emit);
  emitItems(PLANS.metrics, key, session["metrics"], emit);
  emitItems(PLANS.mediaEndpointStats, key, session["mediaEndpointStats"], emit);
  emitItems(PLANS.flowOutcomes, key, flow["outcomes"], emit);
}

/** Merges the unknown fields of a session and of its flow, which share a row. */
function addToExtra(row: Cell[], session: JsonRecord, flow: JsonRecord): void {
  const ofSession = readFields(PLANS.sessions.fieldColumns, session, row);
  row[PLANS.sessions.extra] = textOf({ ...ofSession, flow });
}

function emitItems(plan: TablePlan, key: readonly Cell[], items: unknown, emit: Emit): void {
  if (!Array.isArray(items)) return;
  for (let index = 0; index < items.length; index += 1) {
    emitRow(plan, rowOf(plan, [...key, index], items[index]), emit);
  }
}

function emitRow(plan: TablePlan, row: Row, emit: Emit): void {
  emit(POSITIONS.get(plan) ?? 0, row);
}
