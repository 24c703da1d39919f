import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { NamedInMessage, RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Remedy } from "../verdict/verdict.ts";
import type { RemedyQuestion } from "./question.ts";

const MOST_PERMISSIONS = 5;

/** Offers `--live` where a harmless call can settle the doubt. */
export function checkLive({ isLivePossible }: Pick<RemedyQuestion, "isLivePossible">): readonly Remedy[] {
  return isLivePossible ? [{ kind: "check-live", summary: "ask the service itself: add `--live`" }] : [];
}

/** Offers the comparison with a token when the service does not say which layer refused. */
export function usualUnknownRemedies({ status, operation, named }: RefusalFacts): readonly Remedy[] {
  return [...(status === 401 ? [NEW_TOKEN] : []), ...byElimination(operation, named)];
}

const NEW_TOKEN: Remedy = {
  kind: "log-in-again",
  summary:
    "repeat the call with a new token, and check that the OAuth client is Active, its secret is current and its region is that of the organization",
  command: "genscope whoami",
};

function byElimination(operation: RefusalFacts["operation"], named: NamedInMessage): readonly Remedy[] {
  return [
    {
      kind: "check-live",
      summary: "find the layer by elimination: compare what the token holds with what the operation needs",
      command: checkCommand(operation, named),
    },
  ];
}

/** Returns the `check-scopes` command for a refused call, or `whoami` where nothing is named to check. */
export function checkCommand(operation: RefusalFacts["operation"], { permissions }: NamedInMessage): string {
  if (operation !== null) return `genscope check-scopes "${nameOf(operation)}"`;
  const flags = permissions.slice(0, MOST_PERMISSIONS).map((permission) => `--permission ${permission}`);
  return flags.length === 0 ? "genscope whoami" : `genscope check-scopes ${flags.join(" ")}`;
}
