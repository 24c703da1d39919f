import type { LeastPrivilege } from "../least/least-privilege.ts";
import { remark } from "./remark.ts";

/**
 * Renders the scopes of the OAuth client, one per line. Lines that start with `#` name what is uncertain. Client
 * credentials need none of them.
 */
export function emitScopes(
  { scopes: { scopes, unknown, inferred } }: Pick<LeastPrivilege, "scopes">,
  notes: readonly string[] = [],
): string {
  const remarks = [
    ...unknown.map((operation) => `the scopes of ${operation} are unknown`),
    ...notes,
    ...inferred.map((operation) => `the scopes of ${operation} are inferred from related operations`),
  ].flatMap((text) => remark("#", text));
  return [...scopes, ...remarks].map((line) => `${line}\n`).join("");
}
