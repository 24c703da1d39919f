import { type AnswerTable, withoutEmptyColumns } from "../../../analytics/answer/answer-table.ts";
import { isTimer } from "../../../analytics/answer/statistics.ts";
import { type AnswerShape, tabulate } from "../../../analytics/answer/tabulate.ts";
import { openCalendar } from "../../../analytics/calendar.ts";
import { withNameKey } from "../../../analytics/name-cache.ts";
import type { Cell, Column, Row } from "../../../analytics/table.ts";
import { asRecord, type JsonRecord } from "../../../core/json.ts";
import { ownValue } from "../../../core/own-value.ts";
import { oneLine } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import type { TableColumn } from "../../../output/table/table-block.ts";
import { pick, placesOf, titleOf } from "./choose-columns.ts";
import { type ChartOptions, type ChartPlace, canDraw, drawCharts } from "./draw-charts.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableNumber } from "./readable-number.ts";
import { spreadTable } from "./spread-table.ts";

/** The inputs of a view, in addition to the records. */
export interface QueryViewOptions {
  readonly shape: AnswerShape;
  /** Whether the response is one record instead of a list. */
  readonly isSingle: boolean;
  /** Whether every column and every value is shown in full. */
  readonly isWide: boolean;
  /** The requested columns; null for all that contain a value. */
  readonly chosen: readonly string[] | null;
  /** The zone in which the periods of aggregates are shown; UTC when absent. */
  readonly timeZone?: string;
  readonly nowMs: number;
  readonly charts: ChartOptions;
  readonly place: ChartPlace;
}

const TIMED = new Set(["sum", "min", "max", "current", "p95", "p99"]);
const PERIOD_ENDS = new Set(["interval_start", "interval_end"]);
/**
 * Order in which a narrow terminal drops columns: those with the highest rank first. Unlisted columns have
 * rank 0.
 */
const RANKS: Readonly<Record<string, number>> = {
  id: -2,
  name: -2,
  conversationId: -2,
  metric: -1,
  count: -1,
  average: -1,
  calculatedMetricValue: -1,
  direction: 1,
  agents: 2,
  conversationEnd: 3,
  endTime: 3,
  interval_end: 3,
  extra: 4,
};
/** Maximum length of a short value. Fields of a listing with longer values are omitted first. */
const SHORT_CELL = 40;
/** Minimum width of a terminal at which a duration also shows when it began. */
const ROOMY_WIDTH = 120;
/** Width to which group names are shortened before a numeric column is omitted. */
const GROUP_WIDTH = 12;

/** Renders records for a person: the fields of a single record, or a table of many. */
export function viewRecords(records: readonly unknown[], options: QueryViewOptions): readonly Block[] {
  const { shape, isSingle, isWide, chosen, nowMs } = options;
  if (records.length === 0) return [];
  if (isSingle) return [{ kind: "fields", rows: chooseFields(asRecord(records[0]), chosen).map(fieldOf) }];
  const all = tabulate(shape, records);
  const named = withNamesForIds(all);
  // A requested column is shown as it is, even when it is empty or contains ids that names would otherwise replace.
  const table = withAverages(chosen === null ? withoutEmptyColumns(isWide ? all : named) : all);
  const places = placesOf(table.columns, chosen);
  const timeOf = periodTimeOf(options.timeZone ?? "UTC");
  const hasMetrics = canDraw(shape.kind);
  const metric = table.columns.findIndex(({ name }) => name === "metric");
  const width = options.place.columns;
  const isShort = width !== null && width < ROOMY_WIDTH && !isWide;
  const context = { nowMs, timeOf, isGrouped: hasMetrics && width !== null, isShort };
  const rows = table.rows.map((row) => places.map((place) => textOf(table, row, place, context)));
  const spread =
    hasMetrics && width !== null && chosen === null && !isWide
      ? spreadTable(withoutEmptyColumns(named), {
          nowMs,
          width,
          isRequested: shape.kind !== "observations" || shape.metrics.length > 0,
          layoutOf: (column) => ({ ...layoutOf(column, [], null), least: GROUP_WIDTH }),
          textOf: (column, cell) => textOf({ columns: [column], rows: [] }, [cell], 0, context),
        })
      : null;
  return [
    spread ?? {
      kind: "table",
      columns: pick(table.columns, places).map((column, index) => {
        const cells = rows.map((row) => row[index] ?? "");
        const layout = layoutOf(column, cells, chosen);
        return hasMetrics && (places[index] ?? 0) < metric ? { ...layout, least: GROUP_WIDTH } : layout;
      }),
      rows,
      longCells: isWide ? "whole" : "cut",
      shownBy: "-o wide",
    },
    ...(hasMetrics ? drawCharts(named, options.charts, options.place) : []),
  ];
}

