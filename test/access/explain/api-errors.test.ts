import { describe, expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

const ID = "0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90";
const DIVISION = "7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b70";

/** Returns the usual envelope of the API on one line. */
function body(
  status: number,
  code: string,
  message: string,
  rest: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ message, code, status, contextId: ID, details: [], errors: [], ...rest });
}

const ANY =
  "Unable to perform the requested action. You must have at least one of the following permissions assigned:";
const ALL = "Unable to perform the requested action. You are missing the following permission(s):";
const PLAIN = "You are not authorized to perform the requested action.";

describe("explains the body of an API error", () => {
  test.each([
    [
      "one of two permissions is missing",
      body(
        403,
        "missing.any.permissions",
        `${ANY} [analytics:conversationDetail:view, analytics:agentConversationDetail:view]`,
      ),
      "permission 403 missing.any.permissions - | analytics:conversationDetail:view,analytics:agentConversationDetail:view | - | -",
    ],
    [
      "two permissions are missing",
      body(403, "missing.permissions", `${ALL} [directory:user:add, directory:user:edit]`),
      "permission 403 missing.permissions - | directory:user:add,directory:user:edit | - | -",
    ],
    [
      "the permission is named without brackets",
      body(403, "missing.permissions", `${ALL} routing:queue:add`),
      "permission 403 missing.permissions - | routing:queue:add | - | -",
    ],
    [
      "only the message parameters name the permission, as text",
      body(403, "missing.permissions", PLAIN, { messageParams: { permissions: "[routing:queue:edit]" } }),
      "permission 403 missing.permissions - | routing:queue:edit | - | -",
    ],
    [
      "only the message parameters name the permission, as an array",
      body(403, "missing.permissions", PLAIN, { messageParams: { permissions: ["routing:queue:edit"] } }),
      "permission 403 missing.permissions - | routing:queue:edit | - | -",
    ],
    [
      "the division is appended to the permission",
      body(403, "missing.permissions", `${ALL} [telephony:extensionPool:edit:${DIVISION}]`),
      `division 403 missing.permissions - | telephony:extensionPool:edit | - | ${DIVISION}`,
    ],
    [
      "the list of permissions is empty but a division is named",
      body(
        403,
        "missing.any.division.permissions",
        `${ANY} [] in at least one of the following division(s): [${DIVISION}]`,
      ),
      `division 403 missing.any.division.permissions - | - | - | ${DIVISION}`,
    ],
    [
      "permissions and divisions are named",
      body(
        403,
        "missing.any.division.permissions",
        `${ANY} [routing:queue:view] in at least one of the following division(s): [${DIVISION}]`,
      ),
      `division 403 missing.any.division.permissions - | routing:queue:view | - | ${DIVISION}`,
    ],
    [
      "one permission is missing in the provided divisions",
      body(
        403,
        "missing.division.permission",
        "Unable to perform the requested action. You are missing the following permission 'routing:queue:edit' in the provided division(s).",
      ),
      "division 403 missing.division.permission - | routing:queue:edit | - | -",
    ],
    [
      "one scope is missing",
      body(403, "app.not.authorized.for.scope", "App not authorized to use scope users:readonly"),
      "scope 403 app.not.authorized.for.scope - | - | users:readonly | -",
    ],
    [
      "one of two scopes is missing",
      body(
        403,
        "app.not.authorized.for.scope",
        "App not authorized to use scope [telephony:readonly, telephony]",
      ),
      "scope 403 app.not.authorized.for.scope - | - | telephony:readonly,telephony | -",
    ],
    [
      "an access policy denies the call",
      body(
        403,
        "authz.policy.denied",
        `Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [${DIVISION}]`,
      ),
      "policy 403 authz.policy.denied - | - | - | -",
    ],
    [
      "the IP address is not allowed",
      body(
        401,
        "ip.not.authorized",
        "Requests originating from this IP address are not authorized: [203.0.113.7]",
      ),
      "ip 401 ip.not.authorized - | - | - | -",
    ],
    [
      "the request has no token",
      body(
        401,
        "authentication.required",
        "No authentication bearer token specified in authorization header.",
      ),
      "token 401 authentication.required - | - | - | -",
    ],
    [
      "the token is invalid",
      body(401, "bad.credentials", "Invalid login credentials."),
      "token 401 bad.credentials - | - | - | -",
    ],
    [
      "the token has expired",
      body(401, "credentials.expired", "The supplied credentials are expired and cannot be used."),
      "token 401 credentials.expired - | - | - | -",
    ],
    [
      "the operation needs a user",
      body(
        400,
        "not.a.user",
        "This request requires a user context. Client credentials cannot be used for requests to this resource.",
      ),
      "context 400 not.a.user - | - | - | -",
    ],
    [
      "the operation needs a client",
      body(
        400,
        "not.a.client",
        "This request requires a non-user context. User token cannot be used for requests to this resource.",
      ),
      "context 400 not.a.client - | - | - | -",
    ],
    [
      "a feature is not enabled",
      body(403, "feature.forbidden", "This feature is not enabled for this organization."),
      "product 403 feature.forbidden - | - | - | -",
    ],
    [
      "a feature toggle is off",
      body(403, "feature.toggle.disabled", "Feature Toggle is not enabled for the organization."),
      "product 403 feature.toggle.disabled - | - | - | -",
    ],
    [
      "a product is not available",
      body(403, "integrations.forbidden", "This product is not available"),
      "product 403 integrations.forbidden - | - | - | -",
    ],
    [
      "permissions in a trusting organization are missing",
      body(403, "missing.trustor.permissions", "Missing required permission(s)"),
      "permission 403 missing.trustor.permissions - | - | - | -",
    ],
    [
      "a team is out of reach",
      body(403, "wfm.missing.team.permissions", "You must have access to the requested teams"),
      "condition 403 wfm.missing.team.permissions - | - | - | -",
    ],
    [
      "the division of a business unit is out of reach",
      body(
        403,
        "wfm.permission.failure",
        "The user is not authorized to make the request because they are not authorized for the division of the business unit nor for the requested management units",
      ),
      "division 403 wfm.permission.failure - | - | - | -",
    ],
    [
      "Architect reports a missing permission without naming it",
      body(403, "architect.missing.permission", PLAIN),
      "permission 403 architect.missing.permission - | - | - | -",
    ],
    [
      "a service names the permission in its own code",
      body(
        403,
        "recording.recording.view.permission.check.failed",
        "The recording:recording:view permission is required.",
      ),
      "permission 403 recording.recording.view.permission.check.failed - | recording:recording:view | - | -",
    ],
    [
      "the object belongs to another user",
      body(403, "not.job.owner", "Invalid User Operation. User does not have permission to access this job"),
      "request 403 not.job.owner - | - | - | -",
    ],
    [
      "the caller is not part of the conversation",
      body(403, "email.error.forbidden", "User is not part of an active communication on the conversation."),
      "request 403 email.error.forbidden - | - | - | -",
    ],
    [
      "the refusal is generic",
      body(403, "not.authorized", PLAIN),
      "unknown 403 not.authorized - | - | - | -",
    ],
    [
      "the code is not in the definition",
      body(403, "some.new.service.code", "No."),
      "unknown 403 some.new.service.code - | - | - | -",
    ],
    [
      "a malformed request is answered with 403",
      body(403, "bad.request", "The request is badly formed."),
      "request 403 bad.request - | - | - | -",
    ],
    [
      "a social network's permissions are missing",
      body(
        400,
        "missing.permissions",
        "The provided access token is missing Facebook permissions for this feature.",
      ),
      "request 400 missing.permissions - | - | - | -",
    ],
    [
      "a field named permission is missing",
      body(400, "missing.permission.param", "Missing required permission parameter"),
      "request 400 missing.permission.param - | - | - | -",
    ],
    [
      "a field named client scope is missing",
      body(400, "missing.client.scope", "Client scope is missing."),
      "request 400 missing.client.scope - | - | - | -",
    ],
    [
      "the object does not exist",
      body(404, "not found", "HTTP 404 Not Found"),
      "request 404 not found - | - | - | -",
    ],
    [
      "the request is too large",
      body(413, "request.entity.too.large", "The request is over the size limit. Maximum bytes: 3145728"),
      "request 413 request.entity.too.large - | - | - | -",
    ],
    [
      "the rate limit is reached, in the older wording",
      body(429, "too.many.requests", "Rate limit exceeded the maximum [300] requests within [60] seconds"),
      "rate-limit 429 too.many.requests - | - | - | -",
    ],
    [
      "the rate limit is reached, in the newer wording",
      body(
        429,
        "too.many.requests.retry.after",
        "Rate limit exceeded the maximum. Retry the request in [37] seconds",
      ),
      "rate-limit 429 too.many.requests.retry.after - | - | - | -",
    ],
    [
      "the authentication service is too slow",
      body(504, "authentication.request.timeout", "Authentication request timeout."),
      "service 504 authentication.request.timeout - | - | - | -",
    ],
    [
      "an outage has the code forbidden",
      body(503, "forbidden", "Forbidden from saving a share."),
      "service 503 forbidden - | - | - | -",
    ],
    [
      "the service has an internal error",
      body(
        500,
        "internal.server.error",
        "The server encountered an unexpected condition which prevented it from fulfilling the request.",
      ),
      "service 500 internal.server.error - | - | - | -",
    ],
    [
      "there is only a message about missing permissions",
      JSON.stringify({ message: `${ALL} [routing:queue:add]` }),
      "permission 403 missing.permissions - | routing:queue:add | - | -",
    ],
    [
      "there is only a message about a missing scope",
      JSON.stringify({ message: "App not authorized to use scope analytics:readonly" }),
      "scope 403 app.not.authorized.for.scope - | - | analytics:readonly | -",
    ],
    [
      "there is only a code",
      JSON.stringify({ code: "missing.any.permissions" }),
      "permission 403 missing.any.permissions - | - | - | -",
    ],
    [
      "there is only a message that many codes share",
      JSON.stringify({ message: PLAIN, status: 403 }),
      "unknown 403 - - | - | - | -",
    ],
    [
      "there is only a gateway's message",
      JSON.stringify({ message: "Forbidden", status: 403 }),
      "unknown 403 - - | - | - | -",
    ],
  ])("%s", (_name, text, expected) => {
    expect(explainText(text).map(brief)).toEqual([expected]);
  });
});

