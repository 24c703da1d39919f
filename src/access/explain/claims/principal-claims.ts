import { LAYERS } from "../../layers.ts";
import { isOneEnough } from "../../verdict/named-permissions.ts";
import type { Remedy, Verdict } from "../../verdict/verdict.ts";
import { allOf, anyOf } from "../../verdict/wording.ts";
import { type Claim, type Finding, type NamedOperation, uniqueClaims } from "../finding.ts";
import { chooseRemedies } from "./principal-remedies.ts";
import { concernsToken, judgeRegion, judgeToken, type TokenAddress } from "./token-claims.ts";

/** The diagnosis of the reader's token, which claims are compared with. */
export interface Predictions {
  /** Name of the token's owner: `OAuth client "Reporting service"`. */
  readonly holder: string;
  readonly address: TokenAddress;
  /** Remedies when the service refuses the token itself; null when it accepts the token. */
  readonly refused: readonly Remedy[] | null;
  /** Null when the operation is not in the catalog. */
  operation(operation: NamedOperation, divisionId: string | null): Verdict | null;
  /** Null for an unknown topic. */
  topic(topic: string, divisionId: string | null): Verdict | null;
  /** The verdict on a group of permissions that are alternatives or are all required. */
  permissions(mode: "ANY" | "ALL", permissions: readonly string[], divisionId: string | null): Verdict;
}

const MOST_PERMISSIONS = 20;

/**
 * Whether reading the token adds to a finding. It confirms or refutes a refusal that names a call or a
 * permission; for any other refusal it shows whether the token itself is accepted.
 */
export function isDecidedByToken(finding: Finding): boolean {
  const { layer, operation, missing, status } = finding;
  if (!LAYERS[layer].isDecidedByToken) return false;
  const isRefusal = concernsToken(finding) || status === null || status === 400;
  return concernsToken(finding) || (isRefusal && (operation !== null || missing.permissions.length > 0));
}

/**
 * Compares a finding with your token: each permission that the message names, and the operation as a whole.
 * When the service does not name the layer that refused, the prediction finds it by elimination. Your token
 * may differ from that of the paste, so a disagreement is reported, not resolved.
 */
export function checkAgainstPrincipal(finding: Finding, predictions: Predictions): Finding {
  if (!isDecidedByToken(finding)) return finding;
  const divisionId = finding.missing.divisions.length === 1 ? (finding.missing.divisions[0] ?? null) : null;
  const calls = predictCalls(finding, predictions, divisionId);
  const predicted = worstOf(calls.map(({ verdict }) => verdict));
  const named = finding.missing.permissions.slice(0, MOST_PERMISSIONS);
  const claims = [
    ...groupAlike(named, predictions, divisionId).map(({ names, verdict }) =>
      judgePermissions(names, verdict, predictions.holder),
    ),
    ...judgeScopes(finding, predicted, predictions.holder),
    ...(predicted?.layer === "token" ? [] : judgeToken(finding, predictions.refused === null)),
    ...calls.map(({ name, verdict }) => judgeCall(name, verdict, predictions.holder)),
  ];
  const region = judgeRegion(finding, predictions.address);
  const decisive =
    predicted !== null || named.length === 0
      ? predicted
      : predictions.permissions(isOneEnough(finding) ? "ANY" : "ALL", named, divisionId);
  return {
    ...eliminate(finding, predicted),
    claims: uniqueClaims([...finding.claims, ...region, ...claims]),
    remedies: chooseRemedies(finding, {
      decisive,
      refused: predictions.refused,
      isSameRegion: region.length === 0,
    }),
  };
}

/**
 * Predicts the refused call. For a subscription the topics determine the verdict, because the call itself
 * needs no permission.
 */
function predictCalls(
  { operation, topics }: Finding,
  predictions: Predictions,
  divisionId: string | null,
): readonly { readonly name: string; readonly verdict: Verdict }[] {
  const calls =
    topics.length > 0
      ? topics.map((topic) => ({ name: topic, verdict: predictions.topic(topic, divisionId) }))
      : operation === null
        ? []
        : [
            {
              name: `${operation.method} ${operation.path}`,
              verdict: predictions.operation(operation, divisionId),
            },
          ];
  return calls.flatMap(({ name, verdict }) => (verdict === null ? [] : [{ name, verdict }]));
}

