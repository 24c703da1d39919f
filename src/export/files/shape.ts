import { asRecord } from "../../core/json.ts";

/** What the fields of a record that was written earlier have to be; others may be there too. */
export type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

/** Whether a value is a record of this shape. */
export function isOf(shape: Shape, value: unknown): boolean {
  const record = asRecord(value);
  return Object.entries(shape).every(([name, isFitting]) => isFitting(record[name]));
}

/** A string, also an empty one. */
export function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** A word that can stand in a path without leading anywhere else. */
export function isFileName(value: unknown): boolean {
  return typeof value === "string" && /^[^./\\:\0][^/\\:\0]*$/.test(value);
}

/** A finite number. */
export function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

/** True or false. */
export function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}

/** What says nothing, or fits. */
export function orNull(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === null || isFitting(value);
}

/** What is not there, or fits. */
export function orAbsent(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isFitting(value);
}

/** An array of what fits. */
export function listOf(isFitting: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isFitting);
}

/** A record of this shape. */
export function recordOf(shape: Shape): (value: unknown) => boolean {
  return (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && isOf(shape, value);
}
