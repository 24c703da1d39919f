import { asNumber, asString, type JsonRecord } from "../../core/json.ts";

/** Page fields that contain the total number of records in all pages. */
const TOTALS = ["total", "totalHits"];

/**
 * Returns the reason why a page that lacks its list of records is not an empty page; null when it may be one. The
 * platform omits empty lists, so only a page that contradicts itself or describes an error is refused.
 */
export function missingListProblem(fields: JsonRecord, itemsKey: string): string | null {
  const total = TOTALS.map((name) => asNumber(fields[name])).find((count) => count !== null && count > 0);
  if (total !== undefined) return `the page reports ${total} records but has no \`${itemsKey}\``;
  const isError =
    asString(fields["message"]) !== null && (fields["status"] !== undefined || fields["code"] !== undefined);
  return isError ? `the response describes an error and has no \`${itemsKey}\`` : null;
}
