import { type AnswerShape, tabulate } from "../../../analytics/answer/tabulate.ts";
import type { Cell, Column } from "../../../analytics/table.ts";
import type { Io } from "../../../core/io.ts";
import { jsonText } from "../../../output/json-text.ts";
import { present } from "../../../output/present.ts";
import type { GlobalOptions } from "../../context.ts";
import { columnsOfNothing, pick, placesOf } from "./choose-columns.ts";
import type { QueryFormat } from "./defaults.ts";
import type { ChartOptions } from "./draw-charts.ts";
import type { QueryResult } from "./result.ts";
import { viewRecords } from "./view.ts";

/** Receives records as they arrive, and finishes the output. */
export interface QueryOutput {
  take(records: readonly unknown[]): Promise<void>;
  finish(result: Omit<QueryResult, "records">, isSingle: boolean): Promise<void>;
}

/** The options that determine how a result is written. */
export interface QueryOutputOptions {
  readonly io: Io;
  readonly options: GlobalOptions;
  readonly format: QueryFormat;
  /** The requested columns; null for all. */
  readonly columns: readonly string[] | null;
  readonly charts: ChartOptions;
  readonly shape: AnswerShape;
  /** The time zone of the request, which a table uses for the periods of aggregates. */
  readonly timeZone: string;
  readonly nowMs: number;
}

/**
 * Opens the output. NDJSON is written line by line as pages arrive; all other formats need all records first.
 * @throws UsageError for an unknown column, before a request if the columns do not depend on the records
 */
export function openQueryOutput({
  io,
  options,
  format,
  columns: chosen,
  charts,
  shape,
  timeZone,
  nowMs,
}: QueryOutputOptions): QueryOutput {
  if (chosen !== null && shape.kind === "details") placesOf(tabulate(shape, []).columns, chosen);
  if (format === "ndjson") {
    return {
      take: async (records) => {
        if (records.length > 0) {
          await io.stdout.writeExact(records.map((record) => `${jsonText(record)}\n`).join(""));
        }
      },
      finish: async () => {},
    };
  }
  const all: unknown[] = [];
  return {
    take: async (records) => {
      for (const record of records) all.push(record);
    },
    finish: async (result, isSingle) => {
      if (format === "csv") {
        const { csvText } = await import("../../../export/writers/csv/csv-text.ts");
        const { columns, rows } = tabulate(shape, all);
        const places = all.length === 0 ? [] : placesOf(columns, chosen);
        const shown = all.length === 0 ? columnsOfNothing(columns, chosen) : pick(columns, places);
        if (shown.length === 0) return;
        const text = csvText(
          shown.map(({ name, type }) => ({ name, type: isList(type) ? "string" : type })),
          rows.map((row) => pick(row, places).map(joined)),
          { header: true, guardFormulas: true },
        );
        // CSV can't escape workflow commands. Outside a terminal, it is therefore written like text for a person,
        // because the stream neutralizes commands in that text.
        await (io.stdout.isTerminal ? io.stdout.writeExact(text) : io.stdout.write(text));
        return;
      }
      const isPlain = options.color === false || io.stdout.colourLevel === 0 || !io.stdout.isUnicode;
      const place = { columns: io.stdout.columns, isPlain };
      const view = { shape, isSingle, isWide: format === "wide", chosen, timeZone, nowMs, charts, place };
      await present(io, { ...options, json: format === "json" }, { ...result, records: all }, ({ records }) =>
        viewRecords(records, view),
      );
    },
  };
}

function isList(type: Column["type"]): boolean {
  return type === "strings" || type === "integers";
}

/** Joins the values of a list into one readable cell. */
function joined(cell: Cell): Cell {
  return Array.isArray(cell) ? cell.join("; ") : cell;
}
