import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

/** Matches a finding about a failure. */
const FAIL = /^layer (?!none)[a-z-]+: (?!wrong|misleading|not certain)/m;

describe("finds no refusal in words that do not report one", () => {
  staysSilent("a refusal in prose", FAIL, [
    "Access denied is not what I see.",
    "Is it forbidden to share an OAuth client?",
    "Our policy: access denied by default.",
    "It is not allowed to share passwords.",
    "The request was denied by my manager.",
    "We are not throttled.",
    "Rate limiting is a topic for next week.",
    "The token has not expired.",
    "I was never denied access to recordings.",
    "The permissions are not missing permissions.",
    "If access is denied, call me.",
    "The invalid token test passed.",
    "No missing permissions were found.",
    "Nobody is denied access.",
  ]);
  staysSilent("a quoted refusal", FAIL, [
    'Does GET /api/v2/users return "access denied" for guests?',
    "If GET /api/v2/users returns forbidden we retry.",
    "GET /api/v2/users no longer shows access denied.",
  ]);
  staysSilent("a refused token", /^layer (?:credentials|token)/m, [
    "We never get invalid_grant. GET /api/v2/users works.",
    "What does invalid_client mean in general in OAuth? The docs list it.",
    "case 'invalid_grant': return login();",
    "If the token endpoint returns invalid_client, the secret is wrong (docs).",
    "The login failed with 401 until we rotated the secret; now it works.",
    "catch (e) { if (e.error === 'invalid_grant') logout(); }",
  ]);
  staysSilent("a network failure", /^layer network/m, [
    "There is no connection refused error. GET /api/v2/users returns 200.",
    "ECONNREFUSED is handled by our client. GET /api/v2/users 200 OK",
    "If the certificate has expired, the call fails. Ours is valid.",
    "We fixed the self-signed certificate problem. GET /api/v2/users returns 200.",
    "The proxy works: no ERR_PROXY.",
    "const RETRY = ['ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'];",
    "Does Genesys return ETIMEDOUT? I doubt it.",
  ]);
  staysSilent("a failed job", /ended in state|job that it started failed|job failed/, [
    "The export job 12 has status FULFILLED, never FAILED.",
    "If the job state is FAILED, submit it again.",
    "enum JobState { QUEUED, RUNNING, FAILED, CANCELLED, EXPIRED }",
    "The job status can be FAILED or EXPIRED according to the docs.",
  ]);
  staysSilent("a closed WebSocket", /was closed with/, [
    "The socket does not close with 1006.",
    "If the socket closes with code 1006, reconnect.",
  ]);
  staysSilent("an error body in documentation", FAIL, [
    'Our schema:\n{"properties":{"status":{"type":"integer","example":403},"code":{"type":"string","example":"missing.permissions"}}}',
    '{"retryPolicy":{"statusCodes":[429,503]},"status":"active"}',
  ]);
});
