import type { Operation } from "../catalogue/facts/operation.ts";

/** The requested operation, with the path parameters in order. */
export interface Match {
  readonly operation: Operation;
  readonly parameters: readonly string[];
}

/**
 * The result of routing: the operation, `not-found`, or the allowed methods when the path has only operations with
 * other methods.
 */
export type Routing = Match | "not-found" | { readonly allowed: readonly string[] };

export interface Router {
  route(method: string, path: string): Routing;
}

interface Node {
  readonly words: Map<string, Node>;
  parameter: Node | null;
  readonly operations: Map<string, Operation>;
}

/**
 * Returns a router that finds operations by method and actual path. A literal segment in the definition always takes
 * precedence over a parameter. Any other segment counts as the value of a parameter, so a wrong path can reach a
 * neighboring operation, as on the platform.
 */
export function createRouter(operations: readonly Operation[]): Router {
  const root = createNode();
  for (const operation of operations) {
    let node = root;
    for (const segment of operation.path.split("/").slice(1)) node = childFor(node, segment);
    node.operations.set(operation.method, operation);
  }
  return {
    route(method, path) {
      const segments = path.split("/").slice(1).map(decode);
      const allowed = new Set<string>();
      return (
        search(root, segments, 0, [], method, allowed) ??
        (allowed.size > 0 ? { allowed: [...allowed] } : "not-found")
      );
    },
  };
}

function search(
  node: Node,
  segments: readonly string[],
  depth: number,
  parameters: readonly string[],
  method: string,
  allowed: Set<string>,
): Match | null {
  const segment = segments[depth];
  if (segment === undefined) {
    const operation = node.operations.get(method);
    if (operation !== undefined) return { operation, parameters };
    for (const other of node.operations.keys()) allowed.add(other);
    return null;
  }
  const word = node.words.get(segment);
  const byWord = word === undefined ? null : search(word, segments, depth + 1, parameters, method, allowed);
  if (byWord !== null || node.parameter === null || segment === "") return byWord;
  return search(node.parameter, segments, depth + 1, [...parameters, segment], method, allowed);
}

function childFor(node: Node, segment: string): Node {
  if (segment.startsWith("{")) {
    node.parameter ??= createNode();
    return node.parameter;
  }
  const existing = node.words.get(segment);
  if (existing !== undefined) return existing;
  const created = createNode();
  node.words.set(segment, created);
  return created;
}

function createNode(): Node {
  return { words: new Map(), parameter: null, operations: new Map() };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
