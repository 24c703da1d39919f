import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const ID = "5a7d1c0e-2b3f-4c4d-8e5a-6f7081920a1b";

function body(status: number, code: string, message: string, rest: object = {}): string {
  return JSON.stringify({ message, code, status, contextId: ID, details: [], errors: [], ...rest });
}

function remediesOf(text: string): string {
  const [finding] = explainText(text);
  return (finding?.remedies ?? []).map(({ summary, command }) => `${summary} | ${command ?? "-"}`).join("\n");
}

const MISSING =
  "Unable to perform the requested action. You must have at least one of the following permissions assigned: [recording:crossPlatformRetentionPolicy:view]";
const DETAILS = "POST /api/v2/analytics/conversations/details/query\n";

describe("an error with a known code or message", () => {
  test.each<[string, string, RegExp]>([
    [
      "a permission",
      body(403, "missing.any.permissions", MISSING),
      /if the role editor does not list the permission, the organization lacks the product, license or beta/,
    ],
    [
      "a division",
      body(
        403,
        "missing.division.permission",
        "Unable to perform the requested action. You are missing the following permission 'routing:queue:edit' in the provided division(s).",
      ),
      /if the role editor does not list the permission/,
    ],
    [
      "a bad token",
      body(401, "bad.credentials", "Invalid login credentials."),
      /too many tokens for one client or user can invalidate the oldest/,
    ],
    [
      "an expired token",
      body(401, "credentials.expired", "The supplied credentials are expired and cannot be used."),
      /request one and share it/,
    ],
    [
      "no token",
      body(
        401,
        "authentication.required",
        "No authentication bearer token specified in authorization header.",
      ),
      /^(?![\s\S]*too many tokens)/,
    ],
    [
      "an interval that is too long",
      DETAILS +
        body(
          400,
          "bad.request",
          "You must specify a search interval as part of your query that does not exceed 7 days",
        ),
      /genscope query conversations details --interval START\/END --all/,
    ],
    [
      "an interval of user details that is too long",
      `POST /api/v2/analytics/users/details/query\n${body(400, "bad.request", "The interval may not exceed 31 days")}`,
      /genscope query users details --interval START\/END --all/,
    ],
    [
      "too many results",
      DETAILS +
        body(400, "bad.request", "Pagination may not exceed 100000 results. Tip: use smaller intervals"),
      /split the interval until each part has fewer results/,
    ],
    [
      "a page size that is too large",
      DETAILS + body(400, "bad.request", "The page size must not be greater than 100"),
      /send a smaller `pageSize`/,
    ],
    [
      "a response that is too large",
      DETAILS +
        body(
          400,
          "response.entity.too.large",
          "The response is over the size limit. Reduce pageSize or expand list to reduce response size if applicable",
        ),
      /smaller pages, fewer expansions or a shorter interval/,
    ],
    [
      "a request body that is too large",
      body(413, "request.entity.too.large", "The request is over the size limit. Maximum bytes: 512000"),
      /send the body in several requests/,
    ],
    ["a cursor", DETAILS + body(400, "bad.request", "Invalid cursor format"), /page by number/],
    [
      "a request body that is too large, reported without a code",
      "POST /api/v2/users/search answered 413",
      /in several smaller requests/,
    ],
    [
      "an unsupported content type",
      "POST /api/v2/users/search answered 415",
      /`Content-Type: application\/json`/,
    ],
    [
      "a proxy that requires a login",
      "CONNECT api.mypurecloud.com:443 HTTP/1.1\n\nHTTP/1.1 407 x",
      /`HTTPS_PROXY`/,
    ],
  ])("has a remedy that fits: %s", (_cause, text, expected) => {
    expect(remediesOf(text)).toMatch(expected);
  });

  test.each<[string, string, RegExp]>([
    [
      "an interval",
      DETAILS + body(400, "bad.request", "interval must not exceed 7 days"),
      /at most 7 days without a filter and 31 days with one/,
    ],
    [
      "the number of results",
      DETAILS + body(400, "bad.request", "Pagination may not exceed 100000 results."),
      /a detail query returns at most 100,000/,
    ],
    [
      "a cursor",
      DETAILS + body(400, "bad.request", "Invalid cursor format"),
      /detail queries page by `paging.pageNumber`/,
    ],
    [
      "a body",
      body(413, "request.entity.too.large", "The request is over the size limit. Maximum bytes: 512000"),
      /512,000 bytes/,
    ],
    [
      "the interval, without a number for an operation whose limit is unknown",
      `POST /api/v2/audits/query\n${body(400, "bad.request", "The interval must not exceed 30 days")}`,
      /the interval is too long$/,
    ],
  ])("has a summary that names the limit of %s", (_limit, text, expected) => {
    expect(explainText(text)[0]?.summary).toMatch(expected);
  });

  test.each<[string, number, RegExp]>([
    [
      "org.app.user.rate.per.minute",
      300,
      /the limit is 300 a minute per user and OAuth client together.*wait 9 s/,
    ],
    ["token.rate.per.minute", 300, /the limit is 300 a minute per token/],
    [
      "client.credentials.token.rate.per.minute",
      250,
      /the limit is 250 a minute per client-credentials token/,
    ],
    ["org.user.rate.per.minute", 3000, /the limit is 3000 a minute per user across all applications/],
    ["some.other.rate.per.minute", 7, /the limit is 7 a minute \(`some\.other\.rate\.per\.minute`\)/],
  ])(
    "has a summary that says whether a rate limit is per user, per token or per client: %s",
    (key, value, expected) => {
      const [finding] = explainText(
        body(
          429,
          "too.many.requests.retry.after",
          "Rate limit exceeded the maximum. Retry the request in [9] seconds",
          {
            limit: { key, namespace: "platform.api", value },
          },
        ),
      );
      expect(finding?.summary).toMatch(expected);
    },
  );
  test("may have its rate limit in the fields of a log line", () => {
    const [finding] = explainText(
      'main.go:9 status=429 url=https://api.mypurecloud.ie/api/v2/users limit="token.rate.per.minute" value=300 retryAfter=12s',
    );
    expect(finding?.summary).toMatch(/the limit is 300 a minute per token/);
    expect(finding?.retryAfterSeconds).toBe(12);
  });
});

