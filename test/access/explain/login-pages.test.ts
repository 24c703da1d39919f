import { expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

test.each([
  `Refused to display 'https://login.mypurecloud.com.au/' in a frame because an ancestor violates the following Content Security Policy directive: "frame-ancestors 'self' https://*.mypurecloud.com.au".`,
  "Refused to frame 'https://apps.usw2.pure.cloud/' because an ancestor violates frame-ancestors 'none'",
  "Refused to display 'https://login.euw2.pure.cloud/' in a frame because it set 'X-Frame-Options' to 'deny'.",
])("a page that forbids embedding is not mistaken for a refused call: %s", (text) => {
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
])("a browser that withholds cookies leaves the embedded page without its login: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/withholds the cookies/);
});

test.each([
  'Login page: "Invalid multi-factor authentication code."',
  "The one-time code is expired",
  "MFA code rejected, code not accepted",
])("a rejected second factor has nothing to do with OAuth clients: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("credentials");
  expect(finding?.summary).toMatch(/second factor/);
});

test("a login page that does not know the client leads to a comparison of regions", () => {
  const [finding] = explainText(
    "https://login.euw2.pure.cloud/oauth/authorize?client_id=91c7&response_type=token shows\ninvalid_client: client not found: 91c7",
  );
  expect(finding?.layer).toBe("credentials");
  expect(finding?.remedies[0]?.kind).toBe("use-host");
});

test("a user of another organization is recognized with an address inside the message", () => {
  const [finding] = explainText("The user kim@north.example does not belong to the organization north-prod.");
  expect(finding?.summary).toMatch(/does not belong/);
});

test.each([
  "We couldn't find an organization with the name north.",
  'Login: organization "north" not found',
  "the login page says it cannot find your org",
])("an organization that the login does not know may be in another region: %s", (text) => {
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
  "an application that lost its PKCE verifier stopped the login itself: %s",
  (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(/application itself stopped the login/);
  },
);

test("an error that the login page shows as text is read next to its address", () => {
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
