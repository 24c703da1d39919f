import { asRecord, asString } from "../../core/json.ts";
import type { Named } from "./principal.ts";

/** Parses `{id, name}` from any object; null without an id. */
export function parseNamed(value: unknown): Named | null {
  const record = asRecord(value);
  const id = asString(record["id"]);
  return id === null ? null : { id, name: asString(record["name"]) };
}
