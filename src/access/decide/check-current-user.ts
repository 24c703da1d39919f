import type { Caveat } from "../../catalogue/facts/caveat.ts";
import { type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import { type CaveatQuestion, isRequestWith } from "./caveat-question.ts";
import { caveatEvidence, mention } from "./caveat-result.ts";

/** Checks a caveat about an operation on the token's own user, which a client-credentials token does not have. */
export function checkCurrentUser(caveat: Caveat, question: CaveatQuestion): LayerResult | null {
  const { principal, operation } = question;
  if (principal.kind === "user" || !isRequestWith(caveat, question)) return null;
  // The API definition already refuses client credentials; the caveat only adds a source.
  if (operation.grantRule !== null) return mention(caveat);
  const answered = principal.calls.find(
    ({ method, path }) => method === operation.method && path === operation.path,
  );
  if (answered?.status === 200) return pass("context");
  return { ...refuse("context", "unknown", [caveatEvidence(caveat)]), caveat };
}
