import { isPlaceholder } from "../../catalogue/facts/path-tree.ts";
import type { PathArgument } from "../../catalogue/lookup/operation-lookup.ts";
import { withoutTrailingSlashes } from "../../core/text.ts";

/** The path and query values of a call, as given in its name. */
export interface RequestValues {
  /** Values of the path parameters, except those that the name leaves as placeholders. */
  readonly path: readonly PathArgument[];
  /** The query; null when the name has no query, because the real call may have any. */
  readonly query: URLSearchParams | null;
}

const NO_VALUES: RequestValues = { path: [], query: null };

/**
 * Reads the path and query values from the name of a call.
 * @param name the operation as the user typed it; a name without a path contains no values
 */
export function readRequestValues(template: string, name: string | null): RequestValues {
  // Most names in a policy are templates without values.
  if (name === null || (name.endsWith(template) && !name.includes("?"))) return NO_VALUES;
  const [, path = "", query] = /\/api\/v2\/([^\s?#]*)(?:\?([^\s#]*))?/.exec(name) ?? [];
  const given = withoutTrailingSlashes(path).split("/");
  const segments = template.replace(/^\/api\/v2\//, "").split("/");
  return {
    path:
      given.length === segments.length
        ? segments.flatMap((segment, index) => {
            const value = given[index] ?? "";
            return segment.startsWith("{") && !isPlaceholder(value)
              ? [{ name: segment.slice(1, -1), value: decode(value) }]
              : [];
          })
        : [],
    query: query === undefined ? null : new URLSearchParams(query),
  };
}

/** Returns the value of a path parameter; null when the name contains a placeholder for it. */
export function pathValue({ path }: RequestValues, name: string): string | null {
  return path.find((argument) => argument.name === name)?.value ?? null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
