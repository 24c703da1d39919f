import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain } from "../../../src/access/explain/explain.ts";
import { redactLine, redactSecrets } from "../../../src/core/redaction/redact-secrets.ts";
import { quickKnowledge } from "../../access/explain/packaged-knowledge.ts";

const explainText = (text: string) => explain(text, quickKnowledge);

const S = "Zk3v9-Qw_7pLx2";

describe("replaces a secret and names its kind", () => {
  test.each([
    [`Authorization: Bearer ${S}`, "Authorization: Bearer [secret]"],
    [`> authorization: Bearer ${S}`, "> authorization: Bearer [secret]"],
    [`Authorization: Basic ${Buffer.from(`id:${S}`).toString("base64")}`, "Authorization: Basic [secret]"],
    [
      `Authorization: Basic ${Buffer.from(`:${S}`).toString("base64")}`,
      "Authorization: Basic [secret without id]",
    ],
    [`Authorization: Basic 0d5c1b3e:${S}`, "Authorization: Basic [secret without base64]"],
    [`'Authorization: Basic <id>:${S}'`, "'Authorization: Basic [secret without base64]'"],
    [`Authorization: Basic base64(id:${S}`, "Authorization: Basic [secret]"],
    ["Authorization: Bearer undefined", "Authorization: Bearer [empty]"],
    [`-H "Authorization: Bearer ${S}"`, '-H "Authorization: Bearer [secret]"'],
    [`map[Authorization:[Bearer ${S}] Accept:[*/*]]`, "map[Authorization:[Bearer [secret]] Accept:[*/*]]"],
    [`{"access_token":"${S}","expires_in":86399}`, '{"access_token":"[secret]","expires_in":86399}'],
    [`{\\"client_secret\\":\\"${S}\\"}`, '{\\"client_secret\\":\\"[secret]\\"}'],
    [
      `grant_type=client_credentials&client_id=abc&client_secret=${S}`,
      "grant_type=client_credentials&client_id=abc&client_secret=[secret]",
    ],
    [`https://example.test/cb?code=${S}&state=1`, "https://example.test/cb?code=[secret]&state=1"],
    [
      `https://id:${S}@login.mypurecloud.com/oauth/token`,
      "https://[secret]@login.mypurecloud.com/oauth/token",
    ],
    [`curl -u id:${S} https://login.mypurecloud.com`, "curl -u [secret] https://login.mypurecloud.com"],
    [`Cookie: a=${S}; b=${S}`, "Cookie: [secret]"],
    [`export GENESYSCLOUD_OAUTHCLIENT_SECRET=${S}`, "export GENESYSCLOUD_OAUTHCLIENT_SECRET=[secret]"],
    [
      `client.loginClientCredentialsGrant("id-1", "${S}")`,
      'client.loginClientCredentialsGrant("id-1", "[secret]")',
    ],
    [`apiClient.setAccessToken("${S}")`, 'apiClient.setAccessToken("[secret]")'],
    [`{"name":"Authorization","value":"Bearer ${S}"}`, '{"name":"Authorization","value":"Bearer [secret]"}'],
    [`{"value":"${S}","name":"client_secret"}`, '{"value":"[secret]","name":"client_secret"}'],
    [`gc --clientsecret ${S} users list`, "gc --clientsecret [secret] users list"],
  ])("%s", (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  test.each([
    ["No authentication bearer token specified in authorization header."],
    ["permission authorization:grant:view, scope authorization:readonly, oauth:token:delete"],
    ['{"code":"missing.any.permissions","accessTokenValiditySeconds":86400,"token_type":"bearer"}'],
    ["token_url=https://api.mypurecloud.com/oauth/token"],
    ["POST /api/v2/analytics/conversations/details/query"],
    ["contextId 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"],
    ["code=missing.permissions status=403"],
    ['{"code":"ConversationNotFound","status":404}'],
    ["code=InternalServerError"],
    ["/api/v2/externalcontacts/contacts/custom_-_0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"],
    [
      'Post "https://login.mypurecloud.com/oauth/token": dial tcp: lookup login.mypurecloud.com: no such host',
    ],
    ["{'https://login.mypurecloud.com/oauth/token': 'refused'}"],
    ["POST https://login.mypurecloud.com/oauth/token: BadRequest"],
    ["login at /oauth/token: invalid_client"],
    ["not readable with the agent token: `GET /api/v2/users` is refused"],
  ])("keeps text without a secret unchanged: %s", (text) => {
    expect(redactSecrets(text)).toBe(text);
  });
});

test.each([
  ["a value", (secret: string) => `client_secret=${secret}`],
  ["a secret without a name", (secret: string) => secret],
  ["a token", (secret: string) => `eyJhbGciOiJSUzI1NiJ9.${secret}.sig`],
])("redaction leaves no end of %s, even when it is longer than the pattern can match", (_name, place) => {
  for (const length of [8_190, 16_380, 65_530, 131_070]) {
    const secret = `${"Zk3v9Qw7pLx2".repeat(length / 12)}-no-digits-at-the-end`;
    expect(redactSecrets(place(secret))).not.toContain("-end");
  }
});

/** Places where typical pastes contain secrets. Each function inserts the secret. */
const PLACES: readonly ((secret: string) => string)[] = [
  (secret) =>
    `> GET /api/v2/users HTTP/2\n> Host: api.mypurecloud.com\n> authorization: Bearer ${secret}\n>\n< HTTP/2 401\n<\n{"code":"bad.credentials","message":"Invalid login credentials.","status":401}`,
  (secret) =>
    `curl -v -u app:${secret} https://api.mypurecloud.com/oauth/token -d 'grant_type=client_credentials&client_secret=${secret}'`,
  (secret) =>
    JSON.stringify({
      status: 401,
      code: "bad.credentials",
      message: `token ${secret}`,
      headers: { authorization: `Bearer ${secret}` },
    }).replace(`token ${secret}`, "no"),
  (secret) =>
    `{"error":"invalid_client","error_description":"authentication failed","client_secret":"${secret}"}`,
  (secret) =>
    `POST https://api.mypurecloud.com/oauth/token?client_secret=${secret}&access_token=${secret} 403 Forbidden`,
  (secret) =>
    `GET https://user:${secret}@api.mypurecloud.com/api/v2/users -> 403 Forbidden, Cookie: sid=${secret}`,
  (secret) =>
    `{ config: { headers: { Authorization: 'Bearer ${secret}' }, data: 'refresh_token=${secret}' }, status: 403, code: 'not.authorized', message: 'You are not authorized' }`,
  (secret) =>
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: "POST",
              url: `https://api.mypurecloud.com/oauth/token?code=${secret}`,
              headers: [
                { name: "Authorization", value: `Basic ${Buffer.from(`id:${secret}`).toString("base64")}` },
                { name: "Cookie", value: secret },
                { name: "X-Custom", value: secret },
              ],
              cookies: [{ name: "sid", value: secret }],
              postData: {
                mimeType: "application/x-www-form-urlencoded",
                text: `grant_type=refresh_token&refresh_token=${secret}`,
              },
            },
            response: {
              status: 400,
              headers: [{ name: "Set-Cookie", value: secret }],
              content: {
                text: JSON.stringify({
                  error: "invalid_grant",
                  error_description: "no",
                  refresh_token: secret,
                }),
              },
            },
          },
        ],
      },
    }),
  (secret) =>
    JSON.stringify({
      statusCode: 403,
      rawBody: Buffer.from(
        JSON.stringify({ code: "not.authorized", message: "No.", access_token: secret }),
      ).toString("base64"),
    }),
  (secret) => `│ Error: 403\n│ client_secret = "${secret}"\n│ access_token: ${secret}`,
];

