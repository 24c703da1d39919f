import type { NetworkSign } from "./network-sign.ts";

/** Errors of a browser or of Salesforce that blocked the call or withheld its response. */
export const BLOCKED_SIGNS: readonly NetworkSign[] = [
  {
    kind: "blocked",
    pattern: /Unauthorized endpoint, please check Setup/i,
    meaning: "Salesforce blocked the call before it was sent; the platform never saw it",
    remedyKind: "none",
    advice:
      "add the api and login hosts of the region in Salesforce under Setup > Security > Remote Site Settings",
  },
  {
    kind: "blocked",
    pattern:
      /blocked by CORS policy|\bNo ['"`]?Access-Control-Allow-Origin['"`]? header\b|CORS header .Access-Control-Allow-Origin. missing|\bbrowser (?:blocks|blocked|is blocking)\b[^.\n]{0,80}\bAccess-Control-Allow-Origin\b|Origin \S{1,200} is not allowed by Access-Control-Allow-Origin/i,
    meaning: "the browser withheld the response, because the response does not allow this origin",
    remedyKind: "none",
    advice: "read the response in the browser's network tab, or repeat the call outside the browser",
  },
  {
    kind: "blocked",
    pattern:
      /Refused to (?:display|frame) [^\n]{1,300}\b(?:in a frame|frame-ancestors|X-Frame-Options)|\bframe-ancestors\b[^\n]{0,200}\bviolat|violat[^\n]{0,200}\bframe-ancestors\b|\bin a frame because it set ['"]?X-Frame-Options\b/i,
    meaning:
      "the browser did not show the page in a frame, because that page does not allow this site to embed it; no call was refused",
    remedyKind: "none",
    advice:
      "open a login page in its own window or pop-up; if the page belongs to Genesys Cloud and the organization restricts embedding, have an administrator add the site to the allowed embeddable domains",
  },
  {
    kind: "blocked",
    pattern:
      /violates the following Content Security Policy directive|Content-Security-Policy[^\n]{0,80}\bblock/i,
    meaning:
      "the page's own Content Security Policy blocked the call in the browser; the platform never saw it",
    remedyKind: "none",
    advice:
      "add the api and login hosts of the region to `connect-src` of the page's Content Security Policy",
  },
  {
    kind: "blocked",
    pattern: /ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)/,
    meaning: "a browser extension or policy blocked the call; the platform never saw it",
    remedyKind: "none",
    advice: "allow the api and login hosts of the region in the ad blocker or the browser policy",
  },
];
