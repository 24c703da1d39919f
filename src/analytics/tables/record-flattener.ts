import { asRecord } from "../../core/json.ts";
import type { Column, Flattener } from "../table.ts";
import { textOf } from "./record-text.ts";
import { columnsOf, fieldColumnsOf, planTable, readFields, rowOf } from "./table-plan.ts";

/** Model of a dataset with one row per record. */
export interface RecordModel {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Columns of fields that the export itself adds to each record. */
  readonly added?: readonly Column[];
  /**
   * Fields with an object whose few strings become columns: `division` with `id` and `name` becomes
   * `divisionId` and `divisionName`. The object's `selfUri` only repeats its id.
   */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** Returns a flattener with one row per record. */
export function recordFlattener({ table: name, added = [], references, ...model }: RecordModel): Flattener {
  const columns = [...model.columns, ...added];
  const referring = Object.entries(references);
  const plan = planTable(name, {
    model: { columns, objects: Object.keys(references) },
    others: referring.flatMap(([field, parts]) =>
      columnsOf("string", ...parts.map((part) => `${field}${part.charAt(0).toUpperCase()}${part.slice(1)}`)),
    ),
  });
  let first = columns.length;
  const referringColumns = referring.map(([field, parts]) => {
    const fieldColumns = fieldColumnsOf({ columns: columnsOf("string", ...parts) }, first);
    first += parts.length;
    return [field, fieldColumns] as const;
  });
  return {
    tables: [plan.table],
    flatten(record, emit) {
      const row = rowOf(plan, [], record);
      const unknown: Record<string, unknown> = {};
      for (const [field, ofField] of referringColumns) {
        const { selfUri: _address, ...parts } = asRecord(record[field]);
        const leftovers = readFields(ofField, parts, row);
        if (leftovers !== null) unknown[field] = leftovers;
      }
      if (Object.keys(unknown).length > 0) {
        row[plan.extra] = textOf({ ...readFields(plan.fieldColumns, record, row), ...unknown });
      }
      emit(0, row);
    },
  };
}