test("explains nested errors instead of their wrapper", () => {
  const text = JSON.stringify({
    message: "Bulk operation failed",
    code: "bulk.failed",
    status: 403,
    contextId: ID,
    errors: [
      {
        message: `${ALL} [routing:queue:edit]`,
        code: "missing.permissions",
        status: 403,
        contextId: "first-nested-id",
      },
      {
        message: "App not authorized to use scope routing",
        code: "app.not.authorized.for.scope",
        status: 403,
        contextId: "second-nested-id",
      },
    ],
  });
  expect(explainText(text).map(brief)).toEqual([
    "permission 403 missing.permissions - | routing:queue:edit | - | -",
    "scope 403 app.not.authorized.for.scope - | - | routing | -",
  ]);
});

test("reads the newer envelope with nested details", () => {
  const text = JSON.stringify({
    status: 403,
    errorCode: "missing.permissions",
    message: `${ALL} [admin:thing:view]`,
    correlationId: ID,
    details: "no access",
    nested: [],
  });
  const [finding] = explainText(text);
  expect(finding?.code).toBe("missing.permissions");
  expect(finding?.correlationId).toBe(ID);
});

test("explains several errors in one paste", () => {
  const text = `${body(401, "bad.credentials", "Invalid login credentials.", { contextId: "aaaa-1" })}\n${body(429, "too.many.requests", "Rate limit exceeded the maximum [300] requests within [60] seconds", { contextId: "bbbb-2" })}`;
  expect(explainText(text).map(({ layer, correlationId }) => [layer, correlationId])).toEqual([
    ["token", "aaaa-1"],
    ["rate-limit", "bbbb-2"],
  ]);
});

