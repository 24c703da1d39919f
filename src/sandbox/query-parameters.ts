import type { Operation } from "../catalogue/facts/operation.ts";
import { readQueryParameters } from "../catalogue/facts/text/query-parameters.ts";
import { once } from "./once.ts";

const NO_PARAMETERS: ReadonlySet<string> = new Set();

/**
 * Returns a function that finds the query parameters of an operation. An operation of the definition that is absent
 * from the table `text` has none. The result is null for an operation that was added later.
 */
export function createParameterLookup(
  text: () => string,
  operations: readonly Operation[],
): (operation: Operation) => ReadonlySet<string> | null {
  const declared = once(() => readQueryParameters(text()));
  const published = new Set(operations.map(nameOf));
  return (operation) => {
    const name = nameOf(operation);
    return declared().get(name) ?? (published.has(name) ? NO_PARAMETERS : null);
  };
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}
