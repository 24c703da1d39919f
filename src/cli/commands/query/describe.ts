import { describeQuery, type QueryDescription } from "../../../analytics/query-description.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Io } from "../../../core/io.ts";
import type { Block } from "../../../output/blocks.ts";
import { present } from "../../../output/present.ts";
import type { GlobalOptions } from "../../context.ts";
import type { QueryTarget } from "./target.ts";

/** The JSON contract of `query --describe`. */
interface QueryDescriptionDocument extends QueryDescription {
  readonly schema: "genscope/query-description/v1";
  readonly name: string;
  readonly operation: { readonly method: string; readonly path: string };
}

/**
 * Prints the dimensions, metrics and values of a named query. Sends nothing and needs no token.
 * @throws UsageError `usage.flag` for an operation that is not a named query
 */
export async function presentDescription(
  io: Io,
  options: GlobalOptions,
  { query, method, path }: Pick<QueryTarget, "query" | "method" | "path">,
): Promise<void> {
  if (query === null) {
    throw new UsageError("usage.flag", `\`${method} ${path}\` has no dimensions or metrics to describe`, {
      hint: "specify a query: genscope query conversations details --describe",
    });
  }
  const document: QueryDescriptionDocument = {
    schema: "genscope/query-description/v1",
    name: query.name,
    operation: { method: query.method, path: query.path },
    ...describeQuery(query),
  };
  await present(io, options, document, viewDescription);
}

function viewDescription(description: QueryDescriptionDocument): readonly Block[] {
  const { dimensions, filterMetrics, metrics, groupings } = description;
  const isGrouped = (name: string) => (groupings.includes(name) ? "yes" : "");
  const lists: readonly (readonly [title: string, names: readonly string[]])[] = [
    ["Metrics (--metric)", metrics],
    ["Metrics in filters (--filter 'metric>n')", filterMetrics],
  ];
  return [
    {
      kind: "text",
      text: `${description.name}: ${description.operation.method} ${description.operation.path}`,
    },
    ...(dimensions.length === 0
      ? [{ kind: "text" as const, text: "it takes no filters and no metrics" }]
      : [
          {
            kind: "table" as const,
            columns: [
              { name: "Dimension", isKey: true },
              { name: "Group by", isKey: true },
              { name: "Values", isKey: true },
            ],
            rows: dimensions.map(({ name, values, names }) => [
              name,
              isGrouped(name),
              values?.join(" ") ?? (names === null ? "" : `ids or names of ${names}`),
            ]),
          },
        ]),
    ...lists.flatMap(([title, names]) =>
      names.length === 0 ? [] : [{ kind: "text" as const, text: `${title}: ${names.join(" ")}` }],
    ),
  ];
}
