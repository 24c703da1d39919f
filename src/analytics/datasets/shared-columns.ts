import type { Column } from "../table.ts";
import { columnsOf } from "../tables/table-plan.ts";

/** Fields of a reference to another object, each of which becomes a column. */
export const REFERENCE = ["id", "name"] as const;

/** Columns that identify an object of a listing. */
export const IDENTITY: readonly Column[] = columnsOf("string", "id", "name");

/** The address of an object, the last column of a listing. */
export const SELF: readonly Column[] = columnsOf("string", "selfUri");

/** Columns that every object of Architect and of the telephony configuration has. */
export const CONFIGURATION: readonly Column[] = [
  ...columnsOf("string", "description"),
  ...columnsOf("int32", "version"),
  ...columnsOf("timestamp", "dateCreated", "dateModified"),
  ...columnsOf("string", "createdBy", "modifiedBy", "createdByApp", "modifiedByApp", "state"),
];

/** Columns that record when an object was created and changed, and by whom. */
export const HISTORY: readonly Column[] = [
  ...columnsOf("timestamp", "dateCreated", "dateModified"),
  ...columnsOf("string", "createdBy", "modifiedBy"),
];