const WORST_FIRST: readonly Verdict["verdict"][] = ["denied", "unknown", "conditional", "allowed"];

/** One refused topic causes the whole subscription to be refused. */
function worstOf(verdicts: readonly Verdict[]): Verdict | null {
  const rank = ({ verdict }: Verdict) => WORST_FIRST.indexOf(verdict);
  return verdicts.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/**
 * Groups the permissions with the same verdict, so that each verdict is stated once: those that no role
 * holds, those that are unknown, and those that the organization does not own.
 */
function groupAlike(
  permissions: readonly string[],
  predictions: Predictions,
  divisionId: string | null,
): readonly { readonly names: readonly string[]; readonly verdict: Verdict }[] {
  const judge = (names: readonly string[]) => ({
    names,
    verdict: predictions.permissions("ALL", names, divisionId),
  });
  const single = permissions.map((permission) => judge([permission]));
  const keyOf = ({ names, verdict: { verdict, layer } }: (typeof single)[number]) =>
    (verdict === "denied" && layer !== "division") || verdict === "unknown"
      ? `${verdict} ${layer}`
      : names.join();
  return [...new Set(single.map(keyOf))].flatMap((key) => {
    const alike = single.filter((each) => keyOf(each) === key);
    return alike.length === 1 ? alike : judge(alike.flatMap(({ names }) => names));
  });
}

function judgePermissions(names: readonly string[], verdict: Verdict, holder: string): Claim {
  const evidence = summarizeEvidence(verdict);
  const text = `${holder} lacks ${allOf(names)}`;
  const source = "your token";
  switch (verdict.verdict) {
    case "allowed":
      return { text, verdict: "false", truth: evidence ?? "it is held", source };
    case "denied":
      return { text, verdict: verdict.layer === "division" ? "misleading" : "true", truth: evidence, source };
    case "conditional":
      return {
        text,
        verdict: "misleading",
        truth: evidence ?? "it is held, but only in some divisions or under a condition",
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
  const evidence = predicted.evidence.filter(({ kind }) => kind === "scope");
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
      truth: summarizeEvidence({
        ...predicted,
        layer: "scope",
        evidence: predicted.verdict === "unknown" ? predicted.evidence : evidence,
      }),
      source: "your token",
    },
  ];
}

function judgeCall(name: string, predicted: Verdict, holder: string): Claim {
  const text = `${holder} is refused \`${name}\``;
  const source = "prediction for your token";
  switch (predicted.verdict) {
    case "denied":
      return { text, verdict: "true", truth: `at layer ${predicted.layer}`, source };
    case "allowed":
      return {
        text,
        verdict: "false",
        truth:
          "your token passes every layer: the refused call used another token, or its roles have changed since",
        source,
      };
    case "conditional":
    case "unknown":
      return {
        text,
        verdict: "unknown",
        truth: `it depends, at layer ${predicted.layer}: ${summarizeEvidence(predicted) ?? predicted.verdict}`,
        source,
      };
  }
}

/**
 * Summarizes the evidence for a verdict in one line. A refusal is explained by missing permissions and near
 * misses, a doubt by unreadable facts. Requirements are omitted, because they are separate claims.
 */
function summarizeEvidence({ verdict, layer, evidence }: Verdict): string | null {
  const isDoubt = verdict === "unknown";
  const telling = evidence.filter(({ kind }) => {
    if (kind === "requirement" || kind === "call") return false;
    if (kind === "unreadable") return isDoubt;
    return kind !== "scope" || layer === "scope";
  });
  const first = telling.toSorted(
    (left, right) => Number(right.kind === "unreadable") - Number(left.kind === "unreadable"),
  );
  return first.length === 0
    ? null
    : first
        .slice(0, isDoubt ? 1 : 3)
        .map(({ summary }) => summary)
        .join("; ");
}

/** Assigns a generic refusal to the layer that remains in the prediction. */
function eliminate(finding: Finding, predicted: Verdict | null): Finding {
  if (finding.layer !== "unknown" || predicted === null || predicted.verdict !== "denied") return finding;
  return {
    ...finding,
    layer: predicted.layer,
    summary: `${finding.summary}; by elimination, the layer is ${predicted.layer}`,
  };
}
