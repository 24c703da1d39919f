import { expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

test.each([
  `Refused to display 'https://login.mypurecloud.com.au/' in a frame because an ancestor violates the following Content Security Policy directive: "frame-ancestors 'self' https://*.mypurecloud.com.au".`,
  "Refused to frame 'https://apps.usw2.pure.cloud/' because an ancestor violates frame-ancestors 'none'",
  "Refused to display 'https://login.euw2.pure.cloud/' in a frame because it set 'X-Frame-Options' to 'deny'.",
])("a login page that forbids embedding is not explained as a refused call: %s", (text) => {
  const [finding, ...others] = explainText(text);
  expect(others).toEqual([]);
  expect(finding?.layer).toBe("network");
  expect(finding?.summary).toMatch(/does not allow this site to embed it/);
  expect(finding?.claims.map(({ text: claim }) => claim)).toEqual(["the platform refused the call"]);
  expect(finding?.remedies).toHaveLength(1);
});

test.each([
  "The softphone shows the login again. Console: Third-party cookie is blocked. Chrome is moving on.",
  "Since Safari blocks third-party cookies, the embedded client keeps asking for a login.",
])("repeated logins in an embedded page are attributed to blocked third-party cookies: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/withholds the cookies/);
});

test.each([
  'Login page: "Invalid multi-factor authentication code."',
  "The one-time code is expired",
  "MFA code rejected, code not accepted",
])("a rejected code is explained as the person's second factor: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("credentials");
  expect(finding?.summary).toMatch(/second factor/);
});

test("a client id that the login page does not know leads to advice to compare regions", () => {
  const [finding] = explainText(
    "https://login.euw2.pure.cloud/oauth/authorize?client_id=91c7&response_type=token shows\ninvalid_client: client not found: 91c7",
  );
  expect(finding?.layer).toBe("credentials");
  expect(finding?.remedies[0]?.kind).toBe("use-host");
});

test("a user of another organization is recognized even when the message contains an email address", () => {
  const [finding] = explainText("The user kim@north.example does not belong to the organization north-prod.");
  expect(finding?.summary).toMatch(/does not belong/);
});

test.each([
  "We couldn't find an organization with the name north.",
  'Login: organization "north" not found',
  "the login page says it cannot find your org",
])("an organization that the login page does not know may be in another region: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("host");
  expect(finding?.remedies[0]?.kind).toBe("use-host");
});

test("a rejected SAML response is recognized without a status", () => {
  const [finding] = explainText('Genesys Cloud says "SAML response signature could not be verified".');
  expect(finding?.layer).toBe("credentials");
  expect(explainText("AADSTS75011: Genesys Cloud SAML response is invalid")[0]?.layer).toBe("none");
});

test.each(["Error: code_verifier not found in session storage", "missing code verifier after the redirect"])(
  "a lost PKCE verifier is attributed to the application, not to the platform: %s",
  (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(/application itself stopped the login/);
  },
);

test("an error that the login page shows as text is read beside the page's address", () => {
  const [finding] = explainText(
    "https://login.mypurecloud.jp/oauth/authorize?response_type=code&client_id=3f shows\ninvalid_request: redirect_uri is required",
  );
  expect(finding?.code).toBe("invalid_request");
  expect(finding?.summary).toMatch(/lacks a parameter/);
});

test("a blocked pop-up is attributed to the browser", () => {
  expect(
    explainText('Genesys Cloud for Salesforce: "Popup window was blocked by the browser"')[0]?.layer,
  ).toBe("none");
});
