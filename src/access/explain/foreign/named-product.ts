import { findStated, states } from "../assertion/asserted.ts";

/**
 * Products whose own API may have refused a call, as their vendors spell them. Leaves out products that people use to
 * call the platform.
 */
const PRODUCTS =
  "Pexip|Zoom|Webex|Microsoft Teams|Teams|Twilio|Vonage|Zendesk|ServiceNow|Salesforce|HubSpot|Freshdesk|Freshservice|Intercom|Jira|Confluence|Slack|SAP|Shopify|Stripe|Okta|Auth0|Ping(?:One|Federate)?|Entra|Azure AD|Microsoft Graph|SharePoint|Dynamics(?: 365)?|Dialogflow|OpenAI|Azure OpenAI|Bedrock|Nuance|Verint|Calabrio|Avaya|Cisco|Five9|Talkdesk|Workday|Keycloak|Mailchimp|SendGrid|WhatsApp|Facebook|Gmail";
/** Words that may follow the name of a product when the text means its API. */
const NOUNS =
  "(?: (?:API|REST|web|management|admin|cloud|login|token|service|endpoint|server|node|side|instance|tenant|support)){0,3}";
const ANSWERS =
  "returns?|returned|answers?|answered|says?|said|gives?|gave|responds?|responded|replies|replied|rejects?|rejected|sends?|throws?|fails?|is|was";
const STATUS = "(?:an? |HTTP |status )?[45]\\d\\d\\b";

/** Matches `Pexip management API returns 401`, `the Zoom API answers with a 403` and `a 401 from Salesforce`. */
const SUBJECT = new RegExp(
  `\\b(${PRODUCTS})(?:['’]s)?${NOUNS} (?:${ANSWERS})(?: with)? ${STATUS}|(?<![\\w.])[45]\\d\\d(?:s| (?!(?:when|while|if|as|after|before|for|on|in|to|with|via)\\b)\\w{2,20}){0,3} (?:from|of|by|at) (?:the |our )?(${PRODUCTS})\\b(?! (?:tokens?|integration|data action|connector|app|flow|job|script|plugin)\\b)`,
);

/** Matches a sentence in which a product refuses: `the token looks valid, but Zendesk rejects it`. */
const REFUSES = new RegExp(
  `\\b(${PRODUCTS})${NOUNS} (?:rejects|refuses|denies|blocks|(?:does not|doesn['’]t|won['’]t) accept)\\b(?! (?:nothing|none|our e?mails?)\\b)`,
);
/** Matches a failure to change something in a product: `a 403 when creating an incident in ServiceNow`. */
const TARGET = new RegExp(
  `(?<![\\w.])[45]\\d\\d\\b[^.\\n]{0,60}?\\b(?:creat|updat|push|sync|writ|post|open|clos|read|fetch)(?:e|es|ing|ting|s)? (?:(?!(?:from|of|by|with|for|via|using|out)\\b)\\w{1,20} ){0,4}(${PRODUCTS})\\b`,
);
/** Matches the features through which the platform calls another service. */
const BY_PLATFORM = /\b(?:data ?actions?|webhooks?|REST API call|web services? integration)\b/i;

/**
 * Returns the product that refused a call by the platform, according to the text about a data action or a webhook. Null
 * if none exists.
 */
export function findCalledProduct(words: string): string | null {
  if (!states(BY_PLATFORM, words)) return null;
  const [, product = null] = findStated(REFUSES, words) ?? findStated(TARGET, words) ?? [];
  return product;
}

/**
 * Returns the product of another vendor that responded with a status, according to a sentence. Null if there is none.
 */
export function findNamedProduct(words: string): string | null {
  const [, subject, source] = findStated(SUBJECT, words) ?? [];
  return subject ?? source ?? null;
}
