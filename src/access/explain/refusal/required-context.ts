const SENTENCE =
  /^(?:Unable to perform the requested action\. )?(?:Th(?:is|e) (?:request|operation|resource|endpoint) )?requires an? (non-)?user context\b/i;

/**
 * Returns the kind of token that a response demands, or null when it demands none. Some services send the sentence
 * about the required context with a generic code instead of `not.a.user` or `not.a.client`.
 */
export function readRequiredContext(code: string | null, message: string | null): "user" | "client" | null {
  if (code === "not.a.user") return "user";
  if (code === "not.a.client") return "client";
  const sentence = SENTENCE.exec(message ?? "");
  if (sentence === null) return null;
  return sentence[1] === undefined ? "user" : "client";
}
