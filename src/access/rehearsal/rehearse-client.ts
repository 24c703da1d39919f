import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { Opening } from "../clients/openings.ts";
import type { OperationUse } from "../clients/operation-use.ts";
import { checkScope } from "../decide/check-token.ts";
import { leastScopes } from "../least/least-scopes.ts";
import type { RehearsalKind } from "./rehearsal-kind.ts";

/** What happens to a call after the change. `unknown`: the catalog does not contain the operation. */
export type Forecast = "breaks" | "may-break" | "passes" | "unknown";

/** The calls of a client to one operation, and what happens to them after the change. */
export interface RehearsedCall {
  readonly method: string;
  readonly path: string;
  /** Number of requests in the usage window, and how many of them succeeded. */
  readonly requests: number;
  readonly passed: number;
  readonly forecast: Forecast;
  /** Scopes, any one of which lets the call pass; null when scopes do not matter or are unknown. */
  readonly scopes: readonly string[] | null;
  /** The reason, one sentence without a final period. */
  readonly summary: string;
}

/** The effect of a change on one client. Without observed calls, it proves nothing. */
export interface ClientRehearsal {
  readonly kind: RehearsalKind;
  /**
   * `not-affected`: the change does not apply to this kind of client. `not-seen`: no call was observed.
   * `none-seen`: no observed call breaks. Any other value is the worst forecast among its logins and calls.
   */
  readonly outcome: "breaks" | "may-break" | "unknown" | "not-seen" | "none-seen" | "not-affected";
  /** The effect on the next login; null when there is no known effect. */
  readonly login: {
    readonly forecast: Extract<Forecast, "breaks" | "may-break">;
    readonly summary: string;
  } | null;
  /** Observed calls, breaking ones first; null when API usage could not be read. */
  readonly calls: readonly RehearsedCall[] | null;
  /** The fewest scopes that let every breaking call pass. */
  readonly scopesToAdd: readonly string[];
  /** Advice on what to do before the change, as sentences. */
  readonly notes: readonly string[];
}

export interface RehearsalQuestion {
  readonly principal: Principal;
  readonly uses: readonly OperationUse[] | null;
  readonly openings: readonly Opening[];
}

/** Forecasts the effect of a change on a client's logins and on its observed calls. */
export function rehearse(kind: RehearsalKind, question: RehearsalQuestion): ClientRehearsal {
  return kind === "pkce" ? rehearsePkce(question) : rehearseScopes(question);
}

const KEPT_SCOPES =
  "a token keeps the scopes that it was issued with, so a scope that is added now needs a new login; the scopes of the tokens in use are not published";

function rehearseScopes({ principal, uses }: RehearsalQuestion): ClientRehearsal {
  const kind = "scope-enforcement";
  const { tokenDoubts = [] } = principal;
  if (principal.kind === "client") {
    return notAffected(kind, uses, ["client-credentials tokens are not restricted by scopes"]);
  }
  const calls = uses?.map((use) => forecastScopes(principal, use)) ?? null;
  const [doubt] = tokenDoubts.filter(({ layer }) => layer === "scope");
  const login =
    doubt === undefined
      ? null
      : { forecast: "may-break" as const, summary: `${doubt.reason}; without the approval, logins may fail` };
  return {
    kind,
    outcome: outcomeOf(calls, login),
    login,
    calls: calls?.toSorted(worstFirst) ?? null,
    scopesToAdd: leastScopes(breaking(principal, uses ?? [])).scopes,
    notes: [KEPT_SCOPES],
  };
}

/**
 * Forecasts the calls to one operation once the organization enforces scopes. Simulates this with a token that is
 * restricted to its scopes.
 */
function forecastScopes(
  principal: Principal,
  { operation, method, path, requests, passed }: OperationUse,
): RehearsedCall {
  const call = { method, path, requests, passed };
  if (operation === null) return { ...call, forecast: "unknown", scopes: null, summary: UNLISTED };
  const result = checkScope({ ...principal, scopesBind: "yes" }, operation);
  const { verdict, evidence } = result;
  const forecast = verdict === "allowed" ? "passes" : verdict === "denied" ? "breaks" : "may-break";
  const summary = evidence.map((each) => each.summary).join("; ");
  return {
    ...call,
    forecast,
    scopes: operation.scopes,
    summary: summary === "" ? "it needs no scope" : summary,
  };
}

