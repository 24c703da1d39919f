import { nameOf, type OperationLookup } from "../../../catalogue/operation-lookup.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { anyOf } from "../../verdict/wording.ts";
import { SOURCES } from "./source.ts";
import type { RequestClaim } from "./wrong-claim.ts";

/** What the catalogue says against a request's method and path; empty when it is an operation beyond doubt. */
export function findPathClaims(
  method: string | null,
  path: string,
  lookup: OperationLookup,
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
                text: `the refusal speaks of \`${shown}\``,
                verdict: "misleading",
                truth: `the platform read it as \`${nameOf(lookup.operation)}\`: ${lookup.caution}; check the path before the permission`,
                source: SOURCES.reports,
              },
              remedy: {
                kind: "use-operation",
                summary: "check the path first: a refusal can name a neighbouring operation's permission",
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
            verdict: "false",
            truth: `${lookup.correction ?? (closest.length === 0 ? "the catalogue does not know it" : "")}${meant}`,
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
    ? { kind: "use-operation", summary: "look the operation up", command: "genscope catalog search WORDS" }
    : {
        kind: "use-operation",
        summary: `call \`${name}\` if that is what is meant`,
        command: `genscope check-scopes "${name}"`,
      };
}
