import type { LeastPrivilege } from "../least/least-privilege.ts";

/**
 * The scopes of the OAuth client, one a line. Lines that start with `#` say what is not certain; client
 * credentials have no use for any of it.
 */
export function emitScopes({ scopes: { scopes, unknown, inferred } }: LeastPrivilege): string {
  const remarks = [
    ...unknown.map((operation) => `# the scopes of ${operation} are not known`),
    ...inferred.map((operation) => `# the scopes of ${operation} are inferred from related operations`),
  ];
  return [...scopes, ...remarks].map((line) => `${line}\n`).join("");
}