test("an explanation repeats no secret of the paste", () => {
  const secret = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{6,60}[0-9]{2}[A-Za-z0-9]{4}$/);
  fc.assert(
    fc.property(secret, fc.constantFrom(...PLACES), (value, place) => {
      const text = place(value);
      const findings = explainText(text);
      expect(findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(findings)).not.toContain(value);
      // Wherever the text is cut, the rest of a secret must not get through.
      for (const part of [0.3, 0.5, 0.8]) {
        expect(JSON.stringify(explainText(text.slice(0, text.length * part)))).not.toContain(value);
      }
    }),
    { numRuns: 300 },
  );
});

describe("redacts text from a service and joins it into one line", () => {
  test.each([
    ["a credential after a line break", `no access with Bearer\n  ${S}`, "no access with Bearer   [secret]"],
    ["a credential after many spaces", `Bearer${" ".repeat(100)}${S}`, `Bearer${" ".repeat(100)}[secret]`],
    ["a credential after a no-break space", `Bearer\u00a0${S}`, "Bearer\u00a0[secret]"],
    ["a credential of letters alone", "refused: bearer abcdefgh", "refused: bearer [secret]"],
    ["a credential that begins like a word", `Bearer auth.${S}`, "Bearer [secret]"],
    ["a scheme inside a longer word", `OAuthBearer ${S}`, "OAuthBearer [secret]"],
    [
      "a cookie in a request that is quoted",
      `GET / HTTP/1.1\nCookie: a=${S}`,
      "GET / HTTP/1.1 Cookie: [secret]",
    ],
    [
      "a header in an HTML page",
      `<html>Authorization: Bearer ${S}</html>`,
      "<html>Authorization: Bearer [secret]",
    ],
    ["a credential in brackets", `Bearer [${S}]`, "Bearer [secret]]"],
    ["a field of broken JSON", `{"id":"x","clientSecret":"${S}`, '{"id":"x","clientSecret":"[secret]'],
  ])("%s", (_what, text, expected) => {
    expect(redactLine(text)).toBe(expected);
  });

  test.each([
    "No authentication bearer token specified in authorization header.",
    "You must have at least one of the following permissions assigned: [authorization:grant:view]",
    "missing scope authorization:readonly",
    "Basic authentication is not supported",
  ])("keeps every word of text without a secret: %s", (text) => {
    expect(redactLine(text)).toBe(text);
  });
});
