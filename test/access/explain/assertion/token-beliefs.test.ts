import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no misconception about tokens in text that does not express one", () => {
  staysSilent("a user's login as the fix", /switching to a user's login fixes/, [
    "We are not switching to PKCE. GET /api/v2/users returns 403 with client credentials.",
    "After switching from PKCE to client credentials, GET /api/v2/users returns 403.",
  ]);
  staysSilent("the lifetime of a token", /an access token lasts/, [
    "The access token does not expire after 3600 seconds, it lasts a day. GET /api/v2/users returns 401.",
    "The Okta access token expires after 3600 seconds; the Genesys one lasts a day. GET /api/v2/users returns 401.",
    "Our admin set the OAuth client to 3600, so the token expires after 3600 s. GET /api/v2/users returns 401.",
    '{"access_token":"x","token_type":"bearer","expires_in":3600}\nThe token expires after 3600 s as in the response. GET /api/v2/users returns 403.',
    "The token was valid for one hour because we configured it so. GET /api/v2/users returns 401.",
  ]);
  staysSilent("a token for several organizations", /valid in several organizations/, [
    "A token is not valid across orgs, we know. GET /api/v2/users returns 401.",
    "The token never works for other orgs, of course. GET /api/v2/users returns 401.",
    "Is the token valid in our org? GET /api/v2/users returns 401.",
    "The token works in the organization it came from. GET /api/v2/users returns 403.",
  ]);
  staysSilent("a client secret in the browser", /secret can be part of an app in the browser/, [
    "We do not put the client secret in the browser. GET /api/v2/users returns 403.",
    "We never store the secret in the SPA; the server keeps it. GET /api/v2/users returns 403.",
    "We keep the secret on the server and not in the frontend. GET /api/v2/users returns 403.",
  ]);
  staysSilent("single sign-on for client credentials", /single sign-on applies to client credentials/, [
    "SSO is required for our users but does not matter for the client credentials. GET /api/v2/users returns 403.",
    "SAML is enforced for agents. Separately: our job with client credentials gets a 403 on GET /api/v2/users.",
  ]);
  staysSilent("decoding a token", /can be decoded to see its scopes/, [
    "I know the access token is opaque and I can't decode the token. GET /api/v2/users returns 403.",
    "The token cannot be decoded with jwt.io. GET /api/v2/users returns 401.",
    "There are no claims in the access token as it is opaque. GET /api/v2/users returns 403.",
  ]);
  staysSilent("a refresh token for client credentials", /come with a refresh token/, [
    "Client credentials have no refresh token, so we request a new one. GET /api/v2/users returns 401.",
    "With client credentials you never get a refresh token. GET /api/v2/users returns 403.",
    "We moved from refresh tokens to client credentials. GET /api/v2/users returns 403.",
    "We do not want a long-lived token. GET /api/v2/users returns 403.",
  ]);
  staysSilent("token renewal without blocking", /renew its token without blocking/, [
    "We refresh the cache without blocking. GET /api/v2/users returns 403.",
    "The page refreshes without blocking the agent. GET /api/v2/users returns 403.",
  ]);
  staysSilent("`traceparent` in the body", /`traceparent` belongs in the body/, [
    "We send traceparent as a header, not in the body. GET /api/v2/users returns 403.",
    "traceparent header: 00-abc. request body: {}. GET /api/v2/users returns 403",
  ]);
});
