import { ownValue } from "../core/own-value.ts";

/**
 * Fields that no output contains, by the path of the operation that may return them. The platform documents a client's
 * secret as returned at its creation only, so a service that lists it gives away more than the reader asked for.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "/api/v2/oauth/clients": ["secret"],
  "/api/v2/oauth/clients/{clientId}": ["secret"],
};

/** Returns the fields that are removed from the answers of an operation, by its path with `{…}` for ids. */
export function withheldFieldsOf(path: string): readonly string[] {
  return ownValue(FIELDS, path) ?? [];
}

/** Returns `value` without the named fields, at any depth; itself where there is nothing to remove. */
export function withhold(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => withhold(each, fields));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !fields.includes(name))
      .map(([name, each]) => [name, withhold(each, fields)]),
  );
}
