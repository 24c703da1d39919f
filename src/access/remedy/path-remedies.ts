import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { checkLive } from "./live-remedies.ts";
import type { RemedyQuestion } from "./question.ts";

/** Whether the path of a check is in doubt. If so, a grant might serve an operation that the caller did not mean. */
export function isPathInDoubt({ remedies }: { readonly remedies: readonly Remedy[] }): boolean {
  return remedies[0]?.["layer"] === "path";
}

/** Returns the remedies when a path contains a word where an id belongs. */
export function pathRemedies({ evidence }: LayerResult, question: RemedyQuestion): readonly Remedy[] {
  const words =
    question.operation?.path
      .replace("/api/v2/", "")
      .replace(/\/?\{[^}]*\}/g, "")
      .split("/") ?? [];
  const given = evidence.flatMap(({ word }) => (typeof word === "string" ? [word] : []));
  return [
    {
      kind: "use-operation",
      layer: "path",
      summary: "check the path first: a refusal can name the permission of a similar operation",
      command: `genscope catalog search ${[...words, ...given].join(" ")}`,
    },
    ...checkLive(question),
  ];
}
