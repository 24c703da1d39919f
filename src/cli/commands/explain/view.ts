import {
  CLAIM_OPENINGS,
  type Claim,
  type ClaimVerdict,
  type Finding,
} from "../../../access/explain/finding.ts";
import type { Block, TreeNode } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import { viewRemedies } from "../check-scopes/views/remedies.ts";
import type { ExplainResult } from "./result.ts";

/**
 * Renders the explanation for a person: what happened, the layer that refused, the remedies, the claims, and
 * the ids to quote. The remedies are in the first lines, before the sources.
 */
export function viewExplain({ principal, findings }: ExplainResult, style: Style): readonly Block[] {
  return [
    ...(principal === null
      ? []
      : [{ kind: "text" as const, text: style.faint(`your token: ${principal.description}`) }]),
    { kind: "tree", nodes: findings.map((finding) => viewFinding(finding, style)) },
  ];
}

function viewFinding(finding: Finding, style: Style): TreeNode {
  return {
    text: style.strong(finding.summary),
    children: [
      {
        text: `layer: ${finding.layer}${finding.operation === null ? "" : style.faint(`  (${finding.operation.operationId})`)}`,
      },
      ...(finding.message === null
        ? []
        : [{ text: style.faint(`${speakerOf(finding)} said: ${finding.message}`) }]),
      ...viewRemedies(finding.remedies, style),
      ...finding.claims.map((claim) => viewClaim(claim, style)),
      ...(finding.correlationIds.length === 0
        ? []
        : [{ text: `correlation id for Genesys support: ${finding.correlationIds.join(" and ")}` }]),
    ],
  };
}

/** Returns who reported the failure: the service, or, without a response, the client that waited for one. */
function speakerOf({ layer, status, code }: Finding): string {
  const isUnanswered = status === null && code === null && (layer === "network" || layer === "host");
  return isUnanswered ? "the client" : "the service";
}

function viewClaim({ text, verdict, truth, source }: Claim, style: Style): TreeNode {
  const details = [...(truth === null ? [] : [truth]), style.faint(`source: ${source}`)];
  return {
    text: `${paint(verdict, style)(CLAIM_OPENINGS[verdict])}${text}`,
    children: details.map((detail) => ({ text: detail })),
  };
}

function paint(verdict: ClaimVerdict, style: Style): (text: string) => string {
  return verdict === "true" ? style.strong : verdict === "false" ? style.bad : style.doubt;
}
