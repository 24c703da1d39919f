import type { Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import { correlationIds, toLine, toName } from "./finding-parts.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { lookUpAnswered } from "./look-up-request.ts";
import type { Failure } from "./paste/failure.ts";
import { identifyRefusal } from "./refusal/refusal-identity.ts";
import { describeCall } from "./summary.ts";

const READ_AGAIN: Remedy = {
  kind: "wait",
  summary:
    "read a new object again after increasing waits: it can take seconds to minutes until every service can read it; in the meantime, use the response to the request that created it",
};

/** Maximum number of settled refusals to explain. A long log can have thousands. */
const MOST_SETTLED = 20;

/** Explains the first refusals whose requests succeeded later, and which therefore need no fix. */
export function explainAllSettled(
  settled: readonly Failure[],
  knowledge: ExplainKnowledge,
): readonly Finding[] {
  return settled.slice(0, MOST_SETTLED).map((one) => explainSettled(one, knowledge));
}

function explainSettled(failure: Failure, knowledge: ExplainKnowledge): Finding {
  const { status, code } = identifyRefusal(failure, knowledge);
  const lookup = lookUpAnswered(failure.request, status, knowledge, []);
  const operation = lookup?.kind === "found" ? lookup.operation : null;
  const ids = correlationIds(failure);
  return {
    ...NOTHING_REFUSED,
    layer: "none",
    status,
    code,
    operation: operation === null ? null : toName(operation),
    summary: `${describeCall(operation, failure.request)} returned ${status}${code === null ? "" : ` \`${code}\``}, and the same request succeeded later: ${status === 404 ? "the object did not exist yet; nothing was refused" : "nothing is left to fix"}`,
    request: toLine(failure.request),
    claims: [],
    remedies: status === 404 ? [READ_AGAIN] : [],
    correlationId: ids[0] ?? null,
    correlationIds: ids,
  };
}
