import { asRecord } from "../../core/json.ts";
import type { QueryKind } from "../named-query.ts";
import type { Column, Row } from "../table.ts";
import { aggregatesFlattener } from "../tables/aggregates.ts";
import { conversationSummaries } from "./conversation-summary.ts";
import { listingTable } from "./listing-table.ts";
import { observationTable } from "./observation-table.ts";
import { userSummaries } from "./user-summary.ts";

/** Records of an answer as one flat table: what a person or a spreadsheet reads. */
export interface AnswerTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** What decides the columns. */
export interface AnswerShape {
  /** Null for an operation without a name of its own. */
  readonly kind: QueryKind | null;
  readonly subject: string;
  /** Dimensions that were grouped by: the first columns of aggregates. */
  readonly groupBy: readonly string[];
}

/**
 * The flat table of some records. Details become one summarising row a record, aggregates and observations one row
 * for each number; everything else shows its fields.
 */
export function answerTable(
  { kind, subject, groupBy }: AnswerShape,
  records: readonly unknown[],
): AnswerTable {
  const objects = records.map(asRecord);
  switch (kind) {
    case "details":
      return subject === "users" ? userSummaries(objects) : conversationSummaries(objects);
    case "aggregates": {
      const flattener = aggregatesFlattener(groupBy);
      const rows: Row[] = [];
      for (const record of objects) flattener.flatten(record, (_table, row) => rows.push(row));
      return { columns: flattener.tables[0]?.columns ?? [], rows };
    }
    case "observations":
    case "activity":
      return observationTable(objects);
    default:
      return listingTable(objects);
  }
}

/** The table without columns in which no row has a value. */
export function withoutEmptyColumns({ columns, rows }: AnswerTable): AnswerTable {
  const kept = columns.flatMap((_column, index) => (rows.some((row) => !isEmpty(row[index])) ? [index] : []));
  return {
    columns: columns.filter((_column, index) => kept.includes(index)),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

function isEmpty(cell: Row[number] | undefined): boolean {
  return cell === null || cell === undefined || (Array.isArray(cell) && cell.length === 0);
}
