import { asRecord, type JsonRecord } from "../../../core/json.ts";
import type { ParentAccess } from "../dataset-access.ts";

/**
 * Returns access to the conversations of a day that have evaluations or surveys. Both are created after the
 * conversation, sometimes days later, so a later export of the same days finds more of them.
 * @param field field of the query that contains the filter
 * @param dimension dimension that only conversations with an evaluation or a survey have
 * @param objectsOf returns the evaluations or surveys of a conversation
 */
export function conversationsWith(
  field: "evaluationFilters" | "surveyFilters",
  dimension: string,
  objectsOf: ParentAccess["objectsOf"],
): ParentAccess {
  const exists = { type: "dimension", dimension, operator: "exists" };
  return {
    from: {
      kind: "query",
      path: "/api/v2/analytics/conversations/details/query",
      itemsKey: "conversations",
      largestPage: 100,
      body: { [field]: [{ type: "and", predicates: [exists] }] },
    },
    objectsOf,
    startField: "conversationStart",
    repeated: {},
  };
}

/** Returns the evaluations of a conversation, each with the conversation's id, except deleted ones. */
export function evaluationsOf({ conversationId, evaluations }: JsonRecord): readonly JsonRecord[] {
  return itemsOf(evaluations)
    .map(asRecord)
    .filter(({ deleted }) => deleted !== true)
    .map(({ evaluationId }) => ({ conversationId, evaluationId }));
}

/**
 * Returns the items of a list. Any other value becomes an item without an id, so the export fails instead of
 * skipping it.
 */
function itemsOf(list: unknown): readonly unknown[] {
  if (list === undefined) return [];
  return Array.isArray(list) ? list : [list];
}
