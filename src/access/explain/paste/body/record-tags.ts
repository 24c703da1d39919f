import type { JsonRecord } from "../../../../core/json.ts";

/** Fields that connect the log records of one call, in lower case and without separators. */
const FIELDS: ReadonlySet<string> = new Set([
  "correlation",
  "exchangeid",
  "reqid",
  "requestid",
  "spanid",
  "transactionid",
]);

/** Returns the ids in a record that connect it with other records of the same call. */
export function tagsOfRecord(record: JsonRecord): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const isTag = name.length < 40 && FIELDS.has(name.toLowerCase().replace(/[^a-z]/g, ""));
    return isTag && typeof value === "string" && value.length > 1 && value.length <= 64 ? [value] : [];
  });
}

const RESPONSE = /\b(?:response|incoming|received|answered)\b/i;

/** Whether a record contains only a response, because the log writes the request in a separate record. */
export function isResponseAlone(record: JsonRecord): boolean {
  const title = [record["type"], record["msg"], record["message"], record["@message"]].find(
    (text) => typeof text === "string" && text.length < 200,
  );
  return RESPONSE.test(String(title)) || ("status" in record && "headers" in record && "body" in record);
}
