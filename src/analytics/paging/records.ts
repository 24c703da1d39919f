import { asNumber, asRecord, type JsonRecord } from "../../core/json.ts";

/** Fields in which the platform's listings contain their records, most common first. */
const RESULT_KEYS = ["entities", "results", "conversations", "userDetails", "Resources", "items"];
const TOTAL_KEYS = ["totalHits", "total", "totalResults", "totalCount"];

/**
 * Returns the records of a response: under `resultKey`, otherwise under a common name, otherwise in its only
 * list of objects. A response without a list is a single record. An absent list is an empty one, because the
 * platform omits empty lists.
 */
export function recordsOf(body: unknown, resultKey: string | null | undefined): readonly unknown[] {
  if (Array.isArray(body)) return body;
  const fields = asRecord(body);
  if (resultKey === null) return [body];
  if (resultKey !== undefined) {
    const value = fields[resultKey];
    return Array.isArray(value) ? value : [];
  }
  const usual = RESULT_KEYS.find((key) => Array.isArray(fields[key]));
  const lists = Object.keys(fields).filter((key) => isListOfObjects(fields[key]));
  const key = usual ?? (lists.length === 1 && isPaged(fields) ? lists[0] : undefined);
  if (key === undefined) return isPaged(fields) || Object.keys(fields).length === 0 ? [] : [body];
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}

/**
 * Returns the name of the field for the records if it contains anything but a list, because records may be lost
 * there; null if it is a list or absent.
 */
export function damagedList(fields: JsonRecord, resultKey: string | null | undefined): string | null {
  if (resultKey === null) return null;
  if (resultKey === undefined) {
    return isPaged(fields) ? (RESULT_KEYS.find((key) => fields[key] === null) ?? null) : null;
  }
  const value = fields[resultKey];
  return value === undefined || Array.isArray(value) ? null : resultKey;
}

/** Returns the total number of records that the response reports; null when it reports none. */
export function totalOf(body: JsonRecord): number | null {
  for (const key of TOTAL_KEYS) {
    const total = asNumber(body[key]);
    if (total !== null) return total;
  }
  return null;
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
}

function isPaged(fields: JsonRecord): boolean {
  return ["pageNumber", "pageCount", "nextUri", "cursor", "cursors", ...TOTAL_KEYS].some(
    (key) => key in fields,
  );
}
