import type { JsonRecord } from "../../../src/core/json.ts";
import type { Member } from "../../../src/sandbox/state/roster.ts";
import type { TableTruth } from "./measure.ts";
import type { DatasetTruth } from "./sandbox-truth.ts";

export type Fields = TableTruth["fields"];
export const NAMED: Fields = { id: "id", name: "text" };
export const PLACED: Fields = { ...NAMED, "division.id": "id" };
/** Query parameters that add sizes and import states to the listings of contact lists and DNC lists. */
export const SIZED = new URLSearchParams({ includeSize: "true", includeImportStatus: "true" });

/** Returns a dataset that is a listing with one table. */
export function listing(
  table: string,
  model: string | null,
  fields: Fields,
  records: DatasetTruth["records"],
): DatasetTruth {
  return { records, model, tables: { [table]: { fields } } };
}

/** Returns the fields that every object in a division has. */
export function placed({ id, name, divisionId }: Pick<Member, "id" | "name" | "divisionId">): JsonRecord {
  return { id, name, division: { id: divisionId } };
}
