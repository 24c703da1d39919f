import type { Flattener } from "../../../src/analytics/table.ts";
import type { JsonRecord } from "../../../src/core/json.ts";

export type Tables = Readonly<Record<string, readonly JsonRecord[]>>;

/** Returns the rows of records by table, as objects without empty cells. Tables without rows are omitted. */
export function rowsOf(flattener: Flattener, ...records: readonly JsonRecord[]): Tables {
  const tables: Record<string, JsonRecord[]> = {};
  for (const record of records) {
    flattener.flatten(record, (index, row) => {
      const { name = "", columns = [] } = flattener.tables[index] ?? {};
      if (row.length !== columns.length) {
        throw new Error(`${name}: ${row.length} cells for ${columns.length} columns`);
      }
      const cells = columns.map((column, at) => [column.name, row[at]] as const);
      tables[name] = [...(tables[name] ?? []), Object.fromEntries(cells.filter(([, cell]) => cell !== null))];
    });
  }
  return tables;
}
