import type { Catalogue } from "../../facts/catalogue.ts";
import { lookUpOperation } from "../../lookup/look-up-operation.ts";
import { lookUpPath } from "../../lookup/look-up-path.ts";
import type { OperationLookup } from "../../lookup/operation-lookup.ts";
import { lookUpScope, type ScopeLookup } from "../../lookup/scope-name.ts";
import type { OperationIndex } from "./operation-index.ts";
import { createTerraformCalls, type TerraformCalls } from "./terraform-calls.ts";

/** Maximum number of searches for suggestions. Each reads all operations and takes milliseconds. */
const MOST_SEARCHES = 100;
/** Maximum number of searches for the closest scopes. Each compares a name with all scopes, which takes 0.1 ms. */
const MOST_SCOPE_SEARCHES = 1_000;

/** The catalog, indexed for the thousands of lookups in a scan; created once per scan. */
export interface ScanIndex extends OperationIndex {
  readonly terraform: TerraformCalls;
  lookUp(path: string, method: string | null): OperationLookup;
  /** Looks up a method of an SDK, or the words of the official CLI. */
  lookUpName(name: string): OperationLookup;
  /** Looks up a scope. Returns null for a new name once too many names have turned out not to be scopes. */
  lookUpScope(name: string): ScopeLookup | null;
}

/** Creates the index for one scan, which caches every lookup. */
export function createScanIndex(operations: OperationIndex): ScanIndex {
  const { catalogue } = operations;
  const lookUps = new Map<string, OperationLookup>();
  // Further unknown paths get no suggestions, because a hundred are enough to correct in one go.
  const withoutSearch: Catalogue = { ...catalogue, operations: () => [] };
  let searchCount = 0;
  const scopes = new Map<string, ScopeLookup>();
  let scopeSearchCount = 0;
  const lookUpOnce = (key: string, find: (known: Catalogue) => OperationLookup): OperationLookup => {
    const known = lookUps.get(key);
    if (known !== undefined) return known;
    const found = find(searchCount < MOST_SEARCHES ? catalogue : withoutSearch);
    if (found.kind === "unknown") searchCount += 1;
    lookUps.set(key, found);
    return found;
  };
  return {
    ...operations,
    terraform: createTerraformCalls(catalogue),
    // Cached, because a mistaken path is compared with every path of the catalog and usually occurs many times.
    lookUp: (path, method) =>
      lookUpOnce(`${method ?? ""} ${path}`, (known) => lookUpPath(known, path, method)),
    lookUpName: (name) => lookUpOnce(`name ${name}`, (known) => lookUpOperation(known, name)),
    lookUpScope: (name) => {
      const earlier = scopes.get(name);
      if (earlier !== undefined) return earlier;
      if (scopeSearchCount >= MOST_SCOPE_SEARCHES) return null;
      const found = lookUpScope(catalogue, name);
      if (found.kind === "unknown") scopeSearchCount += 1;
      scopes.set(name, found);
      return found;
    },
  };
}
