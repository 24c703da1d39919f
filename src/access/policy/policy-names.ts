import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import { requireFound, requirePermission } from "../../catalogue/lookup/require-name.ts";
import { UsageError } from "../../core/errors.ts";
import type { PolicyOperation, PolicyPermission } from "./policy.ts";

/** What a name in a policy refers to. */
export type Noun = "operation" | "permission";

/** The operation or permission that a name refers to, or a message about the problem with the name. */
export type NamedThing =
  | Pick<PolicyOperation, "kind" | "operation" | "name" | "caution">
  | Pick<PolicyPermission, "kind" | "permission">
  | string;

/**
 * Returns a function that looks up names and caches the results. Each unknown name takes tens of milliseconds,
 * because genscope searches for similar names. After `mostUnknown` unknown names, every new lookup returns null.
 */
export function createNameLookup(
  catalogue: Catalogue,
  mostUnknown: number,
): (noun: Noun, name: string) => NamedThing | null {
  const known = new Map<string, NamedThing>();
  let unknownCount = 0;
  return (noun, name) => {
    const key = `${noun} ${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (unknownCount >= mostUnknown) return null;
    const operation = noun === "operation" ? findExactly(catalogue, name) : null;
    const thing: NamedThing =
      operation === null
        ? lookUp(catalogue, noun, name)
        : { kind: "operation", operation, name, caution: null };
    if (typeof thing === "string") unknownCount += 1;
    known.set(key, thing);
    return thing;
  };
}

/**
 * Finds an operation by its exact name. Most lines of a policy contain one, and any other lookup takes a hundred
 * times as long.
 */
function findExactly(catalogue: Catalogue, name: string): Operation | null {
  const [method = "", path = ""] = name.split(" ", 2);
  const operation = catalogue.find(method, path);
  return operation !== null && nameOf(operation) === name ? operation : null;
}

function lookUp(catalogue: Catalogue, noun: Noun, name: string): NamedThing {
  try {
    if (noun === "permission") return { kind: "permission", permission: requirePermission(catalogue, name) };
    const { operation, caution } = requireFound(catalogue, name);
    return { kind: "operation", operation, name, caution };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.hint === null ? error.message : `${error.message}; ${error.hint}`;
  }
}
