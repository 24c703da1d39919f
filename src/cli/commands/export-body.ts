import { UsageError } from "../../core/errors.ts";
import { asRecord, type JsonRecord, parseJson } from "../../core/json.ts";

/** What an export says itself, so that no record is left out or comes twice; and what is no record. */
const FIELDS_OF_THE_EXPORT = [
  "interval",
  "paging",
  "pageSize",
  "limit",
  "order",
  "orderBy",
  "startOfDayIntervalMatching",
  "aggregations",
] as const;

/**
 * The request body of a person: what to choose, and nothing of how it is brought.
 * @param name of the file it came from, for messages
 * @throws UsageError `usage.body`
 */
export function parseExportBody(text: string, name: string): JsonRecord {
  const body = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new UsageError("usage.body", `\`${name}\` is not a JSON object (--body)`, {
      hint: "a request body is one JSON object, without `interval` and `paging`: --body request.json",
    });
  }
  const field = FIELDS_OF_THE_EXPORT.find((each) => Object.hasOwn(body, each));
  if (field === undefined) return asRecord(body);
  throw new UsageError("usage.body", `\`${field}\` belongs to the export, not to \`${name}\` (--body)`, {
    hint:
      field === "interval"
        ? "leave `interval` out of it, and say of when with a flag: --interval yesterday"
        : `leave \`${field}\` out of it: an export brings every record, in an order and in pages of its own`,
  });
}
