import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

/*
 * The thread that the tool exists for, paraphrased: question, answers, code and the last paste.
 */
const THREAD = `Our reporting microservice is written in Go (go-resty) and runs every night. It gets its token like this and receives a 200:

resp, err := client.R().SetFormData(map[string]string{
	"grant_type":    "client_credentials",
	"client_id":     os.Getenv("CLIENT_ID"),
	"client_secret": os.Getenv("CLIENT_SECRET"),
}).Post("https://api.mypurecloud.com/oauth/token")

Then POST https://api.mypurecloud.com/api/v2/analytics/conversations/queries answers 403 Forbidden.
Does the service account lack the scope analytics:conversation:view? Should we switch to authorization code with PKCE as an admin user?
And how does a long-running gRPC service refresh the token without blocking?

> The scopes analytics:query, conversation:read and user:read have to be granted in the admin portal.

> Client credentials can't do user-specific analytics, the 403 is inherent.

> Give the client the Analytics Viewer role.

> Add openid and offline_access, then you get a refresh token. The access token expires in 3600 seconds anyway.

> For the code exchange set grant_type to authorization_code and send Basic authentication with id and secret.

> Put traceparent into the subscription payload body, because the gateway strips the handshake headers:
`;
const LAST_PASTE = '{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}';

/** The replies in the thread, each with its verdict and the part of the explanation that must appear. */
const ANSWERS: readonly (readonly [string, string, RegExp])[] = [
  [
    "the token endpoint is `https://api.mypurecloud.com/oauth/token`",
    "false",
    /`https:\/\/login\.mypurecloud\.com\/oauth\/token`/,
  ],
  ["the client id and secret can be sent as form fields", "unknown", /HTTP Basic/],
  [
    "`POST /api/v2/analytics/conversations/queries` is an operation",
    "false",
    /`POST \/api\/v2\/analytics\/conversations\/details\/query`/,
  ],
  [
    "`analytics:conversation:view` is a scope",
    "false",
    /`analytics:conversationDetail:view` \(or `analytics:agentConversationDetail:view`\)/,
  ],
  ["`analytics:query` is a scope", "false", /`analytics` and `analytics:readonly`/],
  ["`conversation:read` is a scope", "false", /`conversations`/],
  ["`user:read` is a scope", "false", /`users`/],
  [
    "a client-credentials token gets its permissions from scopes",
    "false",
    /the OAuth client's roles and divisions determine access/,
  ],
  ["client credentials can't run analytics queries", "false", /400 `not\.a\.user`/],
  ["role `Analytics Viewer` is missing", "misleading", /any role that holds the permission suffices/],
  ["scope `openid` is needed", "false", /no such scope/],
  ["scope `offline_access` is needed", "false", /refresh tokens do not depend on a scope/],
  ["an access token lasts 3600 (seconds)", "false", /300 to 172,800 s, by default 86,400 s/],
  [
    "exchanging the authorization code requires HTTP Basic with the client id and secret",
    "true",
    /with PKCE, send `client_id` and `code_verifier` without HTTP Basic/,
  ],
  ["switching to a user's login fixes a 403", "misleading", /only changes whose roles are checked/],
  [
    "a long-running service can renew its token without blocking calls",
    "true",
    /`genscope token --watch FILE`/,
  ],
  [
    "`traceparent` belongs in the body of a subscription or request",
    "unknown",
    /no source supports it; correlate by `ININ-Correlation-Id`/,
  ],
];

describe("the claims in the forum thread that genscope was made for", () => {
  const claims = explainText(`${THREAD}${LAST_PASTE}\n`).flatMap((finding) => finding.claims);

  test.each(ANSWERS)("“%s” is judged %s", (text, verdict, truth) => {
    expect(claims.find((claim) => claim.text === text)).toMatchObject({
      verdict,
      truth: expect.stringMatching(truth),
    });
  });

  test("contain nothing that the thread does not mention", () => {
    const known = new Set([
      ...ANSWERS.map(([text]) => text),
      "`service account` is part of the product",
      "the paste contains the error's text, but not the response body",
    ]);
    expect(claims.map(({ text }) => text).filter((text) => !known.has(text))).toEqual([]);
  });
});

test.each([LAST_PASTE, `${LAST_PASTE}\n`, "  {'traceparent': '00-1-2-01'}", `-d '${LAST_PASTE}'`])(
  "a traceparent in a pasted request body leads to one claim: %s",
  (text) => {
    expect(explainText(text).flatMap(({ claims }) => claims)).toEqual([
      expect.objectContaining({
        text: "`traceparent` belongs in the body of a subscription or request",
        verdict: "unknown",
      }),
    ]);
  },
);

test("a traceparent in a header object leads to no finding", () => {
  expect(explainText('const headers = {"traceparent": "00-1-2-01"};')).toEqual([]);
});
