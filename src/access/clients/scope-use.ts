import type { OperationUse } from "./operation-use.ts";

/** The scopes of a client that users log in through, split by whether an observed call accepts them. */
export interface ScopeUse {
  readonly used: readonly string[];
  readonly notSeen: readonly string[];
}

/** Splits the scopes of a client; null when they have no effect or could not be read. */
export function scopeUseOf(
  client: { readonly grantType: string | null; readonly scopes: readonly string[] | null },
  uses: readonly OperationUse[],
): ScopeUse | null {
  if (client.grantType === "CLIENT-CREDENTIALS" || client.scopes === null) return null;
  const accepted = new Set(uses.flatMap(({ operation }) => operation?.scopes ?? []));
  return {
    used: client.scopes.filter((scope) => accepted.has(scope)),
    notSeen: client.scopes.filter((scope) => !accepted.has(scope)),
  };
}
