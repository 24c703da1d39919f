import { ownValue } from "../core/own-value.ts";
import type { NamedQuery } from "./named-query.ts";
import { ACTIVITY_DIMENSIONS, ACTIVITY_METRICS } from "./vocabulary/activity-words.ts";
import { AGGREGATE_DIMENSIONS } from "./vocabulary/aggregate-dimensions.ts";
import { AGGREGATE_METRICS } from "./vocabulary/aggregate-metrics.ts";
import { DETAIL_WORDS } from "./vocabulary/detail-words.ts";
import { BOOLEAN_DIMENSIONS, DIMENSION_VALUES } from "./vocabulary/dimension-values.ts";
import { OBSERVATION_DIMENSIONS, OBSERVATION_METRICS } from "./vocabulary/observation-words.ts";

/** A request field that contains filters, and the dimensions and metrics that it accepts. */
export interface FilterPlace {
  readonly field: string;
  /** Whether the field is a list of filters rather than a single filter. */
  readonly isList: boolean;
  readonly dimensions: readonly string[];
  /** Metrics that can be filtered by range. */
  readonly metrics: readonly string[];
  /** Returns the values of a dimension that is an enumeration; null for any other dimension. */
  readonly valuesOf: (dimension: string) => readonly string[] | null;
}

/**
 * Subjects of aggregates whose enumerations are known, because the models of the counted records declare them.
 * Other subjects, such as transcripts, may spell the values differently.
 */
const RECORDED_SUBJECTS: ReadonlySet<string> = new Set(["conversations", "flows", "users"]);

/** Returns the request fields for a query's filters, in order of preference; empty for a query without filters. */
export function filterPlacesOf({
  kind,
  subject,
}: Pick<NamedQuery, "kind" | "subject">): readonly FilterPlace[] {
  switch (kind) {
    case "details":
      return subject === "conversations" ? conversationPlaces() : userPlaces();
    case "aggregates":
      return [single(ownValue(AGGREGATE_DIMENSIONS, subject), RECORDED_SUBJECTS.has(subject))];
    case "observations":
      return [single(ownValue(OBSERVATION_DIMENSIONS, subject))];
    case "activity":
      return [single(ownValue(ACTIVITY_DIMENSIONS, subject))];
    case "listing":
    case "single":
      return [];
  }
}

/** Returns the metrics that a query can return; empty when it has none or they are not known (previews). */
export function metricsOf({ kind, subject }: Pick<NamedQuery, "kind" | "subject">): readonly string[] {
  switch (kind) {
    case "aggregates":
      return words(ownValue(AGGREGATE_METRICS, subject));
    case "observations":
      return words(ownValue(OBSERVATION_METRICS, subject));
    case "activity":
      return words(ownValue(ACTIVITY_METRICS, subject));
    default:
      return [];
  }
}

/** Returns the dimensions that a query can group by, which are the same as those it can filter by. */
export function groupingsOf(query: Pick<NamedQuery, "kind" | "subject">): readonly string[] {
  return query.kind === "aggregates" || query.kind === "activity"
    ? filterPlacesOf(query).flatMap(({ dimensions }) => dimensions)
    : [];
}

function conversationPlaces(): readonly FilterPlace[] {
  return [
    list("conversationFilters", "conversation", "conversationMetrics"),
    list("segmentFilters", "segment", "segmentMetrics"),
    list("evaluationFilters", "evaluation", "evaluationMetrics"),
    list("surveyFilters", "survey", "surveyMetrics"),
    list("resolutionFilters", null, "resolutionMetrics"),
  ];
}

function userPlaces(): readonly FilterPlace[] {
  return [
    list("userFilters", "user", null),
    list("presenceFilters", "presence", null),
    list("routingStatusFilters", "routingStatus", null),
  ];
}

function list(field: string, dimensions: string | null, metrics: string | null): FilterPlace {
  return {
    field,
    isList: true,
    dimensions: dimensions === null ? [] : words(ownValue(DETAIL_WORDS, dimensions)),
    metrics: metrics === null ? [] : words(ownValue(DETAIL_WORDS, metrics)),
    valuesOf: enumeratedValues,
  };
}

function single(dimensions: string | undefined, isRecorded = true): FilterPlace {
  const valuesOf = isRecorded ? enumeratedValues : () => null;
  return { field: "filter", isList: false, dimensions: words(dimensions), metrics: [], valuesOf };
}

function enumeratedValues(dimension: string): readonly string[] | null {
  if (words(BOOLEAN_DIMENSIONS).includes(dimension)) return ["true", "false"];
  const values = ownValue(DIMENSION_VALUES, dimension);
  return values === undefined ? null : words(values);
}

function words(text: string | undefined): readonly string[] {
  return text?.trim().split(/\s+/) ?? [];
}

/** Returns the paths of the queries that return a metric, queries of past data first; empty for an unknown metric. */
export function queriesOfMetric(metric: string): readonly string[] {
  return (
    [
      ["aggregates", AGGREGATE_METRICS],
      ["observations", OBSERVATION_METRICS],
    ] as const
  ).flatMap(([kind, subjects]) =>
    Object.keys(subjects)
      .filter((subject) => metricsOf({ kind, subject }).includes(metric))
      .map((subject) => `/api/v2/analytics/${subject}/${kind}/query`),
  );
}
