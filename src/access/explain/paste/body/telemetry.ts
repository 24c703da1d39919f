import { asRecord, type JsonRecord } from "../../../../core/json.ts";

/** Fields in which OTLP, Zipkin and Jaeger traces list attributes as `{key, value}` pairs. */
const LISTS = ["attributes", "tags"];
const MOST_PAIRS = 500;

/**
 * Converts each list of attributes in a record of a trace, or in a message of a message queue such as SQS, to a plain
 * object. Returns any other record unchanged.
 */
export function withNamedAttributes(record: JsonRecord): JsonRecord {
  const { MessageAttributes: typed } = record;
  if (typed !== undefined) return { ...record, MessageAttributes: bareValues(asRecord(typed)) };
  const lists = LISTS.filter((name) => isPairs(record[name]));
  if (lists.length === 0) return record;
  return { ...record, ...Object.fromEntries(lists.map((name) => [name, named(record[name])])) };
}

function isPairs(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_PAIRS &&
    value.every((item) => typeof asRecord(item)["key"] === "string" && "value" in asRecord(item))
  );
}

function named(pairs: unknown): JsonRecord {
  if (!isPairs(pairs)) return {};
  return Object.fromEntries(
    pairs.map((pair) => {
      const { key, value } = asRecord(pair);
      return [String(key), bareValue(value)];
    }),
  );
}

/**
 * Returns the values of an AWS queue message's typed attributes: `{"StringValue": "...", "DataType": "String"}`.
 */
function bareValues(attributes: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, asRecord(value)["StringValue"] ?? value]),
  );
}

/** Returns the value of a typed OTLP object: `{"intValue": "403"}`. Returns any other value unchanged. */
function bareValue(value: unknown): unknown {
  const { stringValue, intValue, doubleValue, boolValue } = asRecord(value);
  const typed = stringValue ?? intValue ?? doubleValue ?? boolValue;
  return typed === undefined ? value : typed;
}
