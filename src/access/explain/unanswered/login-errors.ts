import type { KnownError } from "./known-error.ts";

/** Failures of browser logins, in the words of pages and people. */
export const OF_LOGINS: readonly KnownError[] = [
  {
    pattern: /\bpop-?ups?\b[^.\n]{0,40}\bblocked\b|\bblocked\b[^.\n]{0,30}\bpop-?ups?\b/i,
    isAnswer: false,
    layer: "none",
    meaning: "the browser blocked the login window, so no login began and nothing was refused",
    remedies: [
      {
        kind: "none",
        summary: "allow pop-ups for the site in the browser, and open the login page when the user clicks",
      },
    ],
  },
  {
    pattern:
      /\bcode[_ ]verifier\b(?:(?!\bnot\b(?! found)|\bmust\b|n['’]t\b)[^.\n]){0,60}\b(?:not found|missing|null|undefined|empty|lost)\b|\b(?:no|missing|lost) (?:stored )?code[_ ]verifier\b|\b(?:failed|unable) to verify (?:the )?(?:request|authorization|authorization request|OAuth2?|login) state\b|\b(?:OAuth2?|login|log in|callback|redirect|authorize)\b[^\n]{0,120}\b(?:invalid|mismatch\w{0,3}|missing|wrong|unknown) state\b|\b(?:OAuth2?|callback|redirect|authorize)\b[^\n]{0,120}\bstate\b[^.\n]{0,20}\b(?:mismatch|does(?: not|n['’]t) match|is missing|could not be verified)\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "the application itself stopped the login: it lost what it stored before the redirect, or another login replaced it; the platform refused nothing",
    remedies: [
      {
        kind: "log-in-again",
        summary:
          "start the login and receive its code in the same browser tab and under the same origin (scheme, host and port), because a page's storage belongs to its origin",
      },
    ],
  },
  {
    pattern:
      /\b(?:multi-?factor|two-?factor|MFA|2FA|one-?time|verification)\b[^.\n]{0,40}\b(?:code|passcode|token)\b(?:(?!\bnever\b)[^.\n]){0,40}\b(?:invalid|incorrect|wrong|expired|not (?:valid|accepted)|rejected)\b|\b(?:invalid|incorrect|wrong|expired)\b[^.\n]{0,20}\b(?:multi-?factor|two-?factor|MFA|2FA|one-?time)\b[^.\n]{0,30}\b(?:code|passcode|password)\b/i,
    isAnswer: false,
    layer: "credentials",
    meaning:
      "the login did not accept the user's second factor; OAuth clients, roles and scopes do not matter here",
    remedies: [
      {
        kind: "log-in-again",
        summary:
          "check that the device that generates the codes has the correct time, then log in again with a new code",
      },
      {
        kind: "fix-credentials",
        summary:
          "if the device was replaced, have the second factor reset by an administrator of the organization or the identity provider, whichever asks for the code",
      },
    ],
  },
  {
    pattern:
      /\bthird[- ]party cookies?\b[^.\n]{0,80}\b(?:block|disabl|reject|deprecat|restrict|phas)|\b(?:block|disabl|reject|restrict)\w{0,4}\b[^.\n]{0,40}\bthird[- ]party cookies?\b|\bcookies?\b[^.\n]{0,60}\bSameSite\b[^.\n]{0,60}\b(?:block|reject)/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "the browser withholds the cookies of a page that another site embeds, so the embedded page forgets its login; no permission or scope is missing",
    remedies: [
      {
        kind: "none",
        summary:
          "allow cookies from `login.<domain>` and `apps.<domain>` in embedded pages, in the browser's settings or the company's browser policy",
      },
      {
        kind: "none",
        summary:
          "or complete the login in its own window or pop-up, where its cookies are not third-party cookies",
      },
    ],
  },
  {
    pattern:
      /\b(?:could(?: not|n['’]t)|can(?: ?not|['’]t)|unable to) find (?:an?|the|your|any|this|that) org(?:anization)?\b|\borg(?:anization)?(?: name)? (?:["'“][^"'”\n]{1,80}["'”] )?(?:was |is )?(?:not found|unknown|does(?: not|n['’]t) exist)\b/i,
    isAnswer: false,
    layer: "host",
    meaning:
      "the login page does not know an organization of this name: either the name contains a typo, or the organization is in another region, which has its own login page",
    remedies: [
      {
        kind: "use-host",
        summary:
          "open the login page of the organization's region, `https://login.<domain>`, and compare the name with the short name in the organization settings",
      },
    ],
  },
  {
    pattern:
      /\b(?:SSO|SAML|single sign-?on|identity provider|IdP|Entra|Azure AD|Okta|ADFS|OneLogin|Google Workspace)\b[\s\S]{0,600}\b(?:(?:(?:unable to|can(?:not|['’]t)|could(?: not|n['’]t)) (?:find|locate|match)|no matching) (?:an? |any |the |your |this |matching |active )?(?:user|account)\b(?! (?:name|id|agent|pool))|no (?:active |such )?(?:user|account)\b(?! (?:name|id|agent|pool))[^.\n]{0,20}\b(?:found|exists?|match\w*|with|for this)\b)|\buser (?:was |is )?not found\b[\s\S]{0,300}\b(?:SSO|SAML|single sign-?on|identity provider|IdP)\b/i,
    isAnswer: false,
    layer: "credentials",
    meaning:
      "the identity provider let the person in, but the login found no active user of the organization with the email address in the assertion; permissions, scopes and OAuth clients do not matter here",
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "compare the email attribute of the assertion, letter by letter, with the email address of the user in the organization, and check that the user exists and is active",
        menuPath: "Admin > People & Permissions > People > the user",
      },
      {
        kind: "fix-credentials",
        summary: "if users are created by SCIM, check that the identity provider has provisioned this one",
      },
    ],
  },
  {
    pattern:
      /\b(?:user|account) (?:\S{3,100} )?(?:does(?: not|n['’]t) belong to|is not (?:a member of|part of)) [^.\n]{0,20}\borg(?:anization)?\b|\borg(?:anization)? (?:is )?not authorized\b/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the login names an organization to which this user does not belong, or one that has not authorized the user's organization; the text does not show which",
    remedies: [
      {
        kind: "log-in-again",
        summary: "compare the login's organization and region with those of the user, and log in again",
      },
      {
        kind: "ask-support",
        summary:
          "if the user comes from another organization, have its administrators check the trust between the two organizations",
        menuPath: "Admin > People & Permissions > Authorized Organizations",
      },
    ],
  },
];
