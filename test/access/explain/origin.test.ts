import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "./packaged-knowledge.ts";

/* The forum thread that genscope was made for, with each practice and claim as users paste it. */
describe("checks each claim in a forum thread", () => {
  test.each([
    [
      "a token request to the API host, in Go",
      `resp, err := client.R().SetFormData(form).Post("https://api.mypurecloud.com/oauth/token")`,
      ["false: the token endpoint is `https://api.mypurecloud.com/oauth/token`"],
    ],
    [
      "id and secret as form fields, in Go",
      `form := map[string]string{
	"grant_type":    "client_credentials",
	"client_id":     os.Getenv("CLIENT_ID"),
	"client_secret": os.Getenv("CLIENT_SECRET"),
}`,
      ["unknown: the client id and secret can be sent as form fields"],
    ],
    [
      "the path that never existed",
      `req, _ := http.NewRequest("POST", "https://api.mypurecloud.com/api/v2/analytics/conversations/queries", body)`,
      ["false: `POST /api/v2/analytics/conversations/queries` is an operation"],
    ],
    [
      "the name of a permission called a scope",
      "The service account lacks the scope `analytics:conversation:view`.",
      [
        "false: a client-credentials token gets its permissions from scopes",
        "misleading: `service account` is part of the product",
        "false: `analytics:conversation:view` is a scope",
      ],
    ],
    [
      "invented scopes",
      "Scopes analytics:query, conversation:read and user:read are granted in the admin portal.",
      [
        "false: `analytics:query` is a scope",
        "false: `conversation:read` is a scope",
        "false: `user:read` is a scope",
      ],
    ],
    [
      "client credentials for analytics",
      "Client credentials can't do user-specific analytics; the 403 is inherent.",
      [
        "true: the paste contains the error's text, but not the response body",
        "false: client credentials can't run analytics queries",
      ],
    ],
    [
      "a role that must be assigned by name",
      "Just give the client the Analytics Viewer role.",
      ["misleading: role `Analytics Viewer` is missing"],
    ],
    [
      "OpenID scopes",
      "Add openid and offline_access so that you get a refresh token.",
      ["false: scope `openid` is needed", "false: scope `offline_access` is needed"],
    ],
    [
      "the lifetime of an access token",
      "The access token expires in 3600 seconds anyway.",
      ["false: an access token lasts 3600 (seconds)"],
    ],
    [
      "Basic authentication for the code exchange",
      `req.SetBasicAuth(id, secret); form.Set("grant_type", "authorization_code")`,
      ["true: exchanging the authorization code requires HTTP Basic with the client id and secret"],
    ],
    [
      "a token refresh that blocks no call",
      "How do I refresh the token in a long-running gRPC service without blocking?",
      ["true: a long-running service can renew its token without blocking calls"],
    ],
    [
      "`traceparent` in a request body",
      "Put traceparent into the subscription payload body, the gateway strips the handshake headers.",
      ["unknown: `traceparent` belongs in the body of a subscription or request"],
    ],
    [
      "a user login as the solution",
      "Should we switch to authorization code with PKCE as an admin user?",
      ["misleading: switching to a user's login fixes a 403"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(claimsOf(explainText(text))).toEqual(expected);
  });
});

test("corrects an invented host, path and scope with those that exist", () => {
  const truths = explainText(
    'Post("https://api.mypurecloud.com/oauth/token"), then POST https://api.mypurecloud.com/api/v2/analytics/conversations/queries. It lacks the scope analytics:conversation:view; we added the scope analytics:query.',
  )
    .flatMap(({ claims }) => claims.map(({ truth }) => truth ?? ""))
    .join("\n");
  expect(truths).toContain("`https://login.mypurecloud.com/oauth/token`");
  expect(truths).toContain("`POST /api/v2/analytics/conversations/details/query`");
  expect(truths).toContain(
    "`analytics:conversationDetail:view` (or `analytics:agentConversationDetail:view`)",
  );
  expect(truths).toContain("`analytics` and `analytics:readonly`");
});

test("treats traceparent as a field of a request body", () => {
  const text = `curl -X POST https://api.mypurecloud.com/api/v2/notifications/channels -d '{"traceparent":"00-1-2-01"}'`;
  expect(claimsOf(explainText(text))).toEqual([
    "unknown: `traceparent` belongs in the body of a subscription or request",
  ]);
});
