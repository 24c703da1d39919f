import type { OperationUse } from "../clients/operation-use.ts";
import { type ClientRehearsal, type RehearsalQuestion, rehearse } from "./rehearse-client.ts";

/** The effect of a change on one user of a client, based on the observed calls made with that user's tokens. */
export interface UserRehearsal extends Pick<ClientRehearsal, "outcome" | "scopesToAdd"> {
  readonly id: string;
  /** Null when API usage contains only the user's id. */
  readonly name: string | null;
  /** Number of requests in the usage window. */
  readonly requests: number;
  /** Observed calls, breaking ones first. */
  readonly calls: NonNullable<ClientRehearsal["calls"]>;
}

/** The observed users of a client. Users without observed calls may have tokens too. */
export interface RehearsedUsers {
  /** Users whose calls break come first. */
  readonly users: readonly UserRehearsal[];
  /** Number of requests that API usage attributes to no user. */
  readonly unnamedRequests: number;
  /** Whether users are missing, because the service truncated the response. */
  readonly isCut: boolean;
}

/** The calls of one user, as counted by API usage. */
export interface UserUse {
  /** Null for requests that name no user. */
  readonly id: string | null;
  readonly name: string | null;
  readonly uses: readonly OperationUse[];
}

/**
 * Forecasts the effect of a change on each user of a client. Uses the scopes of the client, because a user's token
 * has at most those.
 */
export function rehearseUsers(
  kind: ClientRehearsal["kind"],
  question: Omit<RehearsalQuestion, "uses">,
  { users, isCut }: { readonly users: readonly UserUse[]; readonly isCut: boolean },
): RehearsedUsers {
  const rehearsed = users.flatMap(({ id, name, uses }): UserRehearsal | readonly [] => {
    if (id === null) return [];
    const { outcome, scopesToAdd, calls } = rehearse(kind, { ...question, uses });
    return { id, name, outcome, scopesToAdd, requests: requestsOf(uses), calls: calls ?? [] };
  });
  return {
    users: rehearsed.toSorted(worstFirst),
    unnamedRequests: users.reduce((sum, { id, uses }) => sum + (id === null ? requestsOf(uses) : 0), 0),
    isCut,
  };
}

function requestsOf(uses: readonly OperationUse[]): number {
  return uses.reduce((sum, { requests }) => sum + requests, 0);
}

const WORST_FIRST: readonly UserRehearsal["outcome"][] = ["breaks", "may-break", "unknown"];

function worstFirst(a: UserRehearsal, b: UserRehearsal): number {
  const rank = ({ outcome }: UserRehearsal) => WORST_FIRST.indexOf(outcome) >>> 0;
  return rank(a) - rank(b) || b.requests - a.requests;
}