test("reads the time to wait from the message", () => {
  const [finding] = explainText(
    body(
      429,
      "too.many.requests.retry.after",
      "Rate limit exceeded the maximum. Retry the request in [37] seconds",
    ),
  );
  expect(finding?.retryAfterSeconds).toBe(37);
  expect(finding?.remedies[0]).toEqual({ kind: "wait", summary: "wait 37 s, then retry" });
});

test("names addresses and policies in the remedy", () => {
  const ip = explainText(
    body(
      401,
      "ip.not.authorized",
      "Requests originating from this IP address are not authorized: [203.0.113.7]",
    ),
  );
  expect(ip[0]?.remedies.map(({ summary }) => summary)).toEqual([
    "add `203.0.113.7` to the organization's allowed addresses, and to the OAuth client's own list if it has one",
  ]);
  const policy = explainText(
    body(
      403,
      "authz.policy.denied",
      "Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [p-1, p-2]",
    ),
  );
  expect(policy[0]?.remedies.map(({ summary }) => summary)).toEqual([
    "change access policy `p-1` and `p-2`: DENY wins over every role and scope",
  ]);
});

test("explains the same code differently for different statuses", () => {
  expect(
    claimsOf(
      explainText(
        body(
          400,
          "missing.permissions",
          "The provided access token is missing Facebook permissions for this feature.",
        ),
      ),
    ),
  ).toEqual(["false: `missing.permissions` means that a role lacks a permission"]);
  expect(claimsOf(explainText(body(503, "forbidden", "Forbidden from saving a share.")))).toEqual([
    "true: `forbidden` is not a refusal here",
  ]);
  expect(claimsOf(explainText(body(403, "internal.server.error", "No.")))).toEqual([
    "true: the API definition does not declare `internal.server.error` with status 403",
  ]);
});

