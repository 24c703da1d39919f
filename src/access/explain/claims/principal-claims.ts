import { LAYERS } from "../../layers.ts";
import { isOneEnough } from "../../verdict/named-permissions.ts";
import type { Remedy, Verdict } from "../../verdict/verdict.ts";
import { allOf, anyOf } from "../../verdict/wording.ts";
import { type Claim, type Finding, type NamedOperation, uniqueClaims } from "../finding.ts";
import { chooseRemedies } from "./principal-remedies.ts";
import { concernsToken, judgeRegion, judgeToken, type TokenAddress } from "./token-claims.ts";

/** Verdicts on what your token can do, used to check the claims in a paste. */
export interface Predictions {
  /** Description of the token's owner: `OAuth client "Reporting service"`. */
  readonly holder: string;
  readonly address: TokenAddress;
  /** Remedies when the service refuses your token itself; null when it accepts the token. */
  readonly refused: readonly Remedy[] | null;
  /** The verdict on an operation; null when the catalog does not contain it. */
  operation(operation: NamedOperation, divisionId: string | null): Verdict | null;
  /** The verdict on a notification topic; null for an unknown topic. */
  topic(topic: string, divisionId: string | null): Verdict | null;
  /** The verdict on several permissions, of which any or all are required. */
  permissions(mode: "ANY" | "ALL", permissions: readonly string[], divisionId: string | null): Verdict;
}

const MOST_PERMISSIONS = 20;

/**
 * Whether checking your token can add to a finding. The check confirms or refutes a refusal that names a call or
 * a permission. For any other refusal, it shows only whether the service accepts the token.
 */
export function isDecidedByToken(finding: Finding): boolean {
  const { layer, operation, missing, status } = finding;
  if (!LAYERS[layer].isDecidedByToken) return false;
  const isRefusal = concernsToken(finding) || status === null || status === 400;
  return concernsToken(finding) || (isRefusal && (operation !== null || missing.permissions.length > 0));
}

/**
 * Checks a finding against your token: each permission that the message names, and the operation as a whole.
 * When the response does not show the layer that refused, the verdict on your token suggests it. Your token may
 * differ from the one in the paste, so a contradiction is reported but not resolved.
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
 * Predicts the verdict on the refused call. For a subscription, returns one verdict per topic, because the call
 * itself needs no permission.
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

/**
 * Returns the worst of several verdicts, because one refused topic causes the whole subscription to be refused.
 */
function worstOf(verdicts: readonly Verdict[]): Verdict | null {
  const rank = ({ verdict }: Verdict) => WORST_FIRST.indexOf(verdict);
  return verdicts.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/**
 * Groups permissions by verdict, so that each verdict is stated once: permissions that no role grants, unknown
 * ones, and those that the organization's products do not include.
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
      return { text, verdict: "false", truth: evidence ?? "the token holds it", source };
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
  const text = `${holder} is not allowed to call \`${name}\``;
  const source = "prediction for your token";
  switch (predicted.verdict) {
    case "denied":
      return { text, verdict: "true", truth: `refused at layer ${predicted.layer}`, source };
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
        truth: `undecided at layer ${predicted.layer}: ${summarizeEvidence(predicted) ?? predicted.verdict}`,
        source,
      };
  }
}

/**
 * Summarizes the evidence for a verdict in one line: missing permissions and near misses for a refusal,
 * unreadable facts for an unknown verdict. Leaves out requirements, because they are separate claims.
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

/**
 * Assigns a refusal at an unknown layer to the layer that would also refuse your token, if that layer answers with the
 * same status: a 403 is never about an expired token, and a 401 never about a role.
 */
function eliminate(finding: Finding, predicted: Verdict | null): Finding {
  if (finding.layer !== "unknown" || predicted === null || predicted.verdict !== "denied") return finding;
  const isOfToken = predicted.layer === "token" || predicted.layer === "ip";
  if ((finding.status === 403 && isOfToken) || (finding.status === 401 && !isOfToken)) return finding;
  return {
    ...finding,
    layer: predicted.layer,
    summary: `${finding.summary}; by elimination, the layer is ${predicted.layer}`,
  };
}
