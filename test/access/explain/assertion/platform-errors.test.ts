import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no known error of a login or the platform in text that does not report one", () => {
  staysSilent("a blocked pop-up", /browser blocked the login window/, [
    "The pop-up is not blocked. The login page shows nothing.",
    "We unblocked pop-ups, the login works now.",
    "If pop-ups are blocked, the login window never opens; ours opens.",
    "Do pop-ups get blocked in Edge?",
  ]);
  staysSilent("a lost PKCE verifier", /application itself stopped the login/, [
    "The code_verifier is not missing, it is in the request.",
    "code_verifier must not be empty, says the RFC.",
    "if (!codeVerifier) throw new Error('code_verifier not found');\nconst a = 1;",
  ]);
  staysSilent("a second factor", /second factor/, [
    "The MFA code is never rejected.",
    "We disabled MFA. Do API logins need a one-time code?",
    "What happens if the verification code is invalid?",
  ]);
  staysSilent("withheld cookies", /withholds the cookies/, [
    "Chrome will block third-party cookies next year. Does that affect the embedded client?",
    "We allow third-party cookies; they are not blocked.",
  ]);
  staysSilent("an unknown organization", /does not know an organization of this name/, [
    "The script prints 'organization not found' only in a unit test.",
    "Our CRM says organization does not exist, but that is about the CRM account.",
    "What does the login page show if the organization is not found?",
  ]);
  staysSilent("a SAML login without a user", /found no active user of the organization/, [
    "SSO with Okta works. In our CRM there is no user for the agent.",
    "We use SAML. How do I create an API client if there is no user account for the service?",
    "Our IdP is Entra. No user account is needed for client credentials, right?",
    "SSO is enabled, and no user complained.",
  ]);
  staysSilent("a user of another organization", /names an organization to which this user does not belong/, [
    "This account is not part of the org of the CRM.",
  ]);
  staysSilent("a recording with status 202", /202 is not a refusal/, [
    "There are 202 recordings in the folder.",
    "The export of 202 recordings finished.",
    "Our recording bucket has the prefix 202.",
    "Room 202 has no recordings.",
    "recordings: 202 downloaded, 0 failed",
  ]);
  staysSilent("a visitor who connects too often", /how often a visitor's client may connect/, [
    "What does RequestRateTooHigh mean in the docs of web messaging?",
    "We never hit RequestRateTooHigh.",
  ]);
  staysSilent("a page that requires a permission", /user's roles lack a permission for the view/, [
    "Salesforce says: you do not have permission to view this page.",
    "Our SharePoint shows You don't have permission to access this content.",
    "If you do not have permission to view this page, ask your admin (from the docs).",
  ]);
  staysSilent("a locked object", /holds a lock on the object/, [
    "The flow is not locked by another user.",
    "Can a flow be locked by another user?",
  ]);
  staysSilent("an object that the flow editor does not find", /flow editor does not find an object/, [
    "If Archy could not find the queue with name X, would it fail?",
    "Our report could not find the user with id 7 in the CRM.",
    "SELECT failed: could not find the user with id 12 (postgres)",
  ]);
  staysSilent(
    "a token that ended early",
    /was revoked, or it was idle for longer than the organization's inactivity/,
    ["The token does not expire early, even though expires_in is small."],
  );
});
