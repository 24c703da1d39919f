import { describe, expect, test } from "vitest";
import { MISCONCEPTIONS } from "../../../../src/access/explain/claims/misconceptions/misconceptions.ts";
import { claimsOf, explainText } from "../packaged-knowledge.ts";

/**
 * One text for each misconception, by the misconception's id. A test below fails when a misconception has no text.
 */
const TEXTS: Readonly<Record<string, readonly [text: string, claim: string]>> = {
  "identity-scopes": ["scope=openid profile", "false: scope `openid` is needed"],
  "scope-on-client-credentials": [
    "grant_type=client_credentials&scope=analytics",
    "false: a client-credentials token gets its permissions from scopes",
  ],
  "scope-of-client": [
    "It is a client credentials client. I added the scope analytics to it.",
    "false: a client-credentials token gets its permissions from scopes",
  ],
  "scopes-override": [
    "Scopes override permissions, so the role is only for the UI",
    "false: scopes replace permissions",
  ],
  "only-for-users": ["Is that endpoint only for users?", "unknown: only users may call the operation"],
  "token-of-a-region": [
    "Shouldn't tokens be region-wide?",
    "false: a token is valid in several organizations",
  ],
  "role-change-at-once": [
    "After adding the permission the call still failed for a minute",
    "false: a role change takes effect immediately",
  ],
  "client-credentials-no-analytics": [
    "client_credentials does not allow analytics",
    "false: client credentials can't run analytics queries",
  ],
  "permissions-of-users-only": [
    "These permissions only work with authorization code, not with client credentials",
    "false: this permission works only with a user's login, not with client credentials",
  ],
  "roles-of-the-tester": [
    "The data action answers with missing permissions, but I am an administrator",
    "false: the roles of the person who runs or tests a data action count for the call that it makes",
  ],
  "grant-type-of-the-client": [
    "Terraform stops with invalid_client. The client has the grant type Code Authorization.",
    "false: an OAuth client of grant type `Code Authorization` can log in with client credentials",
  ],
  "user-token-mends": ["Try switching to PKCE.", "misleading: switching to a user's login fixes a 403"],
  "user-token-asked": [
    "We use client credentials and get a 403. Do we need to use PKCE?",
    "misleading: switching to a user's login fixes a 403",
  ],
  "named-role": ["You need the Reporting Admin role", "misleading: role `Reporting Admin` is missing"],
  "roles-of-the-creator": [
    "I have the Master Admin role. Why does my client credentials token get 403?",
    "false: the roles of the person who created an OAuth client count for its client-credentials token",
  ],
  "token-lifetime": ["the token expires in 3600", "false: an access token lasts 3600 (seconds)"],
  "token-lifetime-in-words": ["the token is valid for one hour", "false: an access token lasts one hour"],
  "single-sign-on-of-clients": [
    "Since SSO is enforced our service account gets 401",
    "false: single sign-on applies to client credentials",
  ],
  "secret-in-browser": [
    "Should we put the secret in the front end?",
    "false: a client secret can be part of an app in the browser",
  ],
  "rival-product": [
    "POST /api/v2/contacts/dial of NICE CXone answers 403",
    "unknown: the call belongs to CXone",
  ],
  "decode-token": [
    "Paste it into jwt.io and look at the claims",
    "false: the access token can be decoded to see its scopes",
  ],
  "client-credentials-refresh": [
    "Use the refresh_token of the client credentials grant",
    "false: client credentials come with a refresh token or a long-lived token",
  ],
  "refresh-without-blocking": [
    "renew it without blocking",
    "true: a long-running service can renew its token without blocking calls",
  ],
  "traceparent-in-body": [
    "the body must hold the traceparent, or the payload does",
    "unknown: `traceparent` belongs in the body of a subscription or request",
  ],
  "rate-limit-headers": [
    "Read X-RateLimit-Remaining first",
    "false: header `X-RateLimit-Remaining` contains the rate limit",
  ],
  "rate-limit-numbers": ["The limit is 60 requests per minute", "false: the limit is 60 requests per minute"],
  "more-clients": [
    "We get 429 all the time. Would a second OAuth client help, or more OAuth clients?",
    "misleading: another OAuth client raises the rate limit",
  ],
  "rate-limit-per-token": [
    "Is the limit of 300 per minute per token or per client?",
    "misleading: the rate limit is per token",
  ],
  "only-429": ["429 is the only throttling answer", "false: throttling always returns 429"],
  "visitor-socket": [
    "new WebSocket('wss://api.mypurecloud.com/v2/webchat/guest/sessions')",
    "false: the API has a socket at `api.mypurecloud.com/v2/webchat/guest/sessions`",
  ],
  "api-socket": [
    "new WebSocket('wss://api.mypurecloud.com/api/v2/notifications')",
    "false: the API has a socket at `api.mypurecloud.com/api/v2/notifications`",
  ],
  "subscription-in-a-socket": [
    'ws.send(\'{"subscribedTopics":["a"]}\')',
    "false: a subscription is sent in the socket",
  ],
  "scope-explains-403": [
    "A 403 is almost always about a scope that the token lacks",
    "false: a 403 usually means a missing scope",
  ],
  "role-with-scopes": [
    "The role of the client is missing the scope for queues",
    "false: a role contains scopes",
  ],
  "role-for-the-ui": [
    "The role only affects the UI, the API looks at scopes",
    "false: roles only matter in the user interface",
  ],
  "limit-per-second": [
    "We stay below the limit of 20 requests per second",
    "unknown: the limit is 20 requests per second",
  ],
  "loopback-port": [
    "The redirect URI must match the exact port",
    "false: a loopback redirect must match the registered port",
  ],
  "foreign-menus": [
    "Go to Admin > Security > OAuth Clients",
    "misleading: `Admin > Security > OAuth Clients` is part of the product",
  ],
  "foreign-packages": [
    "npm install @genesys/cloud-sdk",
    "false: package `@genesys/cloud-sdk` is the official SDK",
  ],
  "foreign-errors": [
    '{"errorCode":"insufficient_scope"}',
    "false: `insufficient_scope` is an error from the platform",
  ],
};

