import type { Operation } from "../../catalogue/facts/operation.ts";
import { describeNeed, type Need, type SingleNeed, singleNeeds } from "../least/need.ts";

/** The needs that decide whether users or an OAuth client must log in. */
export interface LoginKind {
  /** Needs that client credentials cannot satisfy. */
  readonly ofUsers: readonly string[];
  /** Needs that a user's token cannot satisfy. */
  readonly ofClients: readonly string[];
}

/**
 * Finds the needs that only a user or only a client can satisfy. Leaves out a need with an alternative for the other
 * kind of login.
 */
export function loginKindOf(needs: readonly Need[]): LoginKind {
  const named = (isRefused: (operation: Operation) => boolean) => [
    ...new Set(
      needs
        .filter((need) => singleNeeds(need).every((single) => concerns(single, isRefused)))
        .map(describeNeed),
    ),
  ];
  return { ofUsers: named(refusesClients), ofClients: named(refusesUsers) };
}

/** Whether an operation refuses client credentials, according to the API definition or a reviewed caveat. */
function refusesClients({ grantRule, caveats }: Operation): boolean {
  return (
    grantRule === "not-client-credentials" ||
    caveats.some(({ effect, condition }) => effect === "client-refused" && condition === null)
  );
}

function refusesUsers({ grantRule }: Operation): boolean {
  return grantRule === "client-credentials-only";
}

function concerns(need: SingleNeed, isRefused: (operation: Operation) => boolean): boolean {
  return need.kind === "operation" && isRefused(need.operation);
}
