import { chooseNamedQuery } from "../../../analytics/choose-query.ts";
import { allDatasets } from "../../../analytics/datasets/datasets.ts";
import type { NamedQuery } from "../../../analytics/named-query.ts";
import { namedQueries } from "../../../analytics/query-list.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { impactOf } from "../../../catalogue/facts/read-only.ts";
import { lookUpOperation } from "../../../catalogue/lookup/look-up-operation.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { requireFound } from "../../../catalogue/lookup/require-name.ts";
import { UsageError } from "../../../core/errors.ts";
import { withoutTrailingSlashes } from "../../../core/text.ts";
import type { QueryValue } from "../../../platform/api/api.ts";
import { isPlace } from "../../arguments/operation-arguments.ts";

/** The target of a query: a read operation, with details beyond the catalog. */
export interface QueryTarget {
  readonly method: string;
  /** The path with ids filled in. */
  readonly path: string;
  /** The query parameters of the given URL. */
  readonly parameters: Readonly<Record<string, QueryValue>>;
  /** The operation; null for a preview that the catalog in use does not list. */
  readonly operation: Operation | null;
  /** The named query; null for any other operation. */
  readonly query: NamedQuery | null;
  /** The reason why another operation may be meant; null when there is no doubt. */
  readonly caution: string | null;
  /** The work that the request starts on the platform, which the user must confirm; null for a plain read. */
  readonly start: string | null;
}

const METHOD = /^(get|put|post|patch|delete|head|options)$/i;
/**
 * Matches the name of an SDK method, such as `getRoutingQueues` or `get_routing_queues`, but not the words of a query's
 * name.
 */
const IDENTIFIER = /^[a-z]+[A-Z_]\w*$/;

/**
 * Resolves the words after `query`: a query by its name, or any read operation by method and path, by URL, or
 * by SDK method name. No other operation is ever sent.
 * @throws UsageError `usage.not_a_read` for an operation that changes something; `usage.unknown_query`,
 * `usage.unknown_operation` with the closest names; `usage.path` for a path with a missing id
 */
export function chooseTarget(
  catalogue: Catalogue,
  words: readonly string[],
  allowsPreview: boolean,
): QueryTarget {
  const [first = "", second] = words.flatMap((word) => word.trim().split(/\s+/));
  if (first === "") {
    throw new UsageError("usage.unknown_query", "nothing to query", {
      hint: "specify a query or an operation: genscope query conversations details --interval yesterday",
    });
  }
  const isOperation =
    METHOD.test(first) || isPlace(first) || (second === undefined && IDENTIFIER.test(first));
  if (isOperation) return operationTarget(catalogue, words.join(" ").trim());
  refuseDataset(words.join(" ").trim().toLowerCase());
  const { query, path } = chooseNamedQuery(words, allowsPreview);
  const operation = catalogue.find(query.method, query.path);
  return { method: query.method, path, parameters: {}, operation, query, caution: null, start: null };
}

/** Refuses the name of a dataset that is not a query, and names the command that reads it. */
function refuseDataset(name: string): void {
  const queries = namedQueries().map((query) => query.name);
  if (queries.includes(name) || !allDatasets().some((dataset) => dataset.name === name)) return;
  const related = queries.filter((query) => query.startsWith(`${name} `)).map((query) => `\`${query}\``);
  const file = `${name.replaceAll(" ", "-")}.csv`;
  throw new UsageError("usage.unknown_query", `\`${name}\` is a dataset, not a query`, {
    hint: `export it with \`genscope export ${name} --out ${file}\`${related.length === 0 ? "" : `, or query ${related.join(", ")}`}`,
  });
}

function operationTarget(catalogue: Catalogue, name: string): QueryTarget {
  const { operation, caution } = readNamed(catalogue, name) ?? requireFound(catalogue, name);
  const impact = impactOf(operation);
  if (impact === "changes") {
    throw new UsageError(
      "usage.not_a_read",
      `\`${nameOf(operation)}\` is not known to be read-only and was not sent`,
      {
        hint: `show what the operation requires: genscope check-scopes "${nameOf(operation)}"`,
      },
    );
  }
  const address = addressIn(name);
  const path = address?.path ?? operation.path;
  if (PLACEHOLDERS.test(path)) {
    throw new UsageError("usage.path", `an id is missing in \`${path}\``, {
      hint: `replace the placeholder with an id: genscope query ${operation.method} ${path.replaceAll(new RegExp(PLACEHOLDERS, "g"), (_all, braced, named) => String(braced ?? named ?? "ID").toUpperCase())}`,
    });
  }
  const { method } = operation;
  const query = namedQueries().find((each) => each.method === method && each.path === operation.path) ?? null;
  const start = impact === "starts-work" ? startOf(operation) : null;
  return { method, path, parameters: address?.parameters ?? {}, operation, query, caution, start };
}

/** Matches placeholders for an id, as documentation and web frameworks write them: `{userId}`, `:id`. */
const PLACEHOLDERS = /\{(\w+)\}|[{}]|(?<=\/):(\w+)/;

/** Describes the work that a request starts, in the words of its caveat. */
function startOf({ caveats }: Operation): string {
  return (
    caveats.find(({ effect }) => effect === "starts-query" || effect === "harmless-probably")?.statement ?? ""
  );
}

/**
 * Returns the read operation for a path that was given without a method: its GET, or otherwise its only query; null if
 * none exists.
 */
function readNamed(
  catalogue: Catalogue,
  name: string,
): { readonly operation: Operation; readonly caution: null } | null {
  const lookup = METHOD.test(name.split(/[\s:]/)[0] ?? "") ? null : lookUpOperation(catalogue, name);
  if (lookup?.kind !== "ambiguous") return null;
  const reads = lookup.candidates.filter((each) => impactOf(each) !== "changes" && each.method !== "HEAD");
  const operation =
    reads.find(({ method }) => method === "GET") ?? (reads.length === 1 ? reads[0] : undefined);
  return operation === undefined ? null : { operation, caution: null };
}

/**
 * Returns the path and parameters of the URL in a name; null when it contains none. Its host is ignored, because the
 * request goes to the profile's host.
 */
function addressIn(
  name: string,
): { readonly path: string; readonly parameters: Record<string, QueryValue> } | null {
  const [given] = /(?:https?:\/\/\S+|\/?(?:\bapi\/v\d+)?\/\S+)/i.exec(name) ?? [];
  const text = given?.replace(/^api\//i, "/api/");
  if (text === undefined || !URL.canParse(text, "http://host")) return null;
  const { pathname, searchParams } = new URL(text, "http://host");
  const start = pathname.indexOf("/api/v2/");
  if (start < 0) return null;
  const parameters = Object.create(null) as Record<string, QueryValue>;
  for (const key of new Set(searchParams.keys())) {
    const values = searchParams.getAll(key);
    parameters[key] = values.length === 1 ? values[0] : values;
  }
  return { path: withoutTrailingSlashes(decodeBraces(pathname.slice(start))), parameters };
}

function decodeBraces(path: string): string {
  return path.replace(/%7B/gi, "{").replace(/%7D/gi, "}");
}
