import { asNumber, type JsonRecord } from "../../../core/json.ts";

/**
 * Returns the values of a dimension in a record, from the field with its name or the list with its plural. Pass the
 * innermost object first, because the first one that has the field is used.
 */
export function valuesAt(objects: readonly JsonRecord[], dimension: string): readonly string[] {
  for (const object of objects) {
    const found = textsOf(object[dimension] ?? object[`${dimension}s`]);
    if (found.length > 0) return found;
  }
  return [];
}

/** Returns the value of a metric in a record as a list, which is empty when the record has none. */
export function numbersAt(object: JsonRecord, metric: string): readonly number[] {
  const value = asNumber(object[metric]);
  return value === null ? [] : [value];
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) =>
    typeof each === "string" || typeof each === "number" || typeof each === "boolean" ? [String(each)] : [],
  );
}
