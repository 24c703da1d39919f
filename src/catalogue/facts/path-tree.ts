import type { SortedLines } from "./text/sorted-lines.ts";

/**
 * Matches a segment that stands for an id in the notation of a language: `{id}`, `:id`, `${id}`, `<id>`,
 * `%s`.
 */
const PLACEHOLDER = /^(?:\$?\{.*\}|:[A-Za-z_]\w*|<[^>]*>|\*|%[sdv])$/;

/** Returns whether a path segment is a placeholder rather than a value or a word. */
export function isPlaceholder(segment: string): boolean {
  return PLACEHOLDER.test(segment);
}

/**
 * Returns the shape in `lines` that matches a path's segments, or null. As on the platform, a word of the
 * path wins over a parameter in the same place (`users/me` is not `users/{}`). An empty segment matches
 * nothing, not even a parameter.
 */
export function matchShape(lines: SortedLines, segments: readonly string[]): string | null {
  return descend(lines, segments, 0, "");
}

function descend(
  lines: SortedLines,
  segments: readonly string[],
  depth: number,
  prefix: string,
): string | null {
  const segment = segments[depth];
  if (segment === undefined) return lines.hasPrefix(`${prefix}\t`) ? prefix : null;
  if (segment === "" || /\s/.test(segment)) return null;
  const choices = isPlaceholder(segment) ? ["{}"] : [segment, "{}"];
  for (const choice of choices) {
    const next = prefix === "" ? choice : `${prefix}/${choice}`;
    if (!lines.hasPrefix(`${next}/`) && !lines.hasPrefix(`${next}\t`)) continue;
    const shape = descend(lines, segments, depth + 1, next);
    if (shape !== null) return shape;
  }
  return null;
}