test.each([
  ["of a user", "user context. Client credentials cannot be used.", "log-in-as-user"],
  ["of a client", "non-user context. User token cannot be used.", "log-in-as-client"],
])("asks for the token %s when only the message mentions it", (_name, ending, remedy) => {
  for (const status of [400, 403]) {
    const [finding] = explainText(body(status, "bad.request", `This request requires a ${ending}`));
    expect(finding?.layer).toBe("context");
    expect(finding?.remedies.map(({ kind }) => kind)).toEqual([remedy]);
  }
});

test("distinguishes the assignee's permissions from the caller's", () => {
  const [finding] = explainText(
    body(403, "assignee.missing.any.permissions", "Assignee does not have permissions assigned"),
  );
  expect(finding?.summary).toMatch(/\(the assigned person's roles, not the caller's\)$/);
});

test.each([
  [
    "POST /api/v2/architect/ivrs",
    "access.denied.to.field",
    "You are not authorized to view one or more of the referenced entities.",
  ],
  [
    "GET /api/v2/integrations/botconnector/12345678-1234-1234-1234-123456789012/bots",
    "bots.access.denied",
    "User doesn't have access to bot",
  ],
  [
    "POST /api/v2/learning/modules",
    "wem.informsteps.access.denied",
    "Cannot create Learning Module as the user has no access to inform steps",
  ],
])("%s, %s: does not blame the operation's own permission for a referenced object", (call, code, message) => {
  const [finding] = explainText(`${call} -> ${body(403, code, message)}`);
  expect(finding?.operation).not.toBeNull();
  expect(finding?.summary).toMatch(/do not hold the permission for an object that the request refers to$/);
  expect(finding?.remedies.map(({ summary }) => summary)).toEqual([
    "give the token's OAuth client or user a role that holds the permission for an object that the request refers to; role changes take effect within a minute",
  ]);
});
