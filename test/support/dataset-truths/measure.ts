import { asArray, asRecord, type JsonRecord } from "../../../src/core/json.ts";

/**
 * How the values of a field are reduced to one number. `id` sums the first eight hexadecimal digits, `text` the
 * bytes in UTF-8, `number` the numbers, `instant` the milliseconds since midnight, and `items` the lengths of lists.
 * `flag` counts `true`.
 */
type Kind = "id" | "text" | "number" | "instant" | "items" | "flag";

/** The measured fields of one table of a dataset. */
export interface TableTruth {
  /** Fields that lead from a record to the rows of the table. `name{}` is an object whose entries are rows. */
  readonly lists?: readonly string[];
  /**
   * Measured fields by path. The path `.` is the row itself, and `../name` is a field of the object that contains the
   * list. The table's column has the name of the path, or the given one.
   */
  readonly fields: Readonly<Record<string, Kind | readonly [kind: Kind, column: string]>>;
}

/** Number of rows, and the sum of each measured field. */
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

/** Returns the SQL that measures records in the same way. `source` has them in a column `json`. */
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

/** Returns column, kind and path of every measured field. */
export function columnsOf({ fields }: TableTruth): readonly (readonly [string, Kind, string])[] {
  return Object.entries(fields).map(([path, field]) => {
    const { kind, column } = fieldOf(path, field);
    return [column, kind, path];
  });
}

/** Returns a result row of DuckDB or pandas in the form that `measureRecords` returns. */
export function measuredIn(row: Readonly<Record<string, unknown>> | undefined): Measured {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [name, rounded(Number(value ?? 0))]),
  );
}

/** Rounds a sum, because the last digits of a sum of fractions depend on the order of the rows. */
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
