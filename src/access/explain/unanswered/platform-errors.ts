import type { KnownError } from "./known-error.ts";
import { UNLISTED_PERMISSION } from "./unlisted-permission.ts";

/** Failures of the platform and its editors that are not refused API calls, in the words of people and tools. */
export const OF_THE_PLATFORM: readonly KnownError[] = [
  {
    pattern:
      /\brecordings?\b[^\n]{0,200}\b(?:returns?|returned|gives?|gave|gets?|got|answers?|answered|answer is|status|with|HTTP)\b[^.\n]{0,20}\b202\b(?! recordings?\b)|\b(?:returns?|returned|gives?|gave|gets?|got|answers?|answered|status|code|HTTP|an?|with)(?: code)?:? 202\b[^\n]{0,80}\brecordings?\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "202 is not a refusal: the service accepted the request and is still preparing the recording; no permission or scope is missing",
    remedies: [
      { kind: "wait", summary: "repeat the request, with growing pauses, until it returns 200" },
      {
        kind: "use-operation",
        summary: "or let genscope poll and download the recordings",
        command: "genscope export recordings --interval START/END",
      },
    ],
  },
  {
    pattern: /\bshould have required property\b|\bshould match some schema in (?:anyOf|oneOf)\b/,
    needs: /\/api\/v2\/|\b(?:Genesys|PureCloud)\b/,
    isAnswer: true,
    layer: "request",
    meaning: "the body does not have the form that the operation expects; no permission or scope is missing",
    remedies: [
      {
        kind: "none",
        summary: "add the fields that the message names, or send another form that the schema allows",
      },
    ],
  },
  {
    pattern: /\bRequestRateTooHigh\b|\bToo many configure session requests\b/i,
    isAnswer: false,
    layer: "rate-limit",
    meaning:
      "the web messaging service limits how often a visitor's client may connect, configure its session or send; no permission or scope is missing",
    remedies: [
      {
        kind: "wait",
        summary:
          "wait as long as the error asks, then repeat the request once; reconnect with a growing wait",
      },
    ],
  },
  {
    pattern:
      /\byou (?:do not|do ?n[o'’]t) have (?:the )?(?:right |required |necessary )?permissions? to (?:view|access|see|open) this (?:page|view|content|report)\b(?![^.\n]{0,30}\b(?:Salesforce|ServiceNow|Zendesk|Okta|Azure|SharePoint|Jira)\b)/i,
    isAnswer: false,
    layer: "permission",
    meaning:
      "the user interface reports that this user's roles lack a permission for the view, and does not name it",
    remedies: [
      {
        kind: "ask-support",
        summary:
          "open the network tab of the browser's developer tools, load the view again and paste the refused request with its response, which names the permission",
      },
      {
        kind: "assign-role",
        summary: "or compare the user's roles with those of a colleague who sees the view",
        menuPath: "Admin > People & Permissions > People > the user > Roles",
      },
    ],
  },
  {
    pattern: /\blocked by another (?:entity|user|client)\b/i,
    isAnswer: true,
    layer: "request",
    meaning: "another user or client holds a lock on the object; no permission or scope is missing",
    remedies: [
      {
        kind: "wait",
        summary: "have the holder check the object in, or release its lock, then repeat the call",
      },
    ],
  },
  {
    pattern: /"type"\s{0,3}:\s{0,3}"response"[^{}\n]{0,200}"code"\s{0,3}:\s{0,3}4\d{3}\b/,
    isAnswer: false,
    layer: "request",
    meaning:
      "web messaging did not accept a message from the visitor: the code and body of the response show the reason; OAuth tokens, roles and scopes do not matter here",
    remedies: [
      {
        kind: "none",
        summary:
          "open the session again: connect with the deployment id, and send `configureSession` with the visitor's token before anything else",
      },
    ],
  },
  {
    pattern:
      /\bcould not find the (?:flow|queue|prompt|skill|user|group|schedule|data ?table|data action|division)\b[^\n]{0,20}\bwith (?:the )?(?:id|name)\b/i,
    needs: /\barchy\b|\barchitect\b|\bflows?\b|genesyscloud|\bpublish|\.ya?ml\b/i,
    isAnswer: false,
    layer: "request",
    meaning:
      "the flow editor does not find an object by the id or name in the text: it may not exist in this organization, have been deleted, or be in a division that the token's roles do not cover",
    remedies: [
      {
        kind: "check-live",
        summary:
          "check that the token belongs to the organization that has the object, and that the object exists",
        command: "genscope whoami",
      },
      {
        kind: "none",
        summary:
          "compare the object's division with the divisions of the publishing client's or user's roles",
      },
    ],
  },
  {
    pattern: /\bproperty '\w{1,80}' cannot be assigned a value\b/i,
    isAnswer: false,
    layer: "request",
    meaning:
      "the flow file sets a property that can't be set there, in this version of the tool or for this organization; nothing was refused",
    remedies: [{ kind: "none", summary: "remove from the flow file the property that the message names" }],
  },
  {
    pattern:
      /\btokens?\b[^.\n]{0,60}\b(?:expires?|dies?|stops?|ends?|invalid)\b[^.\n]{0,60}\b(?:even though|although|but|despite)\b[^.\n]{0,60}\bexpires_in\b/i,
    isAnswer: false,
    layer: "token",
    meaning:
      "when a token stops working before `expires_in` has passed, it was revoked, or it was idle for longer than the organization's inactivity timeout, which counts from the last call with the token",
    remedies: [
      {
        kind: "check-live",
        summary: "read the setting: `enableIdleTokenTimeout` and `idleTokenTimeoutSeconds`",
        command: "genscope query GET /api/v2/tokens/timeout",
      },
    ],
  },
  UNLISTED_PERMISSION,
];