function layoutOf(
  { name, type }: Column,
  cells: readonly string[],
  chosen: readonly string[] | null,
): TableColumn {
  const isNested = cells.some((cell) => /^[{[]/.test(cell));
  return {
    name: titleOf(name),
    isKey: chosen !== null,
    isNumber: NUMERIC.has(type) && name !== "calculatedMetricValue",
    rank: ownValue(RANKS, name) ?? (isNested ? 2 : cells.some(isLong) ? 1 : 0),
    isIndivisible: isNested && chosen === null,
  };
}

const NUMERIC: ReadonlySet<Column["type"]> = new Set(["int32", "int64", "double"]);

function isLong(cell: string): boolean {
  return cell.length > SHORT_CELL;
}

function chooseFields(
  record: JsonRecord,
  chosen: readonly string[] | null,
): readonly (readonly [string, unknown])[] {
  const fields = Object.entries(record);
  const columns = fields.map(([name]) => ({ name }));
  return pick(fields, placesOf(columns, chosen));
}

function fieldOf([name, value]: readonly [string, unknown]): readonly [string, string] {
  return [name, typeof value === "string" ? value : oneLine(JSON.stringify(value) ?? "", 500)];
}

function withNamesForIds({ columns, rows }: AnswerTable): AnswerTable {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const pairs = columns
    .map(({ name }, id) => ({ id, name: place(withNameKey(name)[1] ?? "") }))
    .filter(({ name }) => name >= 0);
  const isKept = (index: number) => !pairs.some(({ name }) => name === index);
  return {
    columns: columns
      .map((column, index) => columns[pairs.find(({ id }) => id === index)?.name ?? index] ?? column)
      .filter((_column, index) => isKept(index)),
    rows: rows.map((row) =>
      row
        .map((cell, index) => {
          const pair = pairs.find(({ id }) => id === index);
          return pair === undefined ? cell : (row[pair.name] ?? cell);
        })
        .filter((_cell, index) => isKept(index)),
    ),
  };
}

/** Adds a column with the averages of timers. The platform sends only their sum and count. */
function withAverages(table: AnswerTable): AnswerTable {
  const place = (name: string) => table.columns.findIndex((column) => column.name === name);
  const [metric, count, sum] = [place("metric"), place("count"), place("sum")];
  if (metric < 0 || count < 0 || sum < 0) return table;
  const average: Column = { name: "average", type: "double" };
  return {
    columns: table.columns.toSpliced(count + 1, 0, average),
    rows: table.rows.map((row): Row => {
      const isTimer = isDuration(row[metric]) && typeof row[sum] === "number" && Number(row[count]) > 0;
      return row.toSpliced(count + 1, 0, isTimer ? Number(row[sum]) / Number(row[count]) : null);
    }),
  };
}

/**
 * Returns a function that formats the start or end of a period: unchanged in UTC, and with an offset in any other zone.
 */
function periodTimeOf(timeZone: string): (time: string) => string {
  const calendar = timeZone === "UTC" ? null : openCalendar(timeZone);
  return (time) => (calendar === null ? time : calendar.timeOf(Date.parse(time)));
}

interface CellContext {
  readonly nowMs: number;
  readonly timeOf: (time: string) => string;
  /** Whether numbers get thousands separators. */
  readonly isGrouped: boolean;
  /** Whether a duration is shown without the instant at which it began. */
  readonly isShort: boolean;
}

function textOf({ columns }: AnswerTable, row: Row, index: number, context: CellContext): string {
  const cell = row[index];
  const { name = "", type = "string" } = columns[index] ?? {};
  if (cell === null || cell === undefined) return "";
  if (PERIOD_ENDS.has(name)) return context.timeOf(String(cell).replace(/\.000Z$/, "Z"));
  if (type === "timestamp") return String(cell).replace(/\.000Z$/, "Z");
  const metric = row[columns.findIndex((column) => column.name === "metric")];
  if (typeof cell === "number" || typeof cell === "bigint") {
    return numberText(name, Number(cell), metric, context);
  }
  return oneLine(Array.isArray(cell) ? cell.join(", ") : String(cell), Number.POSITIVE_INFINITY);
}

function numberText(
  name: string,
  value: number,
  metric: Cell | undefined,
  { nowMs, isGrouped, isShort }: CellContext,
): string {
  if (name === "durationMs") return readableDuration(value);
  if ((TIMED.has(name) || name === "average") && isDuration(metric)) return readableDuration(value);
  // This metric is a point in time and not a duration: it states when the longest wait began.
  if (name === "calculatedMetricValue" && /^oLongest/.test(String(metric))) {
    const duration = readableDuration(nowMs - value);
    if (isShort) return duration;
    return `${duration} (${new Date(value).toISOString().replace(/\.\d+Z$/, "Z")})`;
  }
  if (isGrouped) return readableNumber(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}

function isDuration(metric: Cell | undefined): boolean {
  return typeof metric === "string" && isTimer(metric);
}
