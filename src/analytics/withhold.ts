import { ownValue } from "../core/own-value.ts";

/**
 * Fields that no output contains, by the path of the operation that may return them. According to its
 * documentation, the platform returns a client's secret only when the client is created, so a service that
 * lists it discloses more than the reader asked for.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "/api/v2/oauth/clients": ["secret"],
  "/api/v2/oauth/clients/{clientId}": ["secret"],
};

/** Returns the fields that are removed from the responses of an operation, by its path with `{…}` for ids. */
export function withheldFieldsOf(path: string): readonly string[] {
  return ownValue(FIELDS, path) ?? [];
}

/** Returns `value` without the named fields, at any depth; `value` itself when there is nothing to remove. */
export function withhold(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => withhold(each, fields));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !fields.includes(name))
      .map(([name, each]) => [name, withhold(each, fields)]),
  );
}
