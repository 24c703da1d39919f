import type { Caveat } from "../../catalogue/facts/caveat.ts";
import { type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import { type CaveatQuestion, isRequestWith } from "./caveat-question.ts";
import { caveatEvidence, mention } from "./caveat-result.ts";

/** Checks an operation that acts on the user of the token, which client credentials do not have. */
export function checkCurrentUser(caveat: Caveat, question: CaveatQuestion): LayerResult | null {
  const { principal, operation } = question;
  if (principal.kind === "user" || !isRequestWith(caveat, question)) return null;
  // The definition already refuses clients; the caveat adds its source.
  if (operation.grantRule !== null) return mention(caveat);
  const answered = principal.calls.find(
    ({ method, path }) => method === operation.method && path === operation.path,
  );
  if (answered?.status === 200) return pass("context");
  return { ...refuse("context", "unknown", [caveatEvidence(caveat)]), caveat };
}
