import { asRecord, type JsonRecord } from "../../core/json.ts";
import { BrokenPage } from "./page-scanner.ts";

/** Returns the records of a list. @throws BrokenPage for any other value, because skipping it would lose records */
export function recordsOfList(value: unknown, name: string): readonly JsonRecord[] {
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new BrokenPage(`unexpected value in \`${name}\``);
  }
  return value.map(asRecord);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
