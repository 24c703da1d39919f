import { describe, expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

describe("a token path of another product", () => {
  test.each([
    "/oauth2/token",
    "/oauth2/v1/token",
    "/oauth2/default/v1/token",
    "/connect/token",
    "/auth/token",
  ])("%s is corrected on a platform host", (path) => {
    const findings = explainText(
      `curl -X POST https://api.mypurecloud.com${path} -d "grant_type=client_credentials"
HTTP/1.1 404 Not Found
{"message":"HTTP 404 Not Found","code":"not found","status":404}`,
    );
    expect(claimsOf(findings)).toContain(
      `false: the token endpoint is \`https://api.mypurecloud.com${path}\``,
    );
    expect(findings[0]?.layer).toBe("host");
    expect(findings[0]?.remedies[0]?.summary).toBe(
      "request tokens from `https://login.mypurecloud.com/oauth/token`",
    );
  });

  test.each([
    'curl -X POST https://oauth2.example.com/oauth2/token -d "grant_type=client_credentials"',
    'curl -X POST https://acme.okta.com/oauth2/default/v1/token -d "grant_type=client_credentials"',
  ])("is not corrected on other hosts: %s", (text) => {
    expect(explainText(text)).toEqual([]);
  });
});

test.each([
  ["bad.request", "400"],
  ["missing.any.permissions", "403"],
  ["bad.credentials", "401"],
  ["too.many.requests", "429"],
])(
  "an error code without a status gets the status that most operations declare: %s is %s",
  (code, status) => {
    const [finding] = explainText(
      JSON.stringify({ code, message: "a message", contextId: "0c1d2e3f-1111-4222-8333-444455556666" }),
    );
    expect(finding === undefined ? "" : brief(finding)).toContain(` ${status} ${code} `);
  },
);
