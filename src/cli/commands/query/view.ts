import { type AnswerTable, withoutEmptyColumns } from "../../../analytics/answer/answer-table.ts";
import { type AnswerShape, tabulate } from "../../../analytics/answer/tabulate.ts";
import { withNameKey } from "../../../analytics/name-cache.ts";
import type { Cell, Column, Row } from "../../../analytics/table.ts";
import { asRecord } from "../../../core/json.ts";
import { ownValue } from "../../../core/own-value.ts";
import { oneLine, plural } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import { readableDuration } from "./readable-duration.ts";

/** The context of a view besides the records. */
export interface QueryViewOptions {
  readonly shape: AnswerShape;
  /** Whether the answer is one record instead of a list. */
  readonly isSingle: boolean;
  /** Columns of the terminal; null in a pipe, where every column fits. */
  readonly columns: number | null;
  readonly nowMs: number;
}

/** Short column titles for a terminal. */
const HEADS: Readonly<Record<string, string>> = {
  conversationId: "conversation",
  conversationStart: "start",
  conversationEnd: "end",
  durationMs: "duration",
  mediaTypes: "media",
  interval_start: "from",
  interval_end: "to",
  startTime: "start",
  endTime: "end",
  calculatedMetricValue: "since",
};
const TIMED = new Set(["sum", "min", "max", "current", "p95", "p99"]);
const LONGEST_CELL = 80;
/** The width of the border of a column. */
const BORDER = 3;
const FEWEST_COLUMNS = 2;

/** Renders records for a person: the fields of a single record, or a table of many. */
export function viewRecords(records: readonly unknown[], options: QueryViewOptions): readonly Block[] {
  if (records.length === 0) return [];
  if (options.isSingle) return [{ kind: "fields", rows: Object.entries(asRecord(records[0])).map(fieldOf) }];
  const table = withAverages(withoutEmptyColumns(withNamesForIds(tabulate(options.shape, records))));
  const rows = table.rows.map((row) => row.map((_cell, index) => textOf(table, row, index, options.nowMs)));
  const head = table.columns.map(({ name }) => ownValue(HEADS, name) ?? name);
  const isListing = options.shape.kind === null || options.shape.kind === "listing";
  const count = isListing && options.columns !== null ? fitting(head, rows, options.columns) : head.length;
  const left = head.slice(count);
  return [
    { kind: "table", head: head.slice(0, count), rows: rows.map((row) => row.slice(0, count)) },
    ...(left.length === 0
      ? []
      : [
          {
            kind: "text" as const,
            text: `${plural(left.length, "more field")}, shown with --json: ${left.slice(0, 12).join(", ")}${left.length > 12 ? ", …" : ""}`,
          },
        ]),
  ];
}

function fieldOf([name, value]: readonly [string, unknown]): readonly [string, string] {
  return [name, typeof value === "string" ? value : oneLine(JSON.stringify(value) ?? "", 500)];
}

/** Returns how many columns, from the left, fit side by side into the terminal. */
function fitting(head: readonly string[], rows: readonly (readonly string[])[], columns: number): number {
  let width = 1;
  for (const [index, name] of head.entries()) {
    width += BORDER + Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0));
    if (width > columns && index >= FEWEST_COLUMNS) return index;
  }
  return head.length;
}

function withNamesForIds({ columns, rows }: AnswerTable): AnswerTable {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const pairs = columns
    .map(({ name }, id) => ({ id, name: place(withNameKey(name)[1] ?? "") }))
    .filter(({ name }) => name >= 0);
  const isKept = (index: number) => !pairs.some(({ name }) => name === index);
  return {
    columns: columns.filter((_column, index) => isKept(index)),
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

/** Returns the average of a timer, which arrives as a sum and a count. */
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

function textOf({ columns }: AnswerTable, row: Row, index: number, nowMs: number): string {
  const cell = row[index];
  const { name = "", type = "string" } = columns[index] ?? {};
  if (cell === null || cell === undefined) return "";
  if (type === "timestamp") return String(cell).replace(/\.000Z$/, "Z");
  const metric = row[columns.findIndex((column) => column.name === "metric")];
  if (typeof cell === "number" || typeof cell === "bigint") {
    return numberText(name, Number(cell), metric, nowMs);
  }
  return oneLine(Array.isArray(cell) ? cell.join(", ") : String(cell), LONGEST_CELL);
}

function numberText(name: string, value: number, metric: Cell | undefined, nowMs: number): string {
  if (name === "durationMs") return readableDuration(value);
  if ((TIMED.has(name) || name === "average") && isDuration(metric)) return readableDuration(value);
  // An instant, not a duration: since when the longest interaction has been waiting.
  if (name === "calculatedMetricValue" && /^oLongest/.test(String(metric))) {
    return `${new Date(value).toISOString().replace(/\.\d+Z$/, "Z")} (${readableDuration(nowMs - value)})`;
  }
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}

/** Matches metrics that begin with `t`, which are timers in milliseconds. */
function isDuration(metric: Cell | undefined): boolean {
  return typeof metric === "string" && /^t[A-Z]/.test(metric);
}
