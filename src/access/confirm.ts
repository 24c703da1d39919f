import type { Call } from "../platform/reading/principal.ts";
import { type Decision, weigh } from "./decide/decide.ts";
import { layerOfRefusal } from "./refusal-layer.ts";
import { type LayerResult, refuse } from "./verdict/layer-result.ts";
import type { Evidence } from "./verdict/verdict.ts";

/**
 * Corrects a predicted verdict with the response to a real call. A refusal always counts. A success settles only
 * the doubts that do not depend on the object. Doubts about other divisions, conditions and attributes remain,
 * because one call proves nothing about other objects. Any other response (404, 400, 429) proves nothing.
 */
export function confirmDecision(decision: Decision, call: Call): Decision {
  const { status, code } = call;
  const evidence = (summary: string): readonly Evidence[] => {
    const answer = `${status ?? "nothing"}${code === null ? "" : ` \`${code}\``}`;
    return [
      ...decision.evidence,
      { kind: "call", summary: `live: ${call.method} ${call.path} returned ${answer}${summary}`, ...call },
    ];
  };
  if (status !== null && status >= 200 && status < 300) {
    const open = decision.objections.flatMap(openAfterSuccess);
    const comment =
      decision.objections.length === 0
        ? ", which agrees with this verdict"
        : open.length === 0
          ? ": the service allows it"
          : "; some doubts remain";
    return weigh(open, evidence(comment));
  }
  const layer = layerOfRefusal(status, code);
  const isRefusal = status === 401 || status === 403 || layer === "context";
  if (!isRefusal) return { ...decision, evidence: evidence("; this does not settle the verdict") };
  const isPredicted = decision.verdict === "denied" && (layer === decision.layer || layer === "unknown");
  if (isPredicted) return { ...decision, evidence: evidence(", which agrees with this verdict") };
  const comment =
    decision.verdict === "denied"
      ? `: refused, but at layer ${layer}, not ${decision.layer}`
      : ": the service refuses the call, although nothing that genscope could read forbids it";
  return weigh(
    [refuse(layer, "denied", [], { afterSuccess: "open" }), ...decision.objections],
    evidence(comment),
  );
}

/** Returns what remains of an objection after a successful call. */
function openAfterSuccess(objection: LayerResult): readonly LayerResult[] {
  switch (objection.afterSuccess) {
    case "settled":
      return [];
    case "open":
      return [objection];
    case "divisions-open": {
      const summary = "the permission is held, but it is unknown in which divisions";
      return [refuse("division", "conditional", [{ kind: "note", summary }], { afterSuccess: "open" })];
    }
  }
}
