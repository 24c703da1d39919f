import { asString, type JsonRecord } from "../../../core/json.ts";
import { invalidValue, type Refusal, refusal } from "../../refusal.ts";

/**
 * Fields of a request body, as of the API definition of July 2026. The value is a list for a field that is an
 * enumeration.
 */
export type DeclaredFields = Readonly<Record<string, "any" | readonly string[]>>;

export const CONVERSATION_QUERY_FIELDS: DeclaredFields = {
  interval: "any",
  conversationFilters: "any",
  segmentFilters: "any",
  evaluationFilters: "any",
  surveyFilters: "any",
  resolutionFilters: "any",
  order: ["asc", "desc", "unordered"],
  orderBy: ["conversationStart", "conversationEnd", "segmentStart", "segmentEnd"],
  aggregations: "any",
  paging: "any",
};

export const CONVERSATION_JOB_FIELDS: DeclaredFields = {
  ...without(CONVERSATION_QUERY_FIELDS, ["aggregations", "paging"]),
  limit: "any",
  startOfDayIntervalMatching: "any",
};

export const USER_AGGREGATE_FIELDS: DeclaredFields = {
  interval: "any",
  granularity: "any",
  timeZone: "any",
  groupBy: "any",
  filter: "any",
  metrics: "any",
  flattenMultivaluedDimensions: "any",
  views: "any",
  alternateTimeDimension: ["eventTime"],
};

/** Fields of an aggregate query for conversations, which is the only kind that can rank groups. */
export const AGGREGATE_QUERY_FIELDS: DeclaredFields = {
  ...USER_AGGREGATE_FIELDS,
  queryType: ["bottomN", "groupBy", "topN"],
  sortMetric: "any",
  limit: "any",
};

export const AGGREGATE_JOB_FIELDS: DeclaredFields = { ...AGGREGATE_QUERY_FIELDS, pageSize: "any" };

export const USER_QUERY_FIELDS: DeclaredFields = {
  interval: "any",
  userFilters: "any",
  presenceFilters: "any",
  routingStatusFilters: "any",
  order: ["asc", "desc", "unordered"],
  presenceAggregations: "any",
  routingStatusAggregations: "any",
  paging: "any",
};

export const USER_JOB_FIELDS: DeclaredFields = {
  ...without(USER_QUERY_FIELDS, ["paging", "presenceAggregations", "routingStatusAggregations"]),
  limit: "any",
};

/** Fields of an activity query. `order` is accepted but has no effect. */
export const ACTIVITY_FIELDS: DeclaredFields = {
  metrics: "any",
  groupBy: "any",
  filter: "any",
  order: "any",
};

export const OBSERVATION_FIELDS: DeclaredFields = { filter: "any", metrics: "any", detailMetrics: "any" };

/**
 * Refuses a field that the definition does not declare, and a value outside an enumeration. Returns null for a valid
 * body. It is not published whether the platform refuses or ignores an unknown field. A refusal makes the mistake
 * visible.
 */
export function checkFields(body: JsonRecord, fields: DeclaredFields): Refusal | null {
  for (const [name, value] of Object.entries(body)) {
    const declared = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (declared === undefined) {
      return refusal(400, "bad.request", "{message}", { message: `Unrecognized field "${name}"` });
    }
    if (declared !== "any" && !declared.includes(asString(value) ?? "")) {
      return invalidValue(String(value), name);
    }
  }
  return null;
}

function without(fields: DeclaredFields, absent: readonly string[]): DeclaredFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name)));
}
