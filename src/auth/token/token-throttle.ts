import { asRecord, asString, parseJson } from "../../core/json.ts";

/**
 * Whether a body is the token endpoint's way to say 429: status 400, `invalid_request`, and a description that
 * starts like this. There is no code for it, so the text has to be read.
 */
export function isTokenThrottle(body: string): boolean {
  const answer = asRecord(parseJson(body));
  return [answer["description"], answer["error_description"]].some(
    (text) => asString(text)?.toLowerCase().startsWith("rate limit exceeded") === true,
  );
}
