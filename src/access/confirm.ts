import type { Call } from "../platform/principal.ts";
import { type Decision, weigh } from "./decide.ts";
import { layerOfRefusal } from "./layer-of-refusal.ts";
import { type LayerResult, refuse } from "./layer-result.ts";
import type { Evidence } from "./verdict.ts";

/**
 * The decision after the service itself was asked. A refusal always stands. A success settles the doubts
 * that do not depend on the object; one call can't speak for objects of other divisions, other conditions
 * or other attributes, so those stay. Anything else (404, 400, 429) says nothing.
 */
export function confirmDecision(decision: Decision, call: Call): Decision {
  const { status, code } = call;
  const evidence = (summary: string): readonly Evidence[] => {
    const answer = `${status ?? "nothing"}${code === null ? "" : ` \`${code}\``}`;
    return [
      ...decision.evidence,
      { kind: "call", summary: `live: ${call.method} ${call.path} answered ${answer}${summary}`, ...call },
    ];
  };
  if (status !== null && status >= 200 && status < 300) {
    const open = decision.objections.flatMap(openAfterSuccess);
    const comment =
      decision.objections.length === 0
        ? ", as predicted"
        : open.length === 0
          ? ": the service allows it"
          : "; that does not settle everything";
    return weigh(open, evidence(comment));
  }
  const layer = layerOfRefusal(status, code);
  const isRefusal = status === 401 || status === 403 || layer === "context";
  if (!isRefusal) return { ...decision, evidence: evidence("; that decides nothing") };
  if (decision.verdict === "denied") return { ...decision, evidence: evidence(", as predicted") };
  const refusing = refuse(layer, "denied", []);
  return weigh([refusing, ...decision.objections], evidence(": the service refuses what looked possible"));
}

/** What a successful call leaves of an objection. */
function openAfterSuccess(objection: LayerResult): readonly LayerResult[] {
  switch (objection.layer) {
    case "division":
    case "condition":
      return [objection];
    case "policy":
      // An unknown set of policies let this call pass; a known policy with a condition may refuse the next.
      return objection.evidence.some(({ kind }) => kind === "unreadable") ? [] : [objection];
    case "permission": {
      if (objection.evidence.some(({ kind }) => kind === "recent")) return [];
      const summary = "the permission is held, in which divisions is not known";
      return [refuse("division", "conditional", [{ kind: "note", summary }, ...objection.evidence])];
    }
    default:
      return [];
  }
}
