import { asString } from "../../core/json.ts";
import type { Cell, Column } from "../table.ts";
import { instantMs } from "./instant.ts";
import type { FieldOf, Summary } from "./record-tree.ts";
import { columnsOf } from "./table-plan.ts";

/** Values that most analyses need and that would otherwise each require a join. */
export const DERIVED_COLUMNS: readonly Column[] = [
  ...columnsOf("int64", "durationMs"),
  ...columnsOf("strings", "mediaTypes", "queueIds"),
  ...columnsOf("int32", "agentCount"),
];

/**
 * Collects the cells of `DERIVED_COLUMNS`: the duration, null while open; the media and queues in order of
 * first occurrence; the users who took part as agents, each counted once.
 */
export class ConversationSummary implements Summary {
  readonly #mediaTypes = new Set<string>();
  readonly #queueIds = new Set<string>();
  readonly #agents = new Set<string>();

  addParticipant(fieldOf: FieldOf): void {
    if (fieldOf("purpose") === "agent") add(this.#agents, fieldOf("userId"));
  }

  addSession(fieldOf: FieldOf): void {
    add(this.#mediaTypes, fieldOf("mediaType"));
  }

  addSegment(fieldOf: FieldOf): void {
    add(this.#queueIds, fieldOf("queueId"));
  }

  cells(fieldOf: FieldOf): readonly Cell[] {
    return [durationMs(fieldOf), [...this.#mediaTypes], [...this.#queueIds], this.#agents.size];
  }
}

function add(set: Set<string>, value: unknown): void {
  if (typeof value === "string" && value !== "") set.add(value);
}

function durationMs(fieldOf: FieldOf): number | null {
  const lengthMs =
    instantMs(asString(fieldOf("conversationEnd")) ?? "") -
    instantMs(asString(fieldOf("conversationStart")) ?? "");
  return Number.isNaN(lengthMs) ? null : lengthMs;
}
