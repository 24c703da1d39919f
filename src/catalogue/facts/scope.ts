import { ownValue } from "../../core/own-value.ts";
import { readTable } from "./text/text-table.ts";

/** One OAuth scope of the platform. */
export interface Scope {
  readonly name: string;
  /**
   * Description written for genscope, based on the operations that the scope covers; null for a scope that only
   * the live definition names.
   */
  readonly description: string | null;
  /**
   * Status of the scope. `current`: operations list it. `removed-operations`: only removed operations listed it.
   * `definition-only`: it is a placeholder in the definition. `unconfirmed`: only third-party lists contain it.
   */
  readonly status: "current" | "removed-operations" | "definition-only" | "unconfirmed";
}

const STATUSES: Readonly<Record<string, Scope["status"]>> = {
  current: "current",
  "removed-operations": "removed-operations",
  "definition-only": "definition-only",
  unconfirmed: "unconfirmed",
};

/** Returns the row `name, status, description` of a scope table. */
export function encodeScope(scope: Scope): readonly string[] {
  return [scope.name, scope.status, scope.description ?? ""];
}

/** Returns the scopes in the text of a table, in the same order. */
export function readScopes(text: string): readonly Scope[] {
  return readTable(text, "genscope-scopes").rows.map(([name = "", status = "", description = ""]) => ({
    name,
    description: description === "" ? null : description,
    status: ownValue(STATUSES, status) ?? "unconfirmed",
  }));
}
