/**
 * Products whose own API can be what refused a call, as their vendors spell them. Leaves out products that
 * people use to call the platform.
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
  `\\b(${PRODUCTS})(?:['’]s)?${NOUNS} (?:${ANSWERS})(?: with)? ${STATUS}|(?<![\\w.])[45]\\d\\d(?:s| \\w{2,20}){0,3} (?:from|of|by|at) (?:the |our )?(${PRODUCTS})\\b(?! (?:tokens?|integration|data action|connector|app|flow|job|script|plugin)\\b)`,
);

/**
 * Returns the other vendor's product that responded with a status, according to a sentence. Null if there is
 * none.
 */
export function findNamedProduct(words: string): string | null {
  const [, subject, source] = SUBJECT.exec(words) ?? [];
  return subject ?? source ?? null;
}
