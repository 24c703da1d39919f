import { stringify } from "yaml";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";

/**
 * Writes a policy file for one service that needs these operations, each once and sorted by path. `parsePolicy` reads
 * the result.
 */
export function writePolicy(service: string, operations: readonly Operation[]): string {
  const names = [...new Set(operations.map(nameOf))].toSorted(
    (a, b) => pathOf(a).localeCompare(pathOf(b)) || a.localeCompare(b),
  );
  return stringify({ version: 1, services: { [service]: { operations: names } } });
}

function pathOf(name: string): string {
  return name.slice(name.indexOf(" ") + 1);
}
