import { asNumber, asString, type JsonRecord } from "../../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";

/** Error codes of the token endpoint and the login page (RFC 6749 sections 4.1.2.1 and 5.2). */
const TOKEN_ERRORS: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "invalid_scope",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type",
  "access_denied",
  "server_error",
  "temporarily_unavailable",
]);

/** Whether a word is an error code of the token endpoint or the login page. */
export function isTokenError(word: string): boolean {
  return TOKEN_ERRORS.has(word);
}

/**
 * Parses an OAuth error, `{error, description, error_description}`. Null for any other record. An error code
 * that OAuth does not define counts as an API error, because other APIs use the same fields.
 */
export function readTokenError(record: JsonRecord): Failure | null {
  const error = asString(record["error"]);
  const description = asString(record["error_description"]) ?? asString(record["description"]);
  if (error === null || !(isTokenError(error) || asString(record["error_description"]) !== null)) return null;
  return {
    ...NO_FAILURE_DETAILS,
    form: isTokenError(error) ? "token-endpoint" : "api",
    status: asNumber(record["status"]) ?? asNumber(record["statusCode"]),
    code: error,
    message: description,
  };
}
