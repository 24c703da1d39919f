import { describe, expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

describe("errors from the token endpoint", () => {
  test.each([
    [
      "a client id that is unknown",
      '{"error":"invalid_client","description":"client not found","error_description":"client not found"}',
      "credentials - invalid_client - | - | - | -",
    ],
    [
      "a wrong secret",
      '{"error":"invalid_client","error_description":"authentication failed"}',
      "credentials - invalid_client - | - | - | -",
    ],
    [
      "an authorization code that was already used",
      '{"error":"invalid_grant","error_description":"invalid authorization code"}',
      "credentials - invalid_grant - | - | - | -",
    ],
    [
      "a client with another grant type",
      '{"error":"unauthorized_client","error_description":"client is not authorized"}',
      "credentials - unauthorized_client - | - | - | -",
    ],
    [
      "a rate limit with status 400",
      '{"error":"invalid_request","description":"rate limit exceeded; retry later","error_description":"rate limit exceeded; retry later"}',
      "throttle - invalid_request - | - | - | -",
    ],
    [
      "an outage",
      '{"error":"server_error","error_description":"internal"}',
      "service - server_error - | - | - | -",
    ],
    [
      "a scope",
      '{"error":"invalid_scope","error_description":"scope not allowed"}',
      "scope - invalid_scope - | - | - | -",
    ],
    [
      "a response body that is cut off",
      '{"error":"invalid_client","error_description":"authentication failed"',
      "credentials - invalid_client - | - | - | -",
    ],
  ])("%s", (_name, text, expected) => {
    expect(explainText(text).map(brief)).toEqual([expected]);
  });
});

test.each([
  [
    "at the API host",
    "api.mypurecloud.com",
    "/oauth/token",
    "false: the token endpoint is `https://api.mypurecloud.com/oauth/token`",
  ],
  [
    "at a path below /api",
    "api.mypurecloud.com",
    "/api/v2/oauth/token",
    "false: the token endpoint is `https://api.mypurecloud.com/api/v2/oauth/token`",
  ],
  [
    "at a path for guests",
    "api.mypurecloud.de",
    "/api/v2/oauth/guest/token",
    "false: the token endpoint is `https://api.mypurecloud.de/api/v2/oauth/guest/token`",
  ],
  [
    "with the organization's name in the host",
    "acme.mypurecloud.com",
    "/oauth/token",
    "false: the token endpoint is `https://acme.mypurecloud.com/oauth/token`",
  ],
])("points out that a token request goes to the wrong address: %s", (_name, host, path, claim) => {
  const findings = explainText(`> POST ${path} HTTP/1.1
> Host: ${host}
> Authorization: Basic aWQ6c2VjcmV0
> Content-Type: application/x-www-form-urlencoded
>
< HTTP/1.1 404 Not Found
<
`);
  expect(findings.map(brief)).toEqual(["host 404 - - | - | - | -"]);
  expect(claimsOf(findings)).toContain(claim);
  expect(findings[0]?.remedies[0]?.summary).toMatch(
    /^request tokens from `https:\/\/login\.mypurecloud\.(?:com|de)\/oauth\/token`$/,
  );
});

test.each([
  [
    "JSON",
    `curl -X POST https://login.mypurecloud.com/oauth/token -H 'Content-Type: application/json' -d '{"grant_type":"client_credentials","client_id":"a","client_secret":"b"}'`,
    ["false: the token endpoint accepts JSON"],
  ],
  [
    "client id and secret as form fields",
    "curl https://login.mypurecloud.com/oauth/token -d 'grant_type=client_credentials&client_id=a&client_secret=b'",
    ["unknown: the client id and secret can be sent as form fields"],
  ],
  [
    "a scope for the client-credentials grant",
    "curl -u id:secret https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials -d scope=analytics",
    ["false: a client-credentials token gets its permissions from scopes"],
  ],
  [
    "Basic authentication without a client id",
    "curl -u :secret https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials",
    ["false: the request contains the client id and secret"],
  ],
  [
    "Basic authentication and a PKCE verifier",
    "curl -u id:secret https://login.mypurecloud.com/oauth/token -d 'grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=http://localhost'",
    ["false: PKCE requires HTTP Basic with the client id and secret"],
  ],
])("judges a token request with %s", (_name, command, expected) => {
  expect(claimsOf(explainText(command))).toEqual(expected);
});

test("reports no finding for a correct token request", () => {
  expect(
    explainText(
      "curl -u id:secret https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials",
    ),
  ).toEqual([]);
});
