import { readTable } from "./text-table.ts";

/** The query parameters of one operation. */
export interface DeclaredParameters {
  /** The operation as `METHOD /path`, as in the definition. */
  readonly operation: string;
  readonly parameters: readonly string[];
}

/** First field of the table of query parameters. */
export const QUERY_PARAMETERS_KIND = "genscope-query-parameters";

/** Returns the row `operation, parameters` of the table. */
export function encodeQueryParameters({ operation, parameters }: DeclaredParameters): readonly string[] {
  return [operation, parameters.join(" ")];
}

/** Returns the names of the query parameters by operation. Operations without query parameters are absent. */
export function readQueryParameters(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { rows } = readTable(text, QUERY_PARAMETERS_KIND);
  return new Map(rows.map(([operation = "", names = ""]) => [operation, new Set(names.split(" "))]));
}
