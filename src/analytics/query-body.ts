import { UsageError } from "../core/errors.ts";
import type { JsonRecord } from "../core/json.ts";
import { buildFilters } from "./filter.ts";
import { formatInterval, type Interval } from "./interval.ts";
import type { NamedQuery } from "./named-query.ts";
import { unknownWord } from "./unknown-word.ts";
import { filterPlacesOf, groupingsOf, metricsOf } from "./vocabulary.ts";

/** The flags of a query. */
export interface QueryQuestion {
  readonly interval: Interval | null;
  /** IANA name of the zone for the buckets of aggregates; null when not given. */
  readonly timeZone: string | null;
  readonly filters: readonly string[];
  readonly groupBy: readonly string[];
  readonly metrics: readonly string[];
  /** ISO 8601 period, or `30m`, `1h`, `1d`; null when not given. */
  readonly granularity: string | null;
}

/** Maximum number of metrics that are requested by default. If a query has more, the user must choose. */
const FEW_METRICS = 12;
const USUAL_METRICS = ["nOffered", "tHandle"];
/** The dimension for the observed objects of an activity query. */
const OBSERVED: Readonly<Record<string, string>> = {
  conversations: "queueId",
  flows: "flowId",
  routing: "queueId",
  teams: "teamId",
  users: "userId",
};
const PERIOD = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;
const SHORT_PERIOD = /^([1-9]\d*)(m|h|d|w)$/;

/**
 * Returns the request body for the flags.
 * @throws UsageError `usage.flag` for a flag that the query does not accept or requires, and the errors of
 * filters, dimensions and metrics
 */
export function buildQueryBody(query: NamedQuery, question: QueryQuestion): JsonRecord {
  refuseForeignFlags(query, question);
  const { kind, name } = query;
  const takesInterval = kind === "details" || kind === "aggregates";
  if (takesInterval && question.interval === null) {
    throw new UsageError("usage.flag", `\`${name}\` needs an interval`, {
      hint: `add an interval: genscope query ${name} --interval yesterday`,
    });
  }
  const metrics = chooseMetrics(query, question.metrics);
  return {
    ...(question.interval !== null && { interval: formatInterval(question.interval) }),
    ...(question.granularity !== null && { granularity: parseGranularity(question.granularity) }),
    ...(kind === "aggregates" && question.timeZone !== null && { timeZone: question.timeZone }),
    ...groupingOf(query, question.groupBy),
    ...(metrics.length > 0 && {
      // Activity queries take each metric as an object, which could also request details.
      metrics: kind === "activity" ? metrics.map((metric) => ({ metric })) : metrics,
    }),
    ...buildFilters(question.filters, filterPlacesOf(query), name),
  };
}

/** Returns whether the body contains a filter. With a filter, the platform accepts longer intervals. */
export function isFiltered(body: JsonRecord): boolean {
  return Object.entries(body).some(
    ([field, value]) =>
      /filters?$/i.test(field) && (Array.isArray(value) ? value.length > 0 : value !== undefined),
  );
}

function refuseForeignFlags({ kind, name }: NamedQuery, question: QueryQuestion): void {
  const foreign = [
    ["--interval", question.interval !== null, kind === "details" || kind === "aggregates"],
    ["--filter", question.filters.length > 0, kind !== "listing" && kind !== "single"],
    ["--group-by", question.groupBy.length > 0, kind === "aggregates" || kind === "activity"],
    ["--metric", question.metrics.length > 0, ["aggregates", "observations", "activity"].includes(kind)],
    ["--granularity", question.granularity !== null, kind === "aggregates"],
  ] as const;
  const [flag] = foreign.find(([, isGiven, isTaken]) => isGiven && !isTaken) ?? [];
  if (flag === undefined) return;
  throw new UsageError("usage.flag", `\`${name}\` does not take \`${flag}\``, {
    hint: kind === "listing" ? "pass the whole request with `--body FILE`" : `remove \`${flag}\``,
  });
}

function chooseMetrics(query: NamedQuery, given: readonly string[]): readonly string[] {
  const known = metricsOf(query);
  const names = given.flatMap(splitNames);
  if (names.length === 0) {
    const hasMetrics = ["aggregates", "observations", "activity"].includes(query.kind);
    if (!hasMetrics || (known.length > 0 && known.length <= FEW_METRICS)) return known;
    throw new UsageError("usage.flag", `\`${query.name}\` needs at least one metric`, {
      hint:
        known.length === 0
          ? `name one: genscope query ${query.name} --metric METRIC`
          : `add metrics: --metric ${usualMetrics(known).join(",")}; list all: genscope query ${query.name} --describe`,
    });
  }
  const unknown = known.length === 0 ? undefined : names.find((metric) => !known.includes(metric));
  if (unknown !== undefined) throw unknownWord("metric", unknown, known, query.name);
  return [...new Set(names)];
}

/**
 * Returns the grouping of a query. Activity queries require one, so they are grouped by the observed objects by
 * default.
 */
function groupingOf(query: NamedQuery, given: readonly string[]): JsonRecord {
  if (given.length > 0) return { groupBy: chooseGroupings(query, given) };
  const observed = query.kind === "activity" ? OBSERVED[query.subject] : undefined;
  return observed === undefined ? {} : { groupBy: [observed] };
}

function chooseGroupings(query: NamedQuery, given: readonly string[]): readonly string[] {
  const known = groupingsOf(query);
  const names = given.flatMap(splitNames);
  const unknown = known.length === 0 ? undefined : names.find((dimension) => !known.includes(dimension));
  if (unknown !== undefined) throw unknownWord("dimension", unknown, known, query.name);
  return [...new Set(names)];
}

/** Returns metrics for a hint: the usual ones if the query has them, otherwise its first two. */
function usualMetrics(known: readonly string[]): readonly string[] {
  const usual = USUAL_METRICS.filter((metric) => known.includes(metric));
  return usual.length > 0 ? usual : known.slice(0, 2);
}

function splitNames(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

function parseGranularity(text: string): string {
  if (PERIOD.test(text)) return text;
  const [, count, unit] = SHORT_PERIOD.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return unit === "m" || unit === "h"
      ? `PT${count}${unit.toUpperCase()}`
      : `P${count}${unit.toUpperCase()}`;
  }
  throw new UsageError("usage.flag", `\`${text}\` is not a duration (--granularity)`, {
    hint: "durations look like `PT30M`, `PT1H`, `P1D`, or `30m`, `1h`, `1d`, for example `--granularity PT30M`",
  });
}
