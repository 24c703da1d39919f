import { asRecord, type JsonRecord } from "../../../core/json.ts";
import type { ParentAccess } from "../dataset-access.ts";

/**
 * Returns the conversations of a day that have evaluations or surveys. Both appear after the conversation,
 * possibly days later, so a later export of the same days has more of them.
 * @param field field of the query for the filter
 * @param dimension dimension that only conversations with such an object have
 * @param objectsOf returns the objects of a conversation whose listings are read
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

/** Returns the evaluations of a conversation, with its id; deleted ones no longer exist. */
export function evaluationsOf({ conversationId, evaluations }: JsonRecord): readonly JsonRecord[] {
  return itemsOf(evaluations)
    .map(asRecord)
    .filter(({ deleted }) => deleted !== true)
    .map(({ evaluationId }) => ({ conversationId, evaluationId }));
}

/** Returns the items of a list. Any other value counts as an item, which has no id and so cannot be skipped silently. */
function itemsOf(list: unknown): readonly unknown[] {
  if (list === undefined) return [];
  return Array.isArray(list) ? list : [list];
}