test("each misconception has its own id", () => {
  const ids = MISCONCEPTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(MISCONCEPTIONS.map(({ id }) => id))("recognizes the misconception %s in a paste", (id) => {
  const [text = "", claim = ""] = TEXTS[id] ?? [];
  expect(claimsOf(explainText(text))).toContain(claim);
});

test.each(MISCONCEPTIONS)("the misconception $id has a correction and a source", ({ truth, source }) => {
  expect(truth.length).toBeGreaterThan(20);
  expect(source.length).toBeGreaterThan(10);
});

describe("finds no misconception in correct text", () => {
  test.each([
    ["the real lifetime in a token response", '{"access_token":"x","token_type":"bearer","expires_in":3600}'],
    ["real scopes", "The client has scopes analytics and analytics:readonly, users:readonly too."],
    [
      "times, images and ports, which look like names",
      "12:30:45 INFO app:worker:start listening on localhost:8080, image registry:5000",
    ],
    [
      "the platform's real hosts",
      "https://login.mypurecloud.de/oauth/token and https://api.mypurecloud.de/api/v2/users and https://apps.mypurecloud.de",
    ],
    [
      "addresses of web pages for people",
      "see https://developer.genesys.cloud/forum and https://help.mypurecloud.com/articles/scopes",
    ],
    ["headers that the platform uses", "inin-ratelimit-allowed: 300"],
  ])("%s", (_name, text) => {
    expect(explainText(text)).toEqual([]);
  });
});

describe("the roles of the person who created a client", () => {
  const CLAIM =
    "false: the roles of the person who created an OAuth client count for its client-credentials token";

  test.each([
    "It uses client_credentials, and I am an org admin.",
    "I have the Admin role. I created a client with grant type Client Credentials.",
    "My own user is a full administrator; the client credentials client is new.",
    "I'm the admin here! Why is the client credentials call refused?",
  ])("are reported as irrelevant to the client's token: %s", (text) =>
    expect(claimsOf(explainText(text))).toContain(CLAIM),
  );

  test.each([
    "I'm an admin and assigned the role to the OAuth client (client credentials).",
    "I am an admin. I log in with PKCE.",
    "Ask an admin to look at the client credentials client.",
  ])("are not mentioned for text that does not rely on them: %s", (text) =>
    expect(claimsOf(explainText(text))).not.toContain(CLAIM),
  );
});

describe("a listing with fewer objects than expected", () => {
  const CLAIM = "misleading: a listing with status 200 is complete";

  test.each([
    "GET /api/v2/routing/queues lists 12 queues, while we have 80. The role covers one division.",
    "The client only has the Home division. GET /api/v2/users returns 40 users, but the UI shows 900.",
    "It gives 3 flows instead of 25, is that because of divisions?",
  ])("is explained by divisions when the text suggests them: %s", (text) =>
    expect(claimsOf(explainText(text))).toContain(CLAIM),
  );

  test.each([
    "GET /api/v2/users returns 40 users, but the UI shows 900.",
    "The division has 3 queues. POST /api/v2/routing/queues returns 403.",
  ])("is not explained by divisions when nothing in the text suggests them: %s", (text) =>
    expect(claimsOf(explainText(text))).not.toContain(CLAIM),
  );
});

test("confirms a permission that exists, but not an invented one", () => {
  expect(claimsOf(explainText("It needs the permission analytics:conversationDetail:view"))).toEqual([
    "true: `analytics:conversationDetail:view` is a permission",
  ]);
  expect(claimsOf(explainText("It needs the permission analytics:conversationDetails:read"))).toEqual([
    "unknown: `analytics:conversationDetails:read` is a permission",
  ]);
  expect(claimsOf(explainText("It needs the permission analytics:readonly"))).toEqual([
    "false: `analytics:readonly` is a permission",
  ]);
});
