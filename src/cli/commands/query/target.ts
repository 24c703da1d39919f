import { chooseNamedQuery } from "../../../analytics/choose-query.ts";
import type { NamedQuery } from "../../../analytics/named-query.ts";
import { namedQueries } from "../../../analytics/query-list.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { isReadOnly } from "../../../catalogue/facts/read-only.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { requireFound } from "../../../catalogue/lookup/require-name.ts";
import { UsageError } from "../../../core/errors.ts";
import type { QueryValue } from "../../../platform/api.ts";

/** What is to be asked: an operation that only reads, and what is known of it beyond the catalogue. */
export interface QueryTarget {
  readonly method: string;
  /** With its ids filled in. */
  readonly path: string;
  /** Of the address that was given. */
  readonly parameters: Readonly<Record<string, QueryValue>>;
  /** Null for a preview that the catalogue in use does not list. */
  readonly operation: Operation | null;
  /** Null for an operation that is no analytics query with a name. */
  readonly query: NamedQuery | null;
  /** Why the operation may not be what was meant; null without doubt. */
  readonly caution: string | null;
}

const METHOD = /^(get|put|post|patch|delete|head|options)$/i;
const ADDRESS = /^(\/|https?:\/\/)/i;
/** `getRoutingQueues`, `get_routing_queues`: the name of an SDK's method, never a word of a query's name. */
const IDENTIFIER = /^[a-z]+[A-Z_]\w*$/;

/**
 * What the words behind `query` name: a query by its words, or any operation that only reads by method and path, by address,
 * or by the name of its SDK method. Nothing else is ever sent.
 * @throws UsageError `usage.not_a_read` for what changes something; `usage.unknown_query`, `usage.unknown_operation` with
 * the closest names; `usage.path` for a path with an id missing
 */
export function chooseTarget(
  catalogue: Catalogue,
  words: readonly string[],
  allowsPreview: boolean,
): QueryTarget {
  const [first = "", second] = words.flatMap((word) => word.trim().split(/\s+/));
  if (first === "") {
    throw new UsageError("usage.unknown_query", "nothing to query", {
      hint: "name a query or an operation: genscope query conversations details --interval yesterday",
    });
  }
  const isOperation =
    METHOD.test(first) || ADDRESS.test(first) || (second === undefined && IDENTIFIER.test(first));
  if (isOperation) return operationTarget(catalogue, words.join(" ").trim());
  const { query, path } = chooseNamedQuery(words, allowsPreview);
  const operation = catalogue.find(query.method, query.path);
  return { method: query.method, path, parameters: {}, operation, query, caution: null };
}

function operationTarget(catalogue: Catalogue, name: string): QueryTarget {
  const { operation, caution } = requireFound(catalogue, name);
  if (!isReadOnly(operation)) {
    throw new UsageError(
      "usage.not_a_read",
      `\`${nameOf(operation)}\` is not known to only read, and was not sent`,
      {
        hint:
          "`query` sends nothing that could change the organization; what the operation needs: genscope check-scopes " +
          `"${nameOf(operation)}"`,
      },
    );
  }
  const address = addressIn(name);
  const path = address?.path ?? operation.path;
  if (/[{}]/.test(path)) {
    throw new UsageError("usage.path", `an id is missing in \`${path}\``, {
      hint: `fill in the braces: genscope query ${operation.method} ${path.replace(/\{(\w+)\}/g, (_all, id) => String(id).toUpperCase())}`,
    });
  }
  const { method } = operation;
  const query = namedQueries().find((each) => each.method === method && each.path === operation.path) ?? null;
  return { method, path, parameters: address?.parameters ?? {}, operation, query, caution };
}

/** The path and parameters of the address in a name; any host is as good as another, the request goes to the profile's. */
function addressIn(
  name: string,
): { readonly path: string; readonly parameters: Record<string, QueryValue> } | null {
  const [text] = /(?:https?:\/\/\S+|\/\S+)/i.exec(name) ?? [];
  if (text === undefined || !URL.canParse(text, "http://host")) return null;
  const { pathname, searchParams } = new URL(text, "http://host");
  const start = pathname.indexOf("/api/v2/");
  if (start < 0) return null;
  const parameters = Object.create(null) as Record<string, QueryValue>;
  for (const key of new Set(searchParams.keys())) {
    const values = searchParams.getAll(key);
    parameters[key] = values.length === 1 ? values[0] : values;
  }
  return { path: decodeBraces(pathname.slice(start)).replace(/\/+$/, ""), parameters };
}

function decodeBraces(path: string): string {
  return path.replace(/%7B/gi, "{").replace(/%7D/gi, "}");
}
