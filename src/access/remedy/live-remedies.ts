import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import type { RemedyQuestion } from "./question.ts";

const MOST_PERMISSIONS = 5;

/** Suggests `--live` when a harmless call can settle the doubt. */
export function checkLive({
  isLivePossible,
  operation,
}: Pick<RemedyQuestion, "isLivePossible" | "operation">): readonly Remedy[] {
  if (!isLivePossible) return [];
  // Only the user knows the ids that belong in the path.
  const command =
    operation === null || operation.path.includes("{")
      ? {}
      : { command: `genscope check-scopes --live "${nameOf(operation)}"` };
  return [{ kind: "check-live", summary: "test it with a real call: `check-scopes --live`", ...command }];
}

/**
 * Suggests comparing what the call needs with what a token holds, when the response does not show which layer
 * refused.
 */
export function usualUnknownRemedies(refusal: RefusalFacts): readonly Remedy[] {
  return [...(refusal.status === 401 ? [NEW_TOKEN] : []), ...byElimination(refusal)];
}

const NEW_TOKEN: Remedy = {
  kind: "log-in-again",
  summary:
    "repeat the call with a new token, and check that the OAuth client is Active, that its secret is current and that the call goes to the organization's region",
  command: "genscope whoami",
};

function byElimination(refusal: RefusalFacts): readonly Remedy[] {
  const isNamed = [refusal.operation ?? [], refusal.topics, refusal.named.permissions].flat().length > 0;
  return [
    {
      kind: "check-live",
      summary: `find the layer by elimination: compare what the token holds with what ${isNamed ? "the operation needs" : "the refused call needs; name the call by its method and path"}`,
      command: checkCommand(refusal),
    },
  ];
}

/**
 * Returns the `check-scopes` command for a refused call, its topics or its permissions. If none of these is
 * known, the command contains a placeholder for the call.
 */
export function checkCommand({
  operation,
  topics,
  named: { permissions },
}: Pick<RefusalFacts, "operation" | "topics" | "named">): string {
  if (topics.length > 0) {
    return `genscope check-scopes ${topics
      .slice(0, MOST_PERMISSIONS)
      .map((topic) => `"${topic}"`)
      .join(" ")}`;
  }
  if (operation !== null) return `genscope check-scopes "${nameOf(operation)}"`;
  const flags = permissions.slice(0, MOST_PERMISSIONS).map((permission) => `--permission ${permission}`);
  return `genscope check-scopes ${flags.length === 0 ? "OPERATION" : flags.join(" ")}`;
}