describe("names what a known operation requires", () => {
  test.each<[string, string]>([
    [
      "GET /api/v2/routing/queues answered 403 Forbidden",
      "`GET /api/v2/routing/queues` needs permission `routing:queue:view`; a user's token needs scope `routing` or `routing:readonly`",
    ],
    [
      "POST https://api.mypurecloud.com/api/v2/outbound/campaigns\n403 Forbidden",
      "`POST /api/v2/outbound/campaigns` needs permission `outbound:campaign:add`; a user's token needs scope `outbound`",
    ],
    [
      "GET /api/v2/users/me answered 401 Unauthorized",
      "the API definition lists no permission for `GET /api/v2/users/me`; a user's token needs scope `user-basic-info` or `users`",
    ],
  ])("even when the paste contains no response body: %s", (text, claim) => {
    const claims = explainText(text).flatMap(({ claims: all }) =>
      all.map((each) => `${each.verdict}: ${each.text}`),
    );
    expect(claims.join("\n")).toContain(`true: ${claim.split("; a user's")[0]}`);
  });
});

describe("a 404", () => {
  test.each([
    '{"message":"The requested resource was not found.","code":"not.found","status":404,"contextId":"0c1d2e3f-1111-4222-8333-444455556666","details":[],"errors":[]}',
    '{"message":"HTTP 404 Not Found","code":"not found","status":404}',
    "ApiException: 404 Not Found",
  ])("does not claim that the operation exists when the paste names no call: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.summary).not.toContain("the operation exists");
    expect(finding?.summary).toMatch(/does not show what is missing|does not name the intended operation/);
  });

  test("means a missing object when the catalog lists the path", () => {
    const [finding] = explainText(
      `GET /api/v2/routing/queues/${ID}\n${body(404, "not.found", "The requested resource was not found.")}`,
    );
    expect(finding?.summary).toContain("the operation exists, but the object does not");
  });

  test.each<[string, "false" | "unknown", RegExp]>([
    [
      "GET /api/v2/analytics/conversations/queries 403 Forbidden",
      "false",
      /no published definition has this path/,
    ],
    ["GET /api/v2/conversations/chats 404 Not Found", "false", /was removed from the API/],
    [
      "GET /api/v2/frobnications 404 Not Found",
      "unknown",
      /^not in the catalogue of \d{4}-\d\d-\d\d; `genscope catalog update` may add it$/,
    ],
    [
      "GET /api/v2/routing/queue 404 Not Found",
      "unknown",
      /^not in the catalogue of .* may add it; closest: `GET \/api\/v2\/routing\/queues`/,
    ],
    ["DELETE /api/v2/presence/sourcez 405 Method Not Allowed", "unknown", /^not in the catalogue of/],
  ])("is explained by an operation that the catalog lacks: %s", (text, verdict, truth) => {
    const claims = explainText(text).flatMap((finding) => finding.claims);
    const claim = claims.find(({ text: stated }) => stated.endsWith("is an operation"));
    expect(claim).toMatchObject({ verdict, truth: expect.stringMatching(truth) });
  });
});

test.each<[string, string, string]>([
  ["one that the operation does not need", "routing:queue:view", "`routing:queue:view`"],
  [
    "one of two that the operation needs",
    "analytics:conversationDetail:view",
    "`analytics:conversationDetail:view`",
  ],
])("the summary names only the permission in the message, when it is %s", (_whose, permission, expected) => {
  const message = MISSING.replace("recording:crossPlatformRetentionPolicy:view", permission);
  const [finding] = explainText(DETAILS + body(403, "missing.any.permissions", message));
  expect(finding?.summary.split("roles do not hold ")[1]).toBe(expected);
});

test("the summary names only the permission in the message when the operation needs both", () => {
  const message =
    "Unable to perform the requested action. You are missing the following permission(s): [speechAndTextAnalytics:data:view]";
  const path =
    "/api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl";
  const [finding] = explainText(`GET ${path}\n${body(403, "missing.permissions", message)}`);
  expect(finding?.summary).toMatch(/roles do not hold `speechAndTextAnalytics:data:view`$/);
  expect(finding?.remedies[0]?.summary).toContain("`recording:recording:view`");
});

test.each([
  ["The page size must be between 1 and 500", "500"],
  ["pageSize must be less than or equal to 250", "250"],
  ["Invalid page size", "100 for detail queries and most listings"],
])("uses the page size in the message: %s", (message, limit) => {
  const [finding] = explainText(body(400, "bad.request", message));
  expect(finding?.summary).toMatch(new RegExp(`limit of this operation: ${limit}$`));
});

test.each([
  ["version", [expect.stringContaining("send it with its current `version`")]],
  ["name", [expect.stringContaining("look for an object with the same name or key")]],
])("a 409 whose message mentions the %s has a specific remedy", (word, summaries) => {
  const text = `PUT /api/v2/routing/queues/{queueId} fails with a 409 and the text "The ${word} is in conflict with another one"`;
  const [finding] = explainText(text);
  expect(finding?.remedies.map(({ summary }) => summary)).toEqual(summaries);
});
