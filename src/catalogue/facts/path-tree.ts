/** Matches a placeholder segment in the notation of any language: `{id}`, `:id`, `${id}`, `<id>`, `%s`. */
const PLACEHOLDER = /^(?:\$?\{.*\}|:[A-Za-z_]\w*|<[^>]*>|\*|%[sdv])$/;

/** Returns whether a path segment is a placeholder and not a value or a word. */
export function isPlaceholder(segment: string): boolean {
  return PLACEHOLDER.test(segment);
}

/** A set of path shapes. A shape is a path with `{}` for each parameter. */
export interface PathTree {
  /** Returns whether any shape equals these segments or begins with them. */
  begins(segments: string): boolean;
  /** Returns whether a shape with exactly these segments exists. */
  contains(segments: string): boolean;
}

/**
 * Returns the shape in `tree` that matches a path's segments, or null. As on the platform, a literal segment
 * wins over a parameter in the same position (`users/me` is not `users/{}`). An empty segment matches nothing,
 * not even a parameter.
 */
export function matchShape(tree: PathTree, segments: readonly string[]): string | null {
  return descend(tree, segments, 0, "");
}

function descend(tree: PathTree, segments: readonly string[], depth: number, prefix: string): string | null {
  const segment = segments[depth];
  if (segment === undefined) return tree.contains(prefix) ? prefix : null;
  if (segment === "" || /\s/.test(segment)) return null;
  const choices = isPlaceholder(segment) ? ["{}"] : [segment, "{}"];
  for (const choice of choices) {
    const next = prefix === "" ? choice : `${prefix}/${choice}`;
    if (!tree.begins(next)) continue;
    const shape = descend(tree, segments, depth + 1, next);
    if (shape !== null) return shape;
  }
  return null;
}
