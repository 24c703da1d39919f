import { asArray, asRecord, type JsonRecord } from "../../core/json.ts";
import type { Column, Flattener, Row } from "../table.ts";
import { instantMs } from "./instant.ts";
import { textOf } from "./record-text.ts";
import { columnsOf, type FieldColumns, fieldColumnsOf, planTable, readFields } from "./table-plan.ts";

/** Fields of the platform's `StatisticalSummary`; timers are in milliseconds. */
const STATISTICS: readonly Column[] = [
  ...columnsOf("int64", "count", "countNegative", "countPositive"),
  ...columnsOf("double", "sum", "min", "max", "current", "ratio", "numerator", "denominator", "target"),
  ...columnsOf("double", "p95", "p99", "calculatedMetricValue"),
];
const INTERVAL = columnsOf("timestamp", "interval_start", "interval_end");
const MEASURED = columnsOf("string", "metric", "qualifier", "view");

/**
 * Flattens the results of an aggregates query. Each metric of each interval of a group becomes a row. So does
 * each view, with its name in `view` and no metric. The platform omits empty intervals and metrics, and so does
 * the table.
 * @param groupBy the requested dimensions, which become the first columns
 * @param name of the table
 */
export function aggregatesFlattener(groupBy: readonly string[], name = "aggregates"): Flattener {
  const dimensions = columnsOf("string", ...groupBy);
  const { table, blank, extra } = planTable(name, {
    keys: [...dimensions, ...INTERVAL],
    model: { columns: [...MEASURED, ...STATISTICS] },
  });
  const interval = dimensions.length;
  const metric = interval + INTERVAL.length;
  const fieldColumns = {
    result: fieldColumnsOf({ columns: [], objects: ["group"], lists: ["data"] }, 0),
    group: fieldColumnsOf({ columns: dimensions }, 0),
    bucket: fieldColumnsOf({ columns: [], lists: ["metrics", "views"] }, 0),
    metric: fieldColumnsOf(
      { columns: columnsOf("string", "metric", "qualifier"), objects: ["stats"] },
      metric,
    ),
    view: fieldColumnsOf({ columns: columnsOf("string", "name"), objects: ["stats"] }, metric + 2),
    statistics: fieldColumnsOf({ columns: STATISTICS }, metric + MEASURED.length),
  };

  function rowOf(result: JsonRecord, bucket: JsonRecord, item: JsonRecord, ofItem: FieldColumns): Row {
    const row = [...blank];
    const { interval: text, ...others } = bucket;
    const ends = intervalEnds(text);
    if (ends !== null) row.splice(interval, ends.length, ...ends);
    const unknown = {
      ...readFields(fieldColumns.result, result, row),
      ...nested("group", readFields(fieldColumns.group, asRecord(result["group"]), row)),
      ...nested("data", readFields(fieldColumns.bucket, ends === null ? bucket : others, row)),
      ...readFields(ofItem, item, row),
      ...nested("stats", readFields(fieldColumns.statistics, asRecord(item["stats"]), row)),
    };
    if (Object.keys(unknown).length > 0) row[extra] = textOf(unknown);
    return row;
  }

  return {
    tables: [table],
    flatten(record, emit) {
      for (const bucket of asArray(record["data"]).map(asRecord)) {
        for (const item of asArray(bucket["metrics"])) {
          emit(0, rowOf(record, bucket, asRecord(item), fieldColumns.metric));
        }
        for (const item of asArray(bucket["views"])) {
          emit(0, rowOf(record, bucket, asRecord(item), fieldColumns.view));
        }
      }
    },
  };
}

function nested(name: string, fields: JsonRecord | null): JsonRecord {
  return fields === null ? {} : { [name]: fields };
}

/** Returns the two instants of `start/end`; null for any other string. */
function intervalEnds(interval: unknown): readonly [string, string] | null {
  if (typeof interval !== "string") return null;
  const [from = "", to = "", ...more] = interval.split("/");
  const isInterval = more.length === 0 && !Number.isNaN(instantMs(from)) && !Number.isNaN(instantMs(to));
  return isInterval ? [from, to] : null;
}