function breaking(principal: Principal, uses: readonly OperationUse[]): readonly Operation[] {
  return uses.flatMap((use) =>
    use.operation !== null && forecastScopes(principal, use).forecast === "breaks" ? [use.operation] : [],
  );
}

const UNLISTED = "no operation in the catalog has this path, so its scopes are unknown";

function rehearsePkce({ principal, uses }: RehearsalQuestion): ClientRehearsal {
  const kind = "pkce";
  const grant = principal.client?.grantType ?? null;
  if (grant === null) {
    return { kind, outcome: "unknown", login: null, calls: null, scopesToAdd: [], notes: [UNKNOWN_GRANT] };
  }
  if (grant !== "TOKEN") {
    return notAffected(kind, uses, grant === "CODE" ? [ALREADY_CODE] : whyNotRehearsed(grant));
  }
  const calls =
    uses?.map(({ operation, method, path, requests, passed }): RehearsedCall => {
      const call = { method, path, requests, passed, scopes: null };
      return operation === null
        ? { ...call, forecast: "unknown", summary: "no operation in the catalog has this path" }
        : {
            ...call,
            forecast: "passes",
            summary: "the token belongs to a user before and after the move, with the same roles",
          };
    }) ?? null;
  return {
    kind,
    outcome: "breaks",
    login: { forecast: "breaks", summary: LOGIN_BREAKS },
    calls: calls?.toSorted(worstFirst) ?? null,
    scopesToAdd: [],
    notes: PKCE_NOTES,
  };
}

const ALREADY_CODE =
  "it already has the authorization code grant; the platform does not record whether its app uses PKCE";

/**
 * Explains why a change does not affect a client that does not use the implicit grant. For a service, also describes
 * what moving it to PKCE would change.
 */
function whyNotRehearsed(grant: string): readonly [string, ...string[]] {
  if (grant !== "CLIENT-CREDENTIALS") return [`its grant is ${grant.toLowerCase()}, not implicit`];
  return [
    "a service has no user who could log in, so it keeps client credentials; only implicit clients must move",
    "after a move to PKCE, a person would log in in a browser, and again when no refresh token renews the token",
    "that user's roles would count instead of the client's, and the client's scopes might restrict them",
    "for a service that is refused, the fix is a role for its client: `genscope check-scopes OPERATION` names the role",
  ];
}

const UNKNOWN_GRANT = "its grant is not known";
const LOGIN_BREAKS =
  "every login of the unchanged app fails: `response_type=token` is refused (`unsupported_response_type`) once the client's grant is authorization code";
const PKCE_NOTES = [
  "the app must send `response_type=code` with an S256 challenge, and exchange the code at the token endpoint without a secret",
  "each redirect URI must be registered exactly as the app sends it",
  "it is unconfirmed whether PKCE returns a refresh token; if it returns none, a longer token duration for the client postpones the next login",
];

function notAffected(
  kind: RehearsalKind,
  uses: readonly OperationUse[] | null,
  notes: readonly [why: string, ...more: string[]],
): ClientRehearsal {
  const [summary] = notes;
  const calls =
    uses?.map(
      ({ method, path, requests, passed }): RehearsedCall => ({
        ...{ method, path, requests, passed, scopes: null },
        forecast: "passes",
        summary,
      }),
    ) ?? null;
  return { kind, outcome: "not-affected", login: null, calls, scopesToAdd: [], notes };
}

const WORST_FIRST: readonly Forecast[] = ["breaks", "may-break", "unknown", "passes"];

function worstFirst(a: RehearsedCall, b: RehearsedCall): number {
  return WORST_FIRST.indexOf(a.forecast) - WORST_FIRST.indexOf(b.forecast) || b.requests - a.requests;
}

/** Returns the worst forecast. Ignores calls that never pass today, because they cannot break. */
function outcomeOf(
  calls: readonly RehearsedCall[] | null,
  login: ClientRehearsal["login"],
): ClientRehearsal["outcome"] {
  if (calls === null) return "unknown";
  if (calls.length === 0 && login === null) return "not-seen";
  const passing = calls.filter(({ passed }) => passed > 0);
  const forecasts = [...passing.map(({ forecast }) => forecast), ...(login === null ? [] : [login.forecast])];
  const worst = WORST_FIRST.find((each) => forecasts.includes(each));
  return worst === undefined || worst === "passes" ? "none-seen" : worst;
}
