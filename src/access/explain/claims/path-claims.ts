import { describeAbsence, UPDATE_MAY_KNOW } from "../../../catalogue/lookup/absence.ts";
import { nameOf, type OperationLookup } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { anyOf } from "../../verdict/wording.ts";
import { SOURCES } from "./source.ts";
import type { RequestClaim } from "./wrong-claim.ts";

/** Checks a request's method and path against the catalogue; empty when they name an operation without doubt. */
export function findPathClaims(
  method: string | null,
  path: string,
  lookup: OperationLookup,
  catalogueDate: string,
): readonly RequestClaim[] {
  const shown = `${method === null ? "" : `${method} `}${path}`;
  switch (lookup.kind) {
    case "ambiguous":
      return [];
    case "found":
      return lookup.caution === null
        ? []
        : [
            {
              layer: "path",
              claim: {
                text: `the refusal is about \`${shown}\``,
                verdict: "misleading",
                truth: `the platform read it as \`${nameOf(lookup.operation)}\`: ${lookup.caution}; check the path before the permission`,
                source: SOURCES.reports,
              },
              remedy: {
                kind: "use-operation",
                summary: "check the path first: a refusal can name the permission of a similar operation",
              },
            },
          ];
    case "unknown": {
      const closest = lookup.closest.slice(0, 3).map(nameOf);
      const meant =
        closest.length === 0 ? "" : `${lookup.correction === null ? "" : "; "}closest: ${anyOf(closest)}`;
      return [
        {
          layer: "path",
          claim: {
            text: `\`${shown}\` is an operation`,
            verdict: lookup.isCertain ? "false" : "unknown",
            truth: lookup.isCertain
              ? `${lookup.correction ?? ""}${meant}`
              : `${describeAbsence({ date: catalogueDate })}; ${UPDATE_MAY_KNOW}${lookup.correction === null ? "" : `; ${lookup.correction}`}${closest.length === 0 ? "" : `; closest: ${anyOf(closest)}`}`,
            source: SOURCES.definition,
          },
          remedy: remedyFor(closest[0]),
        },
      ];
    }
  }
}

function remedyFor(name: string | undefined): Remedy {
  return name === undefined
    ? { kind: "use-operation", summary: "look up the operation", command: "genscope catalog search WORDS" }
    : {
        kind: "use-operation",
        summary: `call \`${name}\` if you meant that operation`,
        command: `genscope check-scopes "${name}"`,
      };
}
