import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";

/** Returns what helps against any refusal: a refusal without a fix leaves its reader alone. */
export function lastRemedies({ status, message, operation }: RefusalFacts): readonly Remedy[] {
  if (status === 409) {
    return [
      {
        kind: "none",
        summary:
          "look for an object with the same name or key: it can be in a division that the token does not read, or be created already; read it, or import it into the tool that manages it",
      },
    ];
  }
  if (message === null) {
    return [
      {
        kind: "ask-support",
        summary:
          "print the whole answer, with its body and correlation id, and paste it: it names the reason",
      },
    ];
  }
  return [
    {
      kind: "use-operation",
      summary: "change the part of the request that the message names",
      command:
        operation === null ? "genscope catalog search WORDS" : `genscope catalog show "${nameOf(operation)}"`,
    },
  ];
}
