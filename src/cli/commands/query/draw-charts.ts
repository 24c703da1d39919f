import type { AnswerTable } from "../../../analytics/answer/answer-table.ts";
import { type Bar, type Chart, type ChartQuestion, chartsOf } from "../../../analytics/answer/charts.ts";
import { isTimer } from "../../../analytics/answer/statistics.ts";
import type { QueryKind } from "../../../analytics/named-query.ts";
import { UsageError } from "../../../core/errors.ts";
import { grouped, plural } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import { withShortIds } from "../../../output/table/table-cells.ts";
import type { QueryPlan } from "./plan.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableNumber } from "./readable-number.ts";
import type { QueryTarget } from "./target.ts";
import { USUAL_METRICS } from "./usual-metrics.ts";

/** Settings that decide whether bars are drawn, and the requested metrics and periods. */
export interface ChartOptions extends ChartQuestion {
  readonly when: "always" | "fitting" | "never";
}

/** Where a chart is drawn: the width of the terminal (null in a pipe) and the characters it supports. */
export interface ChartPlace {
  readonly columns: number | null;
  readonly isPlain: boolean;
}

/** Minimum width of a terminal for bars; a narrower terminal gets bars only on request. */
const FITTING_WIDTH = 80;
const MOST_CHARTS = 3;
/** Maximum number of groups in a chart. They are sorted, so the smallest ones are omitted. */
const MOST_GROUPS = 20;
/** Maximum number of periods in a chart: two months of days, or two days of hours. More are drawn only on request. */
const MOST_PERIODS = 62;
const MOST_NAMED = 10;
/** Separates the dimensions of a group. */
const SEPARATOR = " · ";
const NO_DATA = "no data";

/** Returns whether results of this kind contain numbers per metric. */
export function canDraw(kind: QueryKind | null): boolean {
  return kind === "aggregates" || kind === "observations" || kind === "activity";
}

/**
 * Throws unless the query returns numbers.
 * @throws UsageError `usage.flag`
 */
export function requireNumbers({ query, method, path }: QueryTarget): void {
  if (canDraw(query?.kind ?? null)) return;
  const name = query?.name ?? `${method} ${path}`;
  throw new UsageError("usage.flag", `\`${name}\` has no numbers to draw (--chart)`, {
    hint: "draw aggregates: genscope query conversations aggregates --interval yesterday --metric nOffered --granularity 1h --chart",
  });
}

/**
 * Throws unless the result can have more than one bar.
 * @throws UsageError `usage.flag`
 */
export function requireBars({ query }: QueryTarget, plan: QueryPlan): void {
  if (query?.kind === "aggregates" && plan.granularity === null && plan.groupBy.length === 0) {
    throw new UsageError("usage.flag", "one number per metric is not enough for a chart (--chart)", {
      hint: "add a period or a group: --granularity 1h, or --group-by queueId",
    });
  }
}

/** Returns the metrics and periods that a plan requests. When it names no metrics, the usual ones come first. */
export function chartQuestionOf({ granularity, timeZone, interval, ...plan }: QueryPlan): ChartQuestion {
  const metrics = plan.metrics.length > 0 ? plan.metrics : USUAL_METRICS;
  if (granularity === null) return { metrics, series: null };
  const [startMs = Number.NaN, endMs = Number.NaN] = (interval ?? "").split("/").map(Date.parse);
  const isKnown = !Number.isNaN(startMs) && !Number.isNaN(endMs);
  return { metrics, series: { granularity, timeZone, interval: isKnown ? { startMs, endMs } : null } };
}

/** Returns at most three charts of a result, and the names of the others. */
export function drawCharts(
  table: AnswerTable,
  { when, ...question }: ChartOptions,
  { columns, isPlain }: ChartPlace,
): readonly Block[] {
  if (when === "never" || (when === "fitting" && (columns ?? 0) < FITTING_WIDTH)) return [];
  const charts = chartsOf(table, question);
  const shown = shareOf(charts);
  if (when === "fitting") {
    // A single bar compares nothing.
    if (!shown.some(({ bars }) => bars.filter(({ value }) => value !== null).length > 1)) return [];
    const periods = shown[0]?.isSeries === true ? shown[0].bars.length : 0;
    if (periods > MOST_PERIODS) {
      return [
        note(
          `${grouped(periods)} periods are not drawn: draw them with --chart, or join them with a longer --granularity`,
        ),
      ];
    }
  }
  const others = charts
    .filter((chart) => !shown.includes(chart))
    .map(({ metric, group }) => nameOf(metric, group));
  return [
    ...shown.map((chart) => blockOf(chart, isPlain)),
    ...(charts.length === 0 ? [note("the result contains no numbers to draw")] : []),
    ...(others.length === 0 ? [] : [note(`not drawn: ${listed(others)}`)]),
  ];
}

/** Returns the charts to draw: those of the largest group of every metric first, then those of the next group. */
function shareOf(charts: readonly Chart[]): readonly Chart[] {
  const placeOf = (chart: Chart) => charts.filter(({ metric }) => metric === chart.metric).indexOf(chart);
  const chosen = charts.toSorted((one, other) => placeOf(one) - placeOf(other)).slice(0, MOST_CHARTS);
  return charts.filter((chart) => chosen.includes(chart));
}

function note(text: string): Block {
  return { kind: "text", text };
}

function blockOf(chart: Chart, isPlain: boolean): Block {
  const { metric, statistic, group, most, isSeries } = chart;
  const bars = isSeries ? chart.bars : chart.bars.slice(0, MOST_GROUPS);
  const more = chart.bars.length - bars.length;
  const labels = withShortParts(bars.map(({ label }) => label));
  return {
    kind: "bars",
    title: `${nameOf(metric, group)} (${statistic}${more > 0 ? `, the largest ${MOST_GROUPS} of ${plural(chart.bars.length, "group")}` : ""})`,
    bars: bars.map(({ value }, index) => ({
      label: labels[index] ?? "",
      share: value === null || value < 0 ? null : most > 0 ? value / most : 0,
      value: textOf(chart, value),
    })),
    isPlain,
  };
}

function nameOf(metric: string, group: string | null): string {
  return group === null ? metric : [metric, ...withShortParts([group])].join(SEPARATOR);
}

/** Returns the labels with shortened ids. Each dimension in a label is shortened separately. */
function withShortParts(labels: readonly string[]): readonly string[] {
  const parts = labels.map((label) => label.split(SEPARATOR));
  const short = withShortIds(parts.flat()).values();
  return parts.map((part) => part.map((text) => short.next().value ?? text).join(SEPARATOR));
}

function textOf({ metric, statistic }: Chart, value: Bar["value"]): string {
  if (value === null) return NO_DATA;
  if (isTimer(metric)) return readableDuration(value);
  if (statistic === "ratio") return `${Number((value * 100).toFixed(1))}%`;
  return readableNumber(value);
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}
