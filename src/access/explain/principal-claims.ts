import type { Evidence, Layer, Verdict } from "../verdict.ts";
import { anyOf } from "../words.ts";
import type { Claim, Finding, OperationName } from "./finding.ts";
import { uniqueClaims } from "./interpret.ts";

/** What the diagnosis predicts for the token at hand. */
export interface Predictions {
  /** For a person: `OAuth client "Reporting service"`. */
  readonly holder: string;
  /** Null when the operation is not in the catalogue. */
  operation(operation: OperationName, divisionId: string | null): Verdict | null;
  permission(permission: string, divisionId: string | null): Verdict;
}

/** Layers at which what a token holds decides; at all others there is nothing to compare. */
const DECIDED_BY_TOKEN: ReadonlySet<Layer> = new Set<Layer>([
  "token",
  "ip",
  "scope",
  "context",
  "permission",
  "division",
  "condition",
  "policy",
  "product",
  "unknown",
]);
const MOST_PERMISSIONS = 20;

/** Whether a token could say more about a finding. */
export function isDecidedByToken({ layer, operation, missing, status }: Finding): boolean {
  const isRefusal = status === null || status === 400 || status === 401 || status === 403;
  return isRefusal && DECIDED_BY_TOKEN.has(layer) && (operation !== null || missing.permissions.length > 0);
}

/**
 * The finding held against what the token at hand holds: each permission the message names, and the operation as a whole.
 * Where the service does not say which layer refused, elimination by the prediction does. The token may be another one
 * than that of the paste, so a disagreement is told, not resolved.
 */
export function checkAgainstPrincipal(finding: Finding, predictions: Predictions): Finding {
  if (!isDecidedByToken(finding)) return finding;
  const divisionId = finding.missing.divisions.length === 1 ? (finding.missing.divisions[0] ?? null) : null;
  const predicted = finding.operation === null ? null : predictions.operation(finding.operation, divisionId);
  const permissions = finding.missing.permissions.slice(0, MOST_PERMISSIONS).map((permission) => ({
    permission,
    verdict: predictions.permission(permission, divisionId),
  }));
  const claims = [
    ...permissions.map(({ permission, verdict }) => judgePermission(permission, verdict, predictions.holder)),
    ...judgeScopes(finding, predicted, predictions.holder),
    ...(finding.operation === null || predicted === null
      ? []
      : [judgeOperation(finding.operation, predicted, predictions.holder)]),
  ];
  const decisive =
    predicted ??
    permissions.find(({ verdict }) => verdict.verdict !== "allowed")?.verdict ??
    permissions[0]?.verdict ??
    null;
  return {
    ...eliminate(finding, predicted),
    claims: uniqueClaims([...finding.claims, ...claims]),
    remedies: chooseRemedies(finding, decisive),
  };
}

function judgePermission(permission: string, verdict: Verdict, holder: string): Claim {
  const evidence = tell(verdict.evidence);
  const text = `${holder} lacks \`${permission}\``;
  const source = "what the token at hand holds";
  switch (verdict.verdict) {
    case "allowed":
      return { text, verdict: "false", truth: evidence ?? "it is held", source };
    case "denied":
      return { text, verdict: verdict.layer === "division" ? "misleading" : "true", truth: evidence, source };
    case "conditional":
      return {
        text,
        verdict: "misleading",
        truth: evidence ?? "it is held, but not everywhere or not unconditionally",
        source,
      };
    case "unknown":
      return { text, verdict: "unknown", truth: evidence, source };
  }
}

function judgeScopes(
  { missing, layer }: Finding,
  predicted: Verdict | null,
  holder: string,
): readonly Claim[] {
  if (layer !== "scope" || missing.scopes.length === 0 || predicted === null) return [];
  const evidence = predicted.evidence.filter(({ kind }) => kind === "scope" || kind === "unreadable");
  const isLacking = predicted.missing.scopes.some((scope) => missing.scopes.includes(scope));
  return [
    {
      text: `${holder} lacks scope ${anyOf(missing.scopes)}`,
      verdict: isLacking
        ? predicted.verdict === "denied"
          ? "true"
          : "unknown"
        : predicted.verdict === "unknown"
          ? "unknown"
          : "false",
      truth: tell(evidence),
      source: "what the token at hand holds",
    },
  ];
}

function judgeOperation(operation: OperationName, predicted: Verdict, holder: string): Claim {
  const text = `${holder} is refused \`${operation.method} ${operation.path}\``;
  const source = "prediction from what the token at hand holds";
  switch (predicted.verdict) {
    case "denied":
      return { text, verdict: "true", truth: `at layer ${predicted.layer}`, source };
    case "allowed":
      return {
        text,
        verdict: "false",
        truth:
          "this token passes every layer: the refused call used another token, or what it holds has changed since",
        source,
      };
    case "conditional":
    case "unknown":
      return {
        text,
        verdict: "unknown",
        truth: `it depends, at layer ${predicted.layer}: ${tell(predicted.evidence) ?? predicted.verdict}`,
        source,
      };
  }
}

/** What speaks for a verdict in one line; requirements are already among the claims. */
function tell(evidence: readonly Evidence[]): string | null {
  const telling = evidence
    .filter(({ kind }) => kind !== "requirement" && kind !== "call")
    .map(({ summary }) => summary);
  return telling.length === 0 ? null : telling.slice(0, 3).join("; ");
}

/** A generic refusal gets the layer that is left when everything the token passes is ruled out. */
function eliminate(finding: Finding, predicted: Verdict | null): Finding {
  if (finding.layer !== "unknown" || predicted === null || predicted.verdict !== "denied") return finding;
  return {
    ...finding,
    layer: predicted.layer,
    summary: `${finding.summary}; by elimination it is layer ${predicted.layer}`,
  };
}

/** Exact remedies replace the usual ones; what concerns host or path stays first. */
function chooseRemedies(finding: Finding, decisive: Verdict | null): Finding["remedies"] {
  if (decisive === null) return finding.remedies;
  const kept = finding.remedies.filter(({ kind }) => kind === "use-host" || kind === "use-operation");
  if (decisive.verdict === "allowed") {
    return [
      ...kept,
      {
        kind: "wait",
        summary: "role changes take up to a minute to reach every token: retry, then with a new token",
      },
      {
        kind: "ask-support",
        summary: `compare the token of the refused call with this one; else quote the correlation id${finding.correlationId === null ? "" : ` \`${finding.correlationId}\``} to support`,
      },
    ];
  }
  return decisive.remedies.length === 0 ? finding.remedies : [...kept, ...decisive.remedies];
}
