import { asArray, asRecord, type JsonRecord } from "../../../src/core/json.ts";

/**
 * How the values of a field become one number: the sum of the first eight hexadecimal digits, of the bytes in UTF-8, of
 * the numbers, of the milliseconds since midnight, of the lengths of lists, or the count of `true`.
 */
type Kind = "id" | "text" | "number" | "instant" | "items" | "flag";

/** What is measured in one table of a dataset. */
export interface TableTruth {
  /** Fields that lead from a record to the rows of the table. `name{}` is an object whose entries are rows. */
  readonly lists?: readonly string[];
  /**
   * Measured fields by path. `.` is the row itself, and `../name` a field of the object that contains the list. The
   * column of a table is named after the path, or after the second value.
   */
  readonly fields: Readonly<Record<string, Kind | readonly [kind: Kind, column: string]>>;
}

/** Count of the rows and sums of their fields. */
export type Measured = Readonly<Record<string, number>>;

interface Item {
  readonly value: unknown;
  readonly parent: unknown;
}

const OF_VALUE: Readonly<Record<Kind, (value: unknown) => number>> = {
  id: (value) => Number.parseInt(String(value).slice(0, 8), 16),
  text: (value) => Buffer.byteLength(String(value)),
  number: Number,
  instant: (value) => Date.parse(String(value)) % 86_400_000,
  items: (value) => asArray(value).length,
  flag: (value) => (value === true ? 1 : 0),
};

const OF_SQL: Readonly<Record<Kind, (sql: string) => string>> = {
  id: (sql) => `sum(('0x' || left(${sql}::varchar, 8))::bigint)`,
  text: (sql) => `sum(strlen(${sql}::varchar))`,
  number: (sql) => `sum(${sql}::double)`,
  instant: (sql) => `sum(epoch_ms(${sql}::timestamptz) % 86400000)`,
  items: (sql) => `sum(json_array_length(${sql}::json))`,
  flag: (sql) => `count(*) filter (${sql}::boolean)`,
};

/** Measures records of the sandbox. */
export function measureRecords(records: readonly JsonRecord[], { lists = [], fields }: TableTruth): Measured {
  let items: readonly Item[] = records.map((value) => ({ value, parent: null }));
  for (const list of lists) {
    items = items.flatMap((item) =>
      itemsOf(item.value, list).map((value) => ({ value, parent: item.value })),
    );
  }
  const sums = Object.entries(fields).map(([path, field]) => {
    const { kind } = fieldOf(path, field);
    const values = items
      .map((item) => valueAt(item, path))
      .filter((value) => value !== undefined && value !== null);
    return [path, rounded(values.reduce<number>((sum, value) => sum + OF_VALUE[kind](value), 0))] as const;
  });
  return { rows: items.length, ...Object.fromEntries(sums) };
}

/** Returns the SQL that measures records, which the source has in a column `json`, in the same way. */
export function sqlOfLines(source: string, { lists = [], fields }: TableTruth): string {
  const steps = lists.map((list, index) => {
    const isObject = list.endsWith("{}");
    const path = `json_extract(json, '$.${isObject ? list.slice(0, -2) : `${list}[*]`}')`;
    const items = isObject
      ? `to_json(unnest(map_entries(${path}::map(varchar, varchar))))`
      : `unnest(${path})`;
    return `, l${index + 1} as (select ${items} as json, json as parent from l${index})`;
  });
  const columns = Object.entries(fields).map(([path, field]) => {
    const value = path.startsWith("../")
      ? `(parent->>'$.${path.slice(3)}')`
      : `(json->>'$${path === "." ? "" : `.${path}`}')`;
    return `${OF_SQL[fieldOf(path, field).kind](value)}::double as "${path}"`;
  });
  return `with l0 as (select json, null::json as parent from ${source})
    ${steps.join("\n")} select ${["count(*)::double as rows", ...columns].join(", ")} from l${lists.length}`;
}

/** Returns the SQL that measures the rows of a table. */
export function sqlOfRows(source: string, truth: TableTruth): string {
  const columns = columnsOf(truth).map(
    ([column, kind, path]) => `${OF_SQL[kind](`"${column}"`)}::double as "${path}"`,
  );
  return `select ${["count(*)::double as rows", ...columns].join(", ")} from ${source}`;
}

/** Returns the column, kind and path of every field that is a column of its own in a table or a record. */
export function columnsOf({ fields }: TableTruth): readonly (readonly [string, Kind, string])[] {
  return Object.entries(fields).map(([path, field]) => {
    const { kind, column } = fieldOf(path, field);
    return [column, kind, path];
  });
}

/** Returns an answer of DuckDB or pandas in the form of `measureRecords`. */
export function measuredIn(row: Readonly<Record<string, unknown>> | undefined): Measured {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [name, rounded(Number(value ?? 0))]),
  );
}

/** Sums of fractions differ in their last digits by the order of the rows. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function itemsOf(value: unknown, list: string): readonly unknown[] {
  if (!list.endsWith("{}")) return asArray(valueIn(value, list));
  return Object.entries(asRecord(valueIn(value, list.slice(0, -2)))).map(([key, each]) => ({
    key,
    value: each,
  }));
}

function valueAt({ value, parent }: Item, path: string): unknown {
  if (path === ".") return value;
  return path.startsWith("../") ? valueIn(parent, path.slice(3)) : valueIn(value, path);
}

function valueIn(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, name) => asRecord(inner)[name], value);
}

function fieldOf(
  path: string,
  field: TableTruth["fields"][string],
): { readonly kind: Kind; readonly column: string } {
  const column = path.replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
  return typeof field === "string" ? { kind: field, column } : { kind: field[0], column: field[1] };
}
