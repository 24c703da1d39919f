import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

/** Returns a response from the token endpoint, after the request when one is given. */
function answer(error: string, description: string | null, request = ""): string {
  return `${request}${JSON.stringify({ error, ...(description === null ? {} : { description, error_description: description }) })}`;
}

function exchange(fields: string, error: string, description: string | null): string {
  return `> POST /oauth/token HTTP/1.1
> Host: login.mypurecloud.de
> Content-Type: application/x-www-form-urlencoded
>
${fields}
< HTTP/1.1 400 Bad Request
< Content-Type: application/json
<
${answer(error, description)}`;
}

const VERIFIER =
  /the code verifier does not match the code challenge; this response confirms the client id and the region, and the secret if one was sent/;
const USED =
  /the authorization code was already used, or it expired; this response confirms the client id and the region, and the secret if one was sent/;
const REDIRECT = /the redirect URI of the exchange differs from the one in the authorize request/;
const REFRESH = /the refresh token is no longer valid/;
const ASSERTION = /the SAML assertion was rejected/;

describe("explains that the token endpoint refused", () => {
  test.each<[string, string, RegExp, RegExp]>([
    ["a code verifier", answer("invalid_grant", "Code verification failed."), VERIFIER, /SHA-256/],
    [
      "a code challenge",
      answer("invalid_grant", "code challenge mismatch"),
      VERIFIER,
      /one verifier per login/,
    ],
    ["a failed PKCE check", answer("invalid_grant", "PKCE check failed"), VERIFIER, /base64url/],
    [
      "an authorization code that was already used",
      answer("invalid_grant", "authorization code has already been used"),
      USED,
      /exchange the code once/,
    ],
    ["an expired authorization code", answer("invalid_grant", "code expired"), USED, /start a new login/],
    [
      "an invalid authorization code",
      answer("invalid_grant", "invalid authorization code"),
      USED,
      /start a new login/,
    ],
    [
      "a redirect URI, named by its parameter",
      answer("invalid_grant", "redirect_uri mismatch"),
      REDIRECT,
      /any trailing slash/,
    ],
    [
      "a redirect URI, named in words",
      answer("invalid_grant", "Redirect URI does not match"),
      REDIRECT,
      /as registered in the client/,
    ],
    ["a refresh token", answer("invalid_grant", "The refresh token is invalid"), REFRESH, /log in again/],
    [
      "a revoked refresh token",
      answer("invalid_grant", "refresh_token revoked or expired"),
      REFRESH,
      /newest refresh token/,
    ],
    ["an assertion", answer("invalid_grant", "assertion expired"), ASSERTION, /fresh assertion/],
    ["SAML", answer("invalid_grant", "invalid SAML response"), ASSERTION, /clock of the identity provider/],
    [
      "a grant, without a description",
      answer("invalid_grant", null),
      /the grant is not accepted: a code that was used/,
      /any trailing slash/,
    ],
    [
      "a token refresh, without a description",
      exchange("grant_type=refresh_token&refresh_token=[secret]", "invalid_grant", null),
      REFRESH,
      /log in again/,
    ],
    [
      "a SAML assertion, without a description",
      exchange(
        "grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&orgName=acme",
        "invalid_grant",
        null,
      ),
      ASSERTION,
      /fresh assertion/,
    ],
    [
      "an unknown client id",
      answer("invalid_client", "client not found"),
      /does not know this client id/,
      /compare the region/,
    ],
    [
      "a wrong client secret",
      answer("invalid_client", "authentication failed"),
      /does not accept this secret/,
      /compare the region/,
    ],
    [
      "the grant type, because the client has another",
      answer("unauthorized_client", "client is not authorized"),
      /the OAuth client's grant type differs from this login's/,
      /each client has only one grant type/,
    ],
    [
      "a grant type that does not exist",
      answer("unsupported_grant_type", null),
      /does not know this value of `grant_type`/,
      /`client_credentials`/,
    ],
    [
      "a request without grant type",
      answer("invalid_request", "grant_type is missing"),
      /found no `grant_type` in the body/,
      /urlencoded/,
    ],
    [
      "a login to which the person did not consent",
      answer("access_denied", "The user denied the request"),
      /either the person declined to consent/,
      /consent to the application/,
    ],
    [
      "access, without a description",
      answer("access_denied", null),
      /either the person declined to consent/,
      /administrator approve/,
    ],
    [
      "a login that needs an administrator's approval",
      answer("access_denied", "administrator approval required"),
      /an administrator has to approve/,
      /administrator approve/,
    ],
  ])("%s", (_cause, text, meaning, remedy) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding?.summary).toMatch(meaning);
    expect(finding?.remedies.map(({ summary }) => summary).join("\n")).toMatch(remedy);
  });

  test.each([
    "Code verification failed.",
    "invalid authorization code",
    "redirect_uri mismatch",
    "refresh token revoked",
  ])("does not question the region or the secret when the description is %s", (description) => {
    const [finding] = explainText(answer("invalid_grant", description));
    const remedies = finding?.remedies.map(({ summary }) => summary).join("\n");
    expect(remedies).not.toMatch(/compare the region|check client id, secret/);
  });
});
