import { nearestNames } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";
import { pathSegment } from "../core/text.ts";
import type { NamedQuery } from "./named-query.ts";
import { namedQueries } from "./query-list.ts";

/** A recognized query, and the words after its name that fill the braces of its path. */
export interface NamedQueryChoice {
  readonly query: NamedQuery;
  readonly path: string;
}

/**
 * Returns the query that the words of the command line name, as one argument or several.
 * @throws UsageError `usage.unknown_query` with the closest names, `usage.preview` for a preview without
 * `--preview`
 */
export function chooseNamedQuery(words: readonly string[], allowsPreview: boolean): NamedQueryChoice {
  const given = words.flatMap((word) => word.trim().split(/\s+/)).filter((word) => word !== "");
  const all = namedQueries();
  const fitting = all.find(({ name, path }) => {
    const named = name.split(" ");
    const isNamed = named.every((word, index) => given[index]?.toLowerCase() === word);
    return isNamed && given.length === named.length + parametersOf(path).length;
  });
  if (fitting === undefined) throw unknownQuery(given, all);
  if (fitting.isPreview && !allowsPreview) {
    throw new UsageError(
      "usage.preview",
      `\`${fitting.name}\` is a preview query, which the platform may change or withdraw without notice`,
      { hint: `add --preview to use it: genscope query ${fitting.name} --preview` },
    );
  }
  const values = given.slice(fitting.name.split(" ").length);
  const path = parametersOf(fitting.path).reduce(
    (filled, parameter, index) => filled.replace(parameter, pathSegment(values[index] ?? "")),
    fitting.path,
  );
  return { query: fitting, path };
}

function parametersOf(path: string): readonly string[] {
  return path.match(/\{[^{}]+\}/g) ?? [];
}

function unknownQuery(given: readonly string[], all: readonly NamedQuery[]): UsageError {
  const text = given.join(" ").toLowerCase();
  const lacking = all.filter(({ name, path }) => text === name && parametersOf(path).length > 0)[0];
  if (lacking !== undefined) {
    const [parameter = ""] = parametersOf(lacking.path);
    return new UsageError("usage.unknown_query", `\`${lacking.name}\` needs an id`, {
      hint: `add the id after the name: genscope query ${lacking.name} ${parameter.slice(1, -1).toUpperCase()}`,
    });
  }
  const offered = nearestNames(
    text,
    all.map(({ name }) => name),
  );
  return new UsageError("usage.unknown_query", `\`${given.join(" ")}\` is not a query`, {
    hint:
      offered.length > 0
        ? `did you mean ${offered.map((name) => `\`${name}\``).join(" or ")}?`
        : "`genscope query --help` lists the names; any read operation can be named by method and path: genscope query GET /api/v2/routing/queues",
  });
}
