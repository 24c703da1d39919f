import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no misconception about access in text that does not express one", () => {
  staysSilent("OpenID scopes", /scope `.*` is needed/, [
    "We do not request offline_access or openid, only the client credentials grant. GET /api/v2/users returns 403.",
    "Unlike Okta, Genesys Cloud has no offline_access scope. Which permission does GET /api/v2/users need?",
    "Our Entra app asks for openid; the Genesys client uses client credentials. GET /api/v2/users returns 403.",
  ]);
  staysSilent("scopes of client credentials", /client-credentials token gets its permissions from scopes/, [
    "We know that a client credentials token does not need any scopes. GET /api/v2/users returns 403.",
    "We did not add a scope because client credentials ignore scopes. GET /api/v2/users returns 403 missing.permissions",
    "Our Azure app with client credentials requests scope api://graph/.default. The Genesys call GET /api/v2/users returns 403.",
  ]);
  staysSilent("scopes that replace permissions", /scopes replace permissions/, [
    "Scopes do not override permissions, so I checked the role. GET /api/v2/users returns 403 for us.",
    "I know scopes never replace roles. Why is GET /api/v2/users 403?",
  ]);
  staysSilent("calls that only users may make", /only users may call/, [
    "The endpoint is available for client credentials according to the docs. Is anyone else getting a 403 on GET /api/v2/users?",
  ]);
  staysSilent("client credentials that cannot run analytics", /client credentials can't run analytics/, [
    "It is not true that client credentials can't run analytics. POST /api/v2/analytics/conversations/details/query returns 403 missing.permissions.",
    "Our client credentials token never had a problem with analytics until Monday. Now POST /api/v2/analytics/conversations/details/query returns 403.",
    "client credentials do not expire during the reports, but POST /api/v2/analytics/conversations/details/query returns 403.",
  ]);
  staysSilent("permissions that work only for users", /works only with a user's login/, [
    "The permissions are only granted to client credentials, not to users. GET /api/v2/users returns 403.",
    "The roles are only assigned to the OAuth client with grant type authorization code, not to clients of other teams. GET /api/v2/users returns 403.",
  ]);
  staysSilent("the roles of a client's creator", /roles of the person who created/, [
    "We use client credentials. I am not an admin. GET /api/v2/users returns 403.",
    "We use client credentials. I am waiting for our admin to look at it. GET /api/v2/users returns 403.",
    "We use client credentials. I have asked an admin to check the role. GET /api/v2/users returns 403.",
    "We use client credentials; the client's role is Master Admin. I have no admin rights myself. GET /api/v2/users returns 403.",
  ]);
  staysSilent("the roles of a data action's tester", /person who runs or tests a data action/, [
    "Our data action gets a 403. I am not an admin, so I can't see the role.",
    "Our data action gets a 403 from the CRM. I have asked the CRM administrator already.",
  ]);
  staysSilent("a client's grant type", /can log in with client credentials/, [
    "terraform plan fails with invalid_client. The client has grant type Client Credentials, it is no longer an Implicit one.",
    "terraform plan fails with invalid_client. The client of our web app has grant type PKCE and works; the terraform client is another one.",
  ]);
  staysSilent("a role that is named as missing", /role `.*` is missing/, [
    "The client has the Analytics Viewer role and still GET /api/v2/analytics/conversations/details/query returns 403",
    "Which permissions does the Data Admin role contain?",
    "Reporting User: jdoe. GET /api/v2/users returns 403.",
    "I added the Analytics Supervisor role yesterday. POST /api/v2/analytics/conversations/details/query -> 403",
  ]);
  staysSilent("role changes that take effect immediately", /role change takes effect immediately/, [
    "I know that a change takes a minute. After adding the role I waited and it still returned 403 for an hour on GET /api/v2/users.",
    "We changed the firewall rule and still the proxy denied it for a few minutes. GET /api/v2/users now returns 200.",
  ]);
  staysSilent("scopes as the cause of a 403", /403 usually means a missing scope/, [
    "Our docs say a 403 is typically not about scopes. GET /api/v2/users returns 403.",
    "A 403 never means a missing scope for client credentials, typically it means a missing permission rather than scopes. GET /api/v2/users returns 403.",
  ]);
  staysSilent("scopes in a role", /a role contains scopes/, [
    "A role has no scopes, I know. GET /api/v2/users returns 403.",
    "The role is not missing a scope. The role is fine. GET /api/v2/users returns 403.",
    "Roles never have scopes. GET /api/v2/users returns 403.",
  ]);
  staysSilent("roles that matter only in the user interface", /roles only matter in the user interface/, [
    "Roles are not just for the UI, so I checked them. GET /api/v2/users returns 403.",
    "A colleague said roles only affect the UI, which is wrong. GET /api/v2/users returns 403.",
  ]);
});
