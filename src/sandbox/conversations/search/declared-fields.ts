import { asRecord, asString, type JsonRecord } from "../../../core/json.ts";
import { invalidValue, type Refusal, refusal } from "../../refusal.ts";

/** Type of a field in the definition. `paging` is an object that requires `pageSize` and `pageNumber`. */
type FieldType = "text" | "list" | "object" | "flag" | "count" | "paging";

/**
 * Fields of a request body, according to the API definition of July 2026. The value is a list for a field that is
 * an enumeration.
 */
export type DeclaredFields = Readonly<Record<string, FieldType | readonly string[]>>;

export const CONVERSATION_QUERY_FIELDS: DeclaredFields = {
  interval: "text",
  conversationFilters: "list",
  segmentFilters: "list",
  evaluationFilters: "list",
  surveyFilters: "list",
  resolutionFilters: "list",
  order: ["asc", "desc", "unordered"],
  orderBy: ["conversationStart", "conversationEnd", "segmentStart", "segmentEnd"],
  aggregations: "list",
  paging: "paging",
};

export const CONVERSATION_JOB_FIELDS: DeclaredFields = {
  ...without(CONVERSATION_QUERY_FIELDS, ["aggregations", "paging"]),
  limit: "count",
  startOfDayIntervalMatching: "flag",
};

export const USER_AGGREGATE_FIELDS: DeclaredFields = {
  interval: "text",
  granularity: "text",
  timeZone: "text",
  groupBy: "list",
  filter: "object",
  metrics: "list",
  flattenMultivaluedDimensions: "flag",
  views: "list",
  alternateTimeDimension: ["eventTime"],
};

/** Fields of an aggregate query for conversations, which is the only kind that can rank groups. */
export const AGGREGATE_QUERY_FIELDS: DeclaredFields = {
  ...USER_AGGREGATE_FIELDS,
  queryType: ["bottomN", "groupBy", "topN"],
  sortMetric: "object",
  limit: "count",
};

export const AGGREGATE_JOB_FIELDS: DeclaredFields = { ...AGGREGATE_QUERY_FIELDS, pageSize: "count" };

export const USER_QUERY_FIELDS: DeclaredFields = {
  interval: "text",
  userFilters: "list",
  presenceFilters: "list",
  routingStatusFilters: "list",
  order: ["asc", "desc", "unordered"],
  presenceAggregations: "list",
  routingStatusAggregations: "list",
  paging: "paging",
};

export const USER_JOB_FIELDS: DeclaredFields = {
  ...without(USER_QUERY_FIELDS, ["paging", "presenceAggregations", "routingStatusAggregations"]),
  limit: "count",
};

/** Fields of an activity query. `order` is accepted but has no effect. */
export const ACTIVITY_FIELDS: DeclaredFields = {
  metrics: "list",
  groupBy: "list",
  filter: "object",
  order: "text",
};

export const OBSERVATION_FIELDS: DeclaredFields = {
  filter: "object",
  metrics: "list",
  detailMetrics: "list",
};

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
    // A null is an absent field.
    if (value === null) continue;
    const isValid =
      typeof declared === "string" ? HAS_TYPE[declared](value) : declared.includes(asString(value) ?? "");
    if (!isValid) {
      return invalidValue(typeof value === "object" ? JSON.stringify(value) : String(value), name);
    }
  }
  return null;
}

const HAS_TYPE: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  list: Array.isArray,
  object: isObject,
  flag: (value) => typeof value === "boolean",
  count: Number.isInteger,
  paging: (value) => {
    const { pageSize, pageNumber } = asRecord(value);
    return isObject(value) && Number.isInteger(pageSize) && Number.isInteger(pageNumber);
  },
};

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(fields: DeclaredFields, absent: readonly string[]): DeclaredFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name)));
}
