import type { Cell, ColumnType } from "../table.ts";
import { ExactNumber } from "./exact-number.ts";
import { instantMs } from "./instant.ts";
import { textOf } from "./record-text.ts";

/** Converts a value of a record into a cell of the column's type; undefined when it does not fit. */
export function cellOf(type: ColumnType, value: unknown): Cell | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "int32":
      return typeof value === "number" && (value | 0) === value ? value : undefined;
    case "int64":
      return integerOf(value);
    case "double":
      return doubleOf(value);
    case "timestamp":
      return typeof value === "string" && !Number.isNaN(instantMs(value)) ? value : undefined;
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
    case "integers":
      return integersOf(value);
    case "json":
      return textOf(value);
  }
}

function integerOf(value: unknown): number | bigint | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  return value instanceof ExactNumber ? (value.int64() ?? undefined) : undefined;
}

function integersOf(value: unknown): readonly (number | bigint)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const integers = value.map(integerOf).filter((item) => item !== undefined);
  return integers.length === value.length ? integers : undefined;
}

function doubleOf(value: unknown): number | undefined {
  const number = value instanceof ExactNumber ? Number(value.text) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
