import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Column, Row } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";

const MEASURED: readonly Column[] = [
  { name: "metric", type: "string" },
  { name: "qualifier", type: "string" },
];
/** Numbers of an observation, in the order of the platform's model. */
const STATISTICS = ["count", "sum", "min", "max", "current", "ratio", "numerator", "denominator", "target"];
/**
 * The start of the longest wait, for `oLongestWaiting` and similar metrics: a point in time, not a duration.
 */
const BEGAN = "calculatedMetricValue";

/** Returns one row per group, metric and qualifier, with its statistics. */
export function observationTable(results: readonly JsonRecord[]): AnswerTable {
  const dimensions = [...new Set(results.flatMap(({ group }) => Object.keys(asRecord(group))))];
  const columns: readonly Column[] = [
    ...dimensions.map((name): Column => ({ name, type: "string" })),
    ...MEASURED,
    ...STATISTICS.map((name): Column => ({ name, type: "double" })),
    { name: BEGAN, type: "int64" },
  ];
  const rows = results.flatMap((result) =>
    asArray(result["data"]).map((item): Row => {
      const group = asRecord(result["group"]);
      const data = asRecord(item);
      // Activity responses have their numbers next to the metric; observations have them in `stats`.
      const numbers: JsonRecord = { ...data, ...asRecord(data["stats"]) };
      return [
        ...dimensions.map((name) => asString(group[name])),
        asString(data["metric"]),
        asString(data["qualifier"]),
        ...STATISTICS.map((name) => asNumber(numbers[name])),
        asNumber(numbers[BEGAN]),
      ];
    }),
  );
  return { columns, rows };
}
