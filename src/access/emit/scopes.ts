import type { LeastPrivilege } from "../least/least-privilege.ts";
import { remark } from "./remark.ts";

/**
 * Renders the scopes for the OAuth client, one per line. Lines that start with `#` describe what is uncertain.
 * Client credentials need no scopes.
 */
export function emitScopes(
  { scopes: { scopes, unknown, inferred } }: Pick<LeastPrivilege, "scopes">,
  notes: readonly string[] = [],
): string {
  const remarks = [
    ...unknown.map((operation) => `the scopes of ${operation} are unknown`),
    ...notes,
    ...inferred.map((operation) => `the scopes of ${operation} are inferred from related operations`),
  ];
  const text = scopes.length === 0 && remarks.length === 0 ? ["no operation names a scope"] : remarks;
  return [...scopes, ...text.flatMap((each) => remark("#", each))].map((line) => `${line}\n`).join("");
}
