import { allDatasets } from "../../analytics/datasets/datasets.ts";
import { INTERVAL_WORDS } from "../../analytics/interval.ts";
import type { NamedQuery } from "../../analytics/named-query.ts";
import { describeQuery } from "../../analytics/query-description.ts";
import { namedQueries } from "../../analytics/query-list.ts";
import { loadCatalogue } from "../../catalogue/facts/load-catalogue.ts";
import { impactOf } from "../../catalogue/facts/read-only.ts";
import { RECORDING_KINDS } from "../../export/media/kind.ts";
import { REGIONS } from "../../platform/region/region-list.ts";
import { REPORT_KINDS } from "../flags/report-option.ts";
import { HELP_TOPICS } from "../help-topics.ts";
import type { Root } from "../root.ts";
import type { Candidate, CommandTree, QueryWords } from "./command-tree.ts";
import { describeCommand } from "./describe-command.ts";

/**
 * Describes the whole program for completion. Only the build calls this, so that a completion loads neither the parser
 * nor the commands.
 */
export function describeProgram(
  root: Root,
  scenarios: readonly { readonly name: string; readonly description: string }[],
): CommandTree {
  const catalogue = loadCatalogue();
  const named = (name: string, description = ""): Candidate => ({ value: name, description });
  return {
    program: describeCommand(root, root.createHelp(), []),
    names: {
      scenario: scenarios.map(({ name, description }) => named(name, description)),
      dataset: allDatasets().map(({ name, summary }) => named(name, summary)),
      query: namedQueries().map(({ name, isPreview }) => named(name, isPreview ? "preview" : "")),
      region: REGIONS.map(({ id, domain, label }) => named(id ?? domain, label)),
      "kind=file": REPORT_KINDS.map((kind) => ({ ...named(kind), isPart: kind.endsWith("=") })),
      scope: Array.from(catalogue.scopes().values(), ({ name, description }) =>
        named(name, description ?? ""),
      ),
      interval: INTERVAL_WORDS.map((word) => named(word)),
      media: RECORDING_KINDS.map((kind) => named(kind)),
      topic: HELP_TOPICS.map(({ name, description }) => named(name, description)),
    },
    queryWords: Object.fromEntries(namedQueries().flatMap((query) => describedWords(query))),
    misleadingMethods: Array.from(catalogue.operations())
      .filter((operation) => (impactOf(operation) === "changes") === isRead(operation.method))
      .map(({ operationId }) => operationId),
  };
}

/** Returns the name of a query with the values that its flags accept; empty for a query without such flags. */
function describedWords(query: NamedQuery): readonly (readonly [string, QueryWords])[] {
  const { dimensions, metrics, groupings, filterMetrics } = describeQuery(query);
  if (dimensions.length === 0 && metrics.length === 0) return [];
  const values = dimensions.flatMap(({ name, values: all }) => (all === null ? [] : [[name, all] as const]));
  const words: QueryWords = {
    metric: metrics,
    dimension: groupings,
    filter: [...dimensions.map(({ name }) => name), ...filterMetrics],
    values: Object.fromEntries(values),
  };
  return [[query.name, words]];
}

/** Returns whether operations with this method only read, unless a review showed otherwise. */
function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
