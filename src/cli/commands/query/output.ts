import { type AnswerShape, tabulate } from "../../../analytics/answer/tabulate.ts";
import type { Io } from "../../../core/io.ts";
import { jsonText } from "../../../output/json-text.ts";
import { present } from "../../../output/present.ts";
import type { GlobalOptions } from "../../context.ts";
import type { QueryFormat } from "./defaults.ts";
import type { QueryResult } from "./result.ts";
import { viewRecords } from "./view.ts";

/** The destination of records as they arrive, and the end of the output. */
export interface QueryOutput {
  take(records: readonly unknown[]): Promise<void>;
  finish(result: Omit<QueryResult, "records">, isSingle: boolean): Promise<void>;
}

/** The options that decide how a result looks. */
export interface QueryOutputOptions {
  readonly io: Io;
  readonly options: GlobalOptions;
  readonly format: QueryFormat;
  readonly shape: AnswerShape;
  readonly nowMs: number;
}

/**
 * Opens the output. NDJSON is written line by line as pages arrive; all other formats need all records first.
 */
export function openQueryOutput({ io, options, format, shape, nowMs }: QueryOutputOptions): QueryOutput {
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
        const text = csvText(columns, rows, { header: true, guardFormulas: true });
        // CSV has no escapes, so in the log of a workflow it counts as text for a person.
        await (io.stdout.isTerminal ? io.stdout.writeExact(text) : io.stdout.write(text));
        return;
      }
      const { isTerminal, columns } = io.stdout;
      const view = { shape, isSingle, nowMs, columns: isTerminal ? columns : null };
      await present(io, { ...options, json: format === "json" }, { ...result, records: all }, ({ records }) =>
        viewRecords(records, view),
      );
    },
  };
}
