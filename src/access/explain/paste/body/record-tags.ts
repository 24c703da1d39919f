import type { JsonRecord } from "../../../../core/json.ts";

/** Fields that connect the records of one call, in lower case and without separators. */
const FIELDS: ReadonlySet<string> = new Set([
  "correlation",
  "exchangeid",
  "reqid",
  "requestid",
  "spanid",
  "transactionid",
]);

/** Returns the values of such fields; a log that writes request and response apart repeats them. */
export function tagsOfRecord(record: JsonRecord): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const isTag = name.length < 40 && FIELDS.has(name.toLowerCase().replace(/[^a-z]/g, ""));
    return isTag && typeof value === "string" && value.length > 1 && value.length <= 64 ? [value] : [];
  });
}

const RESPONSE = /\b(?:response|incoming|received|answered)\b/i;

/** Whether a record is a response that a log writes apart from its request. */
export function isResponseAlone(record: JsonRecord): boolean {
  const title = [record["type"], record["msg"], record["message"], record["@message"]].find(
    (text) => typeof text === "string" && text.length < 200,
  );
  return RESPONSE.test(String(title)) || ("status" in record && "headers" in record && "body" in record);
}
