import { asRecord } from "../../core/json.ts";

/** Required fields of a stored object, each with its check. Other fields are allowed. */
export type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

/** Returns whether a value is an object of this shape. */
export function isOf(shape: Shape, value: unknown): boolean {
  const record = asRecord(value);
  return Object.entries(shape).every(([name, isFitting]) => isFitting(record[name]));
}

/** Accepts any string, including an empty one. */
export function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** Accepts a string that is safe as one component of a path. */
export function isFileName(value: unknown): boolean {
  return typeof value === "string" && /^[^./\\:\0][^/\\:\0]*$/.test(value);
}

/** Accepts a finite number. */
export function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

/** Accepts a boolean. */
export function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}

/** Returns a check that accepts null and any value that the given check accepts. */
export function orNull(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === null || isFitting(value);
}

/** Returns a check that accepts undefined and any value that the given check accepts. */
export function orAbsent(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isFitting(value);
}

/** Returns a check that accepts an array whose every item passes the given check. */
export function listOf(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isFitting);
}

/** Returns a check that accepts an object of this shape. */
export function recordOf(shape: Shape): (value: unknown) => boolean {
  return (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && isOf(shape, value);
}
