import { ownValue } from "../../core/own-value.ts";
import { readTable } from "./text-table.ts";

/** One OAuth scope of the platform. */
export interface Scope {
  readonly name: string;
  /** In our words, from the operations it covers; null for a scope that only the live definition names. */
  readonly description: string | null;
  /**
   * `current`: operations ask for it. `removed-operations`: only removed ones did. `definition-only`: the
   * definition's placeholder. `unconfirmed`: seen in others' lists only.
   */
  readonly status: "current" | "removed-operations" | "definition-only" | "unconfirmed";
}

const STATUSES: Readonly<Record<string, Scope["status"]>> = {
  current: "current",
  "removed-operations": "removed-operations",
  "definition-only": "definition-only",
  unconfirmed: "unconfirmed",
};

/** The lines `name, status, description` of a scope file. */
export function encodeScope(scope: Scope): readonly string[] {
  return [scope.name, scope.status, scope.description ?? ""];
}

/** The scopes of a scope file's text, in the file's order. */
export function readScopes(text: string): readonly Scope[] {
  return readTable(text, "genscope-scopes").rows.map(([name = "", status = "", description = ""]) => ({
    name,
    description: description === "" ? null : description,
    status: ownValue(STATUSES, status) ?? "unconfirmed",
  }));
}
