import { readTable } from "./text-table.ts";

/** The query parameters of one operation. */
export interface DeclaredParameters {
  /** The operation as `METHOD /path`, as in the definition. */
  readonly operation: string;
  readonly parameters: readonly string[];
  /** Parameters without which the request is invalid; absent when there are none. */
  readonly required?: readonly string[];
}

/** The names of an operation's query parameters. */
export interface QueryParameters {
  readonly all: ReadonlySet<string>;
  readonly required: readonly string[];
}

/** First field of the query parameter table. */
export const QUERY_PARAMETERS_KIND = "genscope-query-parameters";
/** The mark after the name of a required parameter. */
const REQUIRED = "!";

/** Returns the row `operation, parameters` of the table. */
export function encodeQueryParameters({
  operation,
  parameters,
  required = [],
}: DeclaredParameters): readonly string[] {
  return [operation, parameters.map((name) => name + (required.includes(name) ? REQUIRED : "")).join(" ")];
}

/** Returns the query parameters by operation. Operations without query parameters are absent. */
export function readQueryParameters(text: string): ReadonlyMap<string, QueryParameters> {
  const { rows } = readTable(text, QUERY_PARAMETERS_KIND);
  return new Map(rows.map(([operation = "", names = ""]) => [operation, parseNames(names.split(" "))]));
}

function parseNames(marked: readonly string[]): QueryParameters {
  const required = marked.filter((name) => name.endsWith(REQUIRED)).map(withoutMark);
  return { all: new Set(marked.map(withoutMark)), required };
}

function withoutMark(name: string): string {
  return name.endsWith(REQUIRED) ? name.slice(0, -REQUIRED.length) : name;
}
