import type { Operation } from "../catalogue/facts/operation.ts";
import { type QueryParameters, readQueryParameters } from "../catalogue/facts/text/query-parameters.ts";
import { once } from "./once.ts";

const NO_PARAMETERS: QueryParameters = { all: new Set(), required: [] };

/**
 * Returns a function that finds the query parameters of an operation. An operation that is in the definition but not in
 * the table `text` has no parameters. For an operation that was added later, the function returns null.
 */
export function createParameterLookup(
  text: () => string,
  operations: readonly Operation[],
): (operation: Operation) => QueryParameters | null {
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
