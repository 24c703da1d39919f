import type { Flattener } from "../table.ts";
import type { DatasetTables, FlattenerOptions } from "./dataset.ts";

/** Returns the flattener that turns a dataset's records into rows of its tables. */
export async function flattenerOf(tables: DatasetTables, options: FlattenerOptions): Promise<Flattener> {
  if (tables.kind === "related") return await tables.flattener(options);
  const { recordFlattener } = await import("../tables/record-flattener.ts");
  return recordFlattener(tables.model);
}
