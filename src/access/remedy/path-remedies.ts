import type { Remedy } from "../verdict/verdict.ts";
import { checkLive } from "./live-remedies.ts";
import type { RemedyQuestion } from "./question.ts";

/** Returns the remedies when a path contains a word in the place of an id. */
export function pathRemedies(question: RemedyQuestion): readonly Remedy[] {
  const words =
    question.operation?.path
      .replace("/api/v2/", "")
      .replace(/\/?\{[^}]*\}/g, "")
      .split("/") ?? [];
  return [
    {
      kind: "use-operation",
      summary: "correct the path, or replace the word with the id",
      command: `genscope catalog search ${words.join(" ")}`,
    },
    ...checkLive(question),
  ];
}
