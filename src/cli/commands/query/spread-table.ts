import type { AnswerTable } from "../../../analytics/answer/answer-table.ts";
import { type Measure, spreadMetrics } from "../../../analytics/answer/spread-metrics.ts";
import { isTimer } from "../../../analytics/answer/statistics.ts";
import type { Cell, Column, Row } from "../../../analytics/table.ts";
import { GAP } from "../../../output/table/fit-columns.ts";
import type { TableBlock, TableColumn } from "../../../output/table/table-block.ts";
import { widthOf, withShortIds } from "../../../output/table/table-cells.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableNumber } from "./readable-number.ts";
import { USUAL_METRICS } from "./usual-metrics.ts";

/** The inputs for a table of metrics, in addition to the result. */
export interface SpreadOptions {
  readonly nowMs: number;
  /** The width of the terminal in columns. */
  readonly width: number;
  /** Whether the query names its metrics. If not, the least usual ones are omitted when they do not fit. */
  readonly isRequested: boolean;
  /** Returns the title and rank of a dimension's column. */
  readonly layoutOf: (column: Column) => TableColumn;
  /** Returns the text for a cell of a dimension. */
  readonly textOf: (column: Column, cell: Cell) => string;
}

/** Rank of the columns that are dropped before any metric. */
const DISPENSABLE = 2;

/** Returns a table with a row per group and a column per metric; null when the metrics do not fit side by side. */
export function spreadTable(table: AnswerTable, options: SpreadOptions): TableBlock | null {
  const spread = spreadMetrics(options.isRequested ? table : usualFirst(table));
  if (spread === null) return null;
  const { dimensions, measures } = spread;
  const metric = commonMetric(measures);
  const columns: readonly TableColumn[] = [
    ...dimensions.map(options.layoutOf),
    ...(metric === null ? [] : [{ name: "metric", rank: -1 }]),
    ...measures.map((measure, index) => ({
      name: titleOf(measure, metric !== null),
      isNumber: true,
      rank: measure.isSecondary || (index > 0 && !options.isRequested) ? DISPENSABLE : -1,
    })),
  ];
  const rows = spread.rows.map((row) => [
    ...dimensions.map((column, index) => options.textOf(column, row.dimensions[index] ?? null)),
    ...(metric === null ? [] : [metric]),
    ...measures.map((measure, index) => numberText(measure, row.values[index] ?? null, options.nowMs)),
  ]);
  const block: TableBlock = {
    kind: "table",
    columns,
    rows,
    longCells: "cut",
    shownBy: "-o wide",
    leftOut: spread.leftOut,
  };
  return widthNeeded(block) <= options.width ? block : null;
}

/** Returns the table with the rows of the usual metrics first. */
function usualFirst({ columns, rows }: AnswerTable): AnswerTable {
  const metric = columns.findIndex(({ name }) => name === "metric");
  const rankOf = (row: Row) => {
    const place = USUAL_METRICS.indexOf(String(row[metric]));
    return place === -1 ? USUAL_METRICS.length : place;
  };
  return { columns, rows: rows.toSorted((one, other) => rankOf(one) - rankOf(other)) };
}

/** Returns the metric that all columns share, so that the titles need only the qualifiers; null when metrics differ. */
function commonMetric(measures: readonly Measure[]): string | null {
  const [first] = measures;
  const isCommon = measures.every(({ metric, qualifier }) => metric === first?.metric && qualifier !== null);
  return first !== undefined && isCommon ? first.metric : null;
}

function titleOf({ metric, qualifier, statistic, isSecondary }: Measure, isQualifierOnly: boolean): string {
  return [
    ...(isQualifierOnly ? [] : [metric]),
    ...(qualifier === null ? [] : [qualifier]),
    ...(statistic === "average" ? ["avg"] : isSecondary ? [statistic] : []),
  ].join(" ");
}

function numberText({ metric, statistic }: Measure, value: number | null, nowMs: number): string {
  if (value === null) return "";
  if (statistic === "began") return readableDuration(nowMs - value);
  if (statistic === "ratio") return `${readableNumber(value * 100)}%`;
  return isTimer(metric) && statistic !== "count" ? readableDuration(value) : readableNumber(value);
}

/**
 * Returns the width of the columns that cannot be omitted: those whose values differ and whose rank is below
 * `DISPENSABLE`.
 */
function widthNeeded({ columns, rows }: TableBlock): number {
  return columns.reduce((width, { name, rank = 0, least }, index) => {
    const cells = withShortIds(rows.map((row) => row[index] ?? ""));
    const isConstant = rows.length > 1 && cells.every((cell) => cell === cells[0]);
    if (rank >= DISPENSABLE || isConstant) return width;
    const natural = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(name));
    return width + GAP + (least === undefined ? natural : Math.min(natural, Math.max(least, widthOf(name))));
  }, -GAP);
}
