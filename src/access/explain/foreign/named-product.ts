/**
 * Products whose own API refuses calls, in their makers' spelling. Omits products from which people call the
 * platform.
 */
const PRODUCTS =
  "Pexip|Zoom|Webex|Microsoft Teams|Teams|Twilio|Vonage|Zendesk|ServiceNow|Salesforce|HubSpot|Freshdesk|Freshservice|Intercom|Jira|Confluence|Slack|SAP|Shopify|Stripe|Okta|Auth0|Ping(?:One|Federate)?|Entra|Azure AD|Microsoft Graph|SharePoint|Dynamics(?: 365)?|Dialogflow|OpenAI|Azure OpenAI|Bedrock|Nuance|Verint|Calabrio|Avaya|Cisco|Five9|Talkdesk|Workday|Keycloak|Mailchimp|SendGrid|WhatsApp|Facebook|Gmail";
/** Terms for such an API that follow the name of its product. */
const NOUNS =
  "(?: (?:API|REST|web|management|admin|cloud|login|token|service|endpoint|server|node|side|instance|tenant|support)){0,3}";
const ANSWERS =
  "returns?|returned|answers?|answered|says?|said|gives?|gave|responds?|responded|replies|replied|rejects?|rejected|sends?|throws?|fails?|is|was";
const STATUS = "(?:an? |HTTP |status )?[45]\\d\\d\\b";

/** `Pexip management API returns 401`, `the Zoom API answers with a 403`, `a 401 from Salesforce`. */
const SUBJECT = new RegExp(
  `\\b(${PRODUCTS})(?:['’]s)?${NOUNS} (?:${ANSWERS})(?: with)? ${STATUS}|(?<![\\w.])[45]\\d\\d(?:s| \\w{2,20}){0,3} (?:from|of|by|at) (?:the |our )?(${PRODUCTS})\\b(?! (?:tokens?|integration|data action|connector|app|flow|job|script|plugin)\\b)`,
);

/**
 * Returns the other vendor's product that a sentence reports as responding with a status; null if there is
 * none.
 */
export function findNamedProduct(words: string): string | null {
  const [, subject, source] = SUBJECT.exec(words) ?? [];
  return subject ?? source ?? null;
}
