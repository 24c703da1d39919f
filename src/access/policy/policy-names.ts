import type { Catalogue } from "../../catalogue/catalogue.ts";
import { requireFound, requirePermission } from "../../catalogue/lookup.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { nameOf } from "../../catalogue/operation-lookup.ts";
import { UsageError } from "../../core/errors.ts";
import type { PolicyOperation, PolicyPermission } from "./policy.ts";

/** What a line may name. */
export type Noun = "operation" | "permission";

/** What a name means; text: why it means nothing, with what it may have meant. */
export type NamedThing =
  | Pick<PolicyOperation, "kind" | "operation" | "name" | "caution">
  | Pick<PolicyPermission, "kind" | "permission">
  | string;

/**
 * Looks names up, each of them once. Finding out what an unknown one may have meant takes tens of milliseconds:
 * after `mostUnknown` of them the rest is not looked at, and the answer is null.
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

/** The operation whose very name it is: most lines of a policy, and a hundredth of the time of any other name. */
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
