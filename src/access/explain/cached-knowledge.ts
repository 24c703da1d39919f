import type { OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import type { NameClass } from "../../catalogue/lookup/permission-name.ts";
import type { ExplainKnowledge } from "./knowledge.ts";

const MOST_UNKNOWN_PATHS = 25;
const MOST_UNKNOWN_NAMES = 50;

/** Wraps the catalog lookups of one explanation so that each operation and each name is looked up only once. */
export function cacheKnowledge(knowledge: ExplainKnowledge): ExplainKnowledge {
  return {
    ...knowledge,
    findOperation: remember(knowledge.findOperation),
    classifyName: rememberNames(knowledge),
  };
}

/**
 * Caches the operation lookups of one explanation. Also limits how many unknown paths are looked up, because
 * each one searches the whole catalog for suggestions. Paths beyond the limit are reported as undecided, never
 * as unknown.
 */
function remember(find: ExplainKnowledge["findOperation"]): ExplainKnowledge["findOperation"] {
  const known = new Map<string, OperationLookup>();
  let unknownCount = 0;
  return (method, path) => {
    const key = `${method} ${path}`;
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    if (unknownCount >= MOST_UNKNOWN_PATHS) {
      return { kind: "ambiguous", candidates: [], reason: "not looked up" };
    }
    const lookup = find(method, path);
    if (lookup.kind === "unknown") unknownCount += 1;
    known.set(key, lookup);
    return lookup;
  };
}

/**
 * Caches the name lookups of one explanation. Suggests the closest names for a limited number of unknown names.
 */
function rememberNames({
  classifyName,
  isNameKnown,
}: Pick<ExplainKnowledge, "classifyName" | "isNameKnown">): ExplainKnowledge["classifyName"] {
  const known = new Map<string, NameClass>();
  let unknownCount = 0;
  return (name) => {
    const earlier = known.get(name);
    if (earlier !== undefined) return earlier;
    if (unknownCount >= MOST_UNKNOWN_NAMES && !isNameKnown(name)) return UNKNOWN_NAME;
    const found = classifyName(name);
    if (found.kind === "invented") unknownCount += 1;
    known.set(name, found);
    return found;
  };
}

const UNKNOWN_NAME: NameClass = {
  kind: "invented",
  correction: "the catalog does not contain this name",
  closestPermissions: [],
  closestScopes: [],
  isCertain: false,
};
