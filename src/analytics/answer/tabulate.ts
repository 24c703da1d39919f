import { asRecord } from "../../core/json.ts";
import type { QueryKind } from "../named-query.ts";
import type { Row } from "../table.ts";
import { aggregatesFlattener } from "../tables/aggregates.ts";
import type { AnswerTable } from "./answer-table.ts";
import { conversationSummaries } from "./conversation-summary.ts";
import { listingTable } from "./listing-table.ts";
import { observationTable } from "./observation-table.ts";
import { withMetricsInOrder } from "./rank-groups.ts";
import { userSummaries } from "./user-summary.ts";

/** Settings that determine the columns. */
export interface AnswerShape {
  /** Kind of the query; null for an operation without a query name. */
  readonly kind: QueryKind | null;
  readonly subject: string;
  /** Dimensions to group by, which are the first columns of aggregates. */
  readonly groupBy: readonly string[];
  /** The requested metrics. They determine the order of a period's rows. */
  readonly metrics: readonly string[];
}

/**
 * Returns records as a flat table. Details become one summary row per record. Aggregates become one row per group,
 * period and metric, and observations one row per group, metric and qualifier. Any other record becomes a row of its
 * fields.
 */
export function tabulate(
  { kind, subject, groupBy, metrics }: AnswerShape,
  records: readonly unknown[],
): AnswerTable {
  const objects = records.map(asRecord);
  switch (kind) {
    case "details":
      return subject === "users" ? userSummaries(objects) : conversationSummaries(objects);
    case "aggregates": {
      // The platform adds its own groups, mostly by media type.
      const groups = objects.flatMap(({ group }) => Object.keys(asRecord(group)));
      const flattener = aggregatesFlattener([...new Set([...groupBy, ...groups])]);
      const rows: Row[] = [];
      for (const record of objects) {
        flattener.flatten(withMetricsInOrder(record, metrics), (_table, row) => rows.push(row));
      }
      return { columns: flattener.tables[0]?.columns ?? [], rows };
    }
    case "observations":
    case "activity":
      return observationTable(objects);
    default:
      return listingTable(objects);
  }
}
