import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "./packaged-knowledge.ts";

describe("a login with SAML", () => {
  test.each([
    "POST https://login.mypurecloud.de/saml 400 Bad Request\nThe assertion could not be validated.",
    "After the redirect the login page answers 400: SAML response is not valid.",
    "Users see a 401 with `Invalid audience` when Okta posts the SAML assertion.",
  ])("that is refused leads to advice about the identity provider: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("credentials");
    expect(finding?.summary).toMatch(/identity provider's SAML response/);
    expect(JSON.stringify(finding?.remedies)).not.toMatch(/check-scopes|assign-role|"add-scope"/);
  });

  test("is not taken for the refused call to the API", () => {
    const [finding] = explainText("GET /api/v2/users 403 Forbidden after a SAML login that works");
    expect(finding?.operation?.operationId).toBe("getUsers");
    expect(finding?.layer).toBe("unknown");
  });
});

test.each([
  '400 Bad Request with "error_description": "Invalid scope"',
  "The login answers 400, error_description=unknown scope: openid",
  'token request: 400 {error_description: "Unsupported scope profile"}',
])("a token request whose error description blames the scope is attributed to the scope: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("scope");
  expect(finding?.summary).not.toMatch(/scopes do not matter/);
});

test.each([
  'environment = "mypurecloud.com"\nbase = "https://api.mypurecloud.jp"\n{"error":"invalid_client","description":"authentication failed"}',
  '{"error":"invalid_client","error_description":"authentication failed"}\nregion: mypurecloud.ie, calls go to https://api.euw2.pure.cloud',
])("reports a region setting that differs from the region of a host: %s", (text) => {
  expect(claimsOf(explainText(text))).toContain("true: the text points to two different regions");
});

test("reports no difference between a region setting and a host of the same region", () => {
  const text =
    'environment = "mypurecloud.jp"\nbase = "https://api.mypurecloud.jp"\n{"error":"invalid_client","description":"authentication failed"}';
  expect(claimsOf(explainText(text))).not.toContain("true: the text points to two different regions");
});

test("a refused client-credentials login leads to no advice about a person's consent", () => {
  const [finding] = explainText(
    'POST https://login.mypurecloud.com/oauth/token\ngrant_type=client_credentials\n403 {"error":"access_denied","error_description":"Unauthorized"}',
  );
  expect(JSON.stringify(finding)).not.toMatch(/declined|Authorized Applications|log in again and consent/);
});

describe("SCIM", () => {
  test("errors in the SCIM format are recognized", () => {
    const [finding] = explainText(
      'POST https://api.mypurecloud.com/api/v2/scim/v2/Users\n400\n{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","detail":"title is too long"}',
    );
    expect(finding?.message).toBe("title is too long");
    expect(claimsOf([finding].flatMap((each) => each ?? []))).not.toContain(
      "unknown: the platform sent this response",
    );
  });

  test.each(["/api/v2/scim/v2", "/api/v2/scim/v2/", "/api/v2/scim"])(
    "is explained as a token problem for a 401 at its base address: %s",
    (path) => {
      const [finding] = explainText(`401 Unauthorized from https://api.mypurecloud.com${path}`);
      expect(finding?.layer).toBe("token");
      expect(finding?.claims).toEqual([]);
    },
  );
});

describe("a WebSocket", () => {
  test.each([
    'Error Domain=NSURLErrorDomain "There was a bad response from the server." URL=wss://webmessaging.mypurecloud.de/v1?deploymentId=1',
    "WebSocket connection to 'wss://webmessaging.cac1.pure.cloud/v1?deploymentId=2' failed: Error during WebSocket handshake failed",
  ])("of a website visitor that fails to open is attributed to the web messaging deployment: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("request");
    expect(finding?.summary).toMatch(/web messaging rejected the visitor/);
  });

  test.each([
    "connecting to wss://api.mypurecloud.com/api/v2/notifications/stream failed with 401 Unauthorized",
    '400 Bad Request {"message":"Bad Request"}\nendpoint: wss://api.mypurecloud.ie/api/v2/notifications',
  ])("to the API that fails to open leads to advice to create a notification channel: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("path");
    expect(finding?.remedies.map(({ command }) => command)).toEqual([
      'genscope check-scopes "POST /api/v2/notifications/channels"',
    ]);
  });
});

test.each([
  "http://localhost:3000/#error=unsupported_response_type&error_description=implicit%20grant%20disabled",
  "https://app.north.example/cb#error=invalid_request&error_description=Implicit+grant+is+not+allowed",
  "https://app.north.example/cb?error=unauthorized_client&error_description=client+may+not+use+the+implicit+flow",
])("a refused implicit grant leads to advice to use PKCE: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.summary).toMatch(/implicit grant/);
  expect(finding?.remedies.map(({ summary }) => summary)).toEqual([expect.stringMatching(/PKCE/)]);
});

test.each([
  "Login failed: the user does not belong to organization north-prod",
  "The page says: Org not authorized",
])("a login that another organization refuses is explained with both possible causes: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("unknown");
  expect(finding?.summary).toMatch(/an organization to which this user does not belong/);
});
