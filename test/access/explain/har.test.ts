import { expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

interface EntryOptions {
  readonly method?: string;
  readonly url: string;
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly encoding?: string;
  readonly requestHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly postData?: unknown;
}

function entry({
  method = "GET",
  url,
  status,
  body,
  text,
  encoding,
  requestHeaders = [],
  responseHeaders = [],
  postData,
}: EntryOptions): unknown {
  return {
    startedDateTime: "2026-10-01T10:00:00.000Z",
    request: {
      method,
      url,
      headers: requestHeaders,
      cookies: [{ name: "session", value: "cookie-value-0001" }],
      ...(postData === undefined ? {} : { postData }),
    },
    response: {
      status,
      headers: responseHeaders,
      content: {
        mimeType: "application/json",
        text: text ?? JSON.stringify(body),
        ...(encoding === undefined ? {} : { encoding }),
      },
    },
  };
}

function har(...entries: readonly unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "browser" }, entries } }, null, 2);
}

const FORBIDDEN = {
  message: "App not authorized to use scope [analytics, analytics:readonly]",
  code: "app.not.authorized.for.scope",
  status: 403,
  contextId: "har-id-0001",
};

test("reports every response with status 400 or above", () => {
  const text = har(
    entry({ url: "https://api.mypurecloud.com/api/v2/users", status: 200, body: { entities: [] } }),
    entry({
      method: "POST",
      url: "https://api.mypurecloud.com/api/v2/analytics/conversations/details/query?a=1",
      status: 403,
      body: FORBIDDEN,
    }),
    entry({
      url: "https://api.mypurecloud.com/api/v2/routing/queues",
      status: 429,
      body: {
        message: "Rate limit exceeded the maximum [300] requests within [60] seconds",
        code: "too.many.requests",
        status: 429,
        contextId: "har-id-0002",
      },
      responseHeaders: [{ name: "Retry-After", value: "9" }],
    }),
  );
  const findings = explainText(text);
  expect(findings.map(brief)).toEqual([
    "scope 403 app.not.authorized.for.scope postAnalyticsConversationsDetailsQuery | - | analytics,analytics:readonly | -",
    "rate-limit 429 too.many.requests getRoutingQueues | - | - | -",
  ]);
  expect(findings[1]?.retryAfterSeconds).toBe(9);
});

test("decodes a base64 body in a HAR", () => {
  const text = har(
    entry({
      url: "https://api.mypurecloud.com/api/v2/users",
      status: 403,
      text: Buffer.from(JSON.stringify(FORBIDDEN)).toString("base64"),
      encoding: "base64",
    }),
  );
  expect(explainText(text).map(brief)).toEqual([
    "scope 403 app.not.authorized.for.scope getUsers | - | analytics,analytics:readonly | -",
  ]);
});

test("points out mistakes in a token request although it succeeded", () => {
  const text = har(
    entry({
      method: "POST",
      url: "https://api.mypurecloud.de/oauth/token",
      status: 200,
      body: { access_token: "token-value-0001", token_type: "bearer", expires_in: 86399 },
      postData: {
        mimeType: "application/x-www-form-urlencoded",
        params: [
          { name: "grant_type", value: "client_credentials" },
          { name: "client_id", value: "id-1" },
          { name: "client_secret", value: "secret-value-0001" },
          { name: "scope", value: "analytics:query" },
        ],
      },
    }),
  );
  const findings = explainText(text);
  expect(findings.map(brief)).toEqual(["host - - - | - | - | -"]);
  expect(claimsOf(findings)).toEqual([
    "false: the token endpoint is `https://api.mypurecloud.de/oauth/token`",
    "unknown: the client id and secret can be sent as form fields",
    "false: a client-credentials token gets its permissions from scopes",
  ]);
  expect(JSON.stringify(findings)).not.toMatch(/value-0001/);
});

test("reads a large HAR in a short time", () => {
  const filler = entry({
    url: "https://api.mypurecloud.com/api/v2/users",
    status: 200,
    text: "x".repeat(50_000),
  });
  const entries = Array.from({ length: 300 }, () => filler);
  const text = har(
    ...entries,
    entry({
      method: "POST",
      url: "https://api.mypurecloud.com/api/v2/analytics/conversations/details/query",
      status: 403,
      body: FORBIDDEN,
    }),
  );
  expect(text.length).toBeGreaterThan(15_000_000);
  expect(explainText(text).map(({ code }) => code)).toEqual(["app.not.authorized.for.scope"]);
});
