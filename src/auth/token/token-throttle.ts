import { asRecord, asString, parseJson } from "../../core/json.ts";

/**
 * Returns whether a body is the token endpoint's form of a 429: status 400, `invalid_request`, and a description that
 * begins as below. It has no code, so the message has to be matched.
 */
export function isTokenThrottle(body: string): boolean {
  const answer = asRecord(parseJson(body));
  return [answer["description"], answer["error_description"]].some(
    (text) => asString(text)?.toLowerCase().startsWith("rate limit exceeded") === true,
  );
}
