import type { Layer, Remedy, Verdict } from "../../verdict/verdict.ts";
import type { Finding } from "../finding.ts";

/** The result of checking your own token. */
export interface TokenOutcome {
  /** The verdict on the refused call or its permission; null when the paste names neither. */
  readonly decisive: Verdict | null;
  /** Remedies when the service refuses your token itself; null when it accepts the token. */
  readonly refused: readonly Remedy[] | null;
  /** Whether your token may belong to the region of the refused call. */
  readonly isSameRegion: boolean;
}

/** Layers where the sent token itself causes the refusal, so that a verdict on a different token does not help. */
const OF_THE_SENT_TOKEN: ReadonlySet<Layer> = new Set(["token", "ip", "scope", "context"]);

/**
 * Replaces the general remedies of a finding with those that follow from your token. Keeps remedies for a wrong
 * host or path, and lists them first.
 */
export function chooseRemedies(finding: Finding, outcome: TokenOutcome): readonly Remedy[] {
  const { decisive, refused } = outcome;
  if (decisive === null) {
    return finding.layer === "token" ? (refused ?? fixesOfSentToken(finding, outcome)) : finding.remedies;
  }
  const isOfToken =
    OF_THE_SENT_TOKEN.has(finding.layer) || (finding.layer === "unknown" && finding.status === 401);
  if (isOfToken && decisive.layer !== finding.layer && refused === null) {
    return [...fixesOfSentToken(finding, outcome), ...nextRefusal(finding, decisive)];
  }
  const kept = finding.remedies.filter(({ kind }) => kind === "use-host" || kind === "use-operation");
  if (decisive.verdict === "allowed") {
    return [
      ...kept,
      {
        kind: "wait",
        summary: "role changes take effect within a minute: retry, then retry with a new token",
      },
      {
        kind: "ask-support",
        summary: `compare the token of the refused call with yours, or quote the correlation id${finding.correlationId === null ? "" : ` \`${finding.correlationId}\``} to Genesys support`,
      },
    ];
  }
  return decisive.remedies.length === 0 ? finding.remedies : [...kept, ...decisive.remedies];
}

/**
 * Returns the remedies for the token that was sent. If the service refused that token but accepts yours, suggests
 * sending your token first.
 */
function fixesOfSentToken(finding: Finding, { isSameRegion }: TokenOutcome): readonly Remedy[] {
  const isReplaceable =
    finding.status === 401 && finding.remedies.some(({ kind }) => kind === "log-in-again");
  if (!isReplaceable || !isSameRegion) return finding.remedies;
  return [
    {
      kind: "log-in-again",
      summary: "send your current token instead: the service accepts it",
      command: "genscope token --header",
    },
    ...finding.remedies,
  ];
}

/** Points out that your token would be refused as well, at a different layer. */
function nextRefusal({ operation, topics }: Finding, { verdict, layer }: Verdict): readonly Remedy[] {
  if (verdict !== "denied" || operation === null) return [];
  const names = topics.length > 0 ? topics : [`${operation.method} ${operation.path}`];
  return [
    {
      kind: "check-live",
      summary: `then see what else your token lacks: it is refused at layer ${layer}`,
      command: `genscope check-scopes ${names.map((name) => `"${name}"`).join(" ")}`,
    },
  ];
}
