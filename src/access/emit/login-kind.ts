import type { Operation } from "../../catalogue/facts/operation.ts";
import { describeNeed, type Need, type SingleNeed, singleNeeds } from "../least/need.ts";

/** The kind of login that a list of needs requires, with the needs that decide it. */
export interface LoginKind {
  /** Needs that refuse client credentials. */
  readonly ofUsers: readonly string[];
  /** Needs that refuse tokens of users. */
  readonly ofClients: readonly string[];
}

/** Finds the needs that only a user or only a client can satisfy. One open alternative leaves the choice open. */
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

/** Whether an operation refuses client credentials, according to its definition or a reviewed statement. */
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
