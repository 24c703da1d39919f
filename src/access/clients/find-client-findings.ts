import { plural } from "../../core/text.ts";
import type { ClientAssessment } from "./assess-client.ts";
import type { ClientFinding, ClientFindingKind } from "./client-finding.ts";
import { neverPasses } from "./operation-use.ts";

/** An assessment of a client without the findings, which are derived from it. */
export type AssessedFacts = Omit<ClientAssessment, "findings">;

/** A client counts as failing when at least this share of its requests is refused or fails. */
const FAILING_SHARE = 0.1;
const MOST_NAMED = 3;

/** Lists the findings about a client, most urgent first. */
export function findClientFindings(facts: AssessedFacts): readonly ClientFinding[] {
  const found = [
    ...expiring(facts),
    ...failing(facts),
    ...deprecatedGrant(facts),
    ...unused(facts),
    ...excess(facts),
  ];
  return found.map((finding) => ({ ...finding, id: `${finding.kind}:${facts.client.id}` }));
}

type Found = Omit<ClientFinding, "id">;

function finding(kind: ClientFindingKind, state: ClientFinding["state"], summary: string): readonly Found[] {
  return [{ kind, state, summary }];
}

function expiring({ breaks }: AssessedFacts): readonly Found[] {
  // The end of a grant type gets its own finding.
  const [first] = breaks.filter(({ kind }) => kind !== "grant");
  if (first === undefined) return [];
  if (first.kind === "deletion") {
    return finding("expiring", "found", `the platform deletes the client on ${first.date}`);
  }
  return finding("expiring", "not-seen", `${listed(first.operations)}: ${first.summary}`);
}

function failing({ uses, totals }: AssessedFacts): readonly Found[] {
  if (uses === null || totals === null) return finding("failing", "unknown", "API usage could not be read");
  const { failingShare, throttled } = totals;
  const limited = throttled < totals.requests * FAILING_SHARE ? [] : [describeThrottled(throttled)];
  const refused = uses.filter(neverPasses);
  const names = listed(refused.map(({ method, path }) => `${method} ${path}`));
  const isFailing = failingShare !== null && failingShare >= FAILING_SHARE;
  const reasons = [
    ...(refused.length > 0
      ? [`every call is refused: ${names}`]
      : isFailing
        ? [`${Math.round(failingShare * 100)} % of the calls fail`]
        : []),
    ...limited,
  ];
  return reasons.length === 0 || totals.requests === 0 ? [] : finding("failing", "found", reasons.join("; "));
}

function describeThrottled(count: number): string {
  return `${plural(count, "call")} exceeded the rate limit (429): send fewer requests, and wait as long as \`Retry-After\` specifies`;
}

function deprecatedGrant({ client, isGrantEnding }: AssessedFacts): readonly Found[] {
  if (!isGrantEnding) return [];
  const grant = client.grantType === "TOKEN" ? "implicit grant" : `grant ${client.grantType ?? ""}`;
  const summary = `the platform announced the end of the ${grant}`;
  return finding("deprecated-grant", "found", summary);
}

function unused({ totals, openings, window }: AssessedFacts): readonly Found[] {
  if (totals === null) return finding("unused", "unknown", "API usage could not be read");
  if (totals.requests > 0) return [];
  const period = `from ${window.firstDay} to ${window.lastDay}`;
  return openings.length === 0
    ? finding("unused", "found", `no calls ${period}, and the client can no longer make any`)
    : finding("unused", "not-seen", `not seen in use ${period}`);
}

function excess({ totals, permissions, scopes, openings }: AssessedFacts): readonly Found[] {
  if (totals === null) return finding("excess", "unknown", "API usage could not be read");
  // An unused client gets the finding `unused` instead.
  if (totals.requests === 0) return [];
  if (permissions === null && scopes === null) {
    return finding("excess", "unknown", "the client's permissions could not be read");
  }
  const state = openings.length === 0 ? "found" : "not-seen";
  const { notSeen = [], isComplete = true } = permissions ?? {};
  const unseen = [
    ...(notSeen.length === 0 ? [] : [plural(notSeen.length, "permission")]),
    ...((scopes?.notSeen.length ?? 0) === 0 ? [] : [plural(scopes?.notSeen.length ?? 0, "scope")]),
    ...(isComplete ? [] : ["the permissions behind wildcards, which could not be expanded"]),
  ];
  if (unseen.length === 0) return [];
  return finding("excess", state, `held, but not seen in use: ${unseen.join(" and ")}`);
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).join(", ");
  return names.length > MOST_NAMED ? `${named} and ${names.length - MOST_NAMED} more` : named;
}
