import type { JsonRecord } from "../../core/json.ts";
import type { Cell, Column } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";

/** Columns that come first when a record has them. */
const FIRST = ["id", "name"];

/**
 * Returns the fields of any records: `id` and `name` first, then in order of appearance. Nested values become
 * JSON text; an object with an id and a name (a division, a manager) becomes its name.
 */
export function listingTable(records: readonly JsonRecord[]): AnswerTable {
  const rows = records.map(fieldsOf);
  const found = new Map<string, Column>();
  for (const row of rows) {
    for (const [name, cell] of row) {
      const type = typeOf(cell);
      const earlier = found.get(name);
      if (type !== null && (earlier === undefined || earlier.type === type)) found.set(name, { name, type });
      else if (type !== null) found.set(name, { name, type: "string" });
    }
  }
  const names = [
    ...FIRST.filter((name) => found.has(name)),
    ...[...found.keys()].filter((name) => !FIRST.includes(name)),
  ];
  const columns = names.map((name): Column => found.get(name) ?? { name, type: "string" });
  return { columns, rows: rows.map((row) => columns.map(({ name }) => row.get(name) ?? null)) };
}

function fieldsOf(record: JsonRecord): ReadonlyMap<string, Cell> {
  return new Map(
    Object.entries(record).flatMap(([name, value]): readonly (readonly [string, Cell])[] => {
      // `selfUri` repeats the id.
      if (name === "selfUri") return [];
      return [[name, cellOf(value)]];
    }),
  );
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isTexts(value)) return value;
  const { id, name } = value as JsonRecord;
  return typeof name === "string" && typeof id === "string" ? name : JSON.stringify(value);
}

function typeOf(cell: Cell): Column["type"] | null {
  if (cell === null) return null;
  if (typeof cell === "number" || typeof cell === "bigint") return "double";
  if (typeof cell === "boolean") return "boolean";
  return typeof cell === "string" ? "string" : "strings";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
