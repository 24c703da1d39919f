/** Products that stand beside the platform in what people report, in the spelling of their makers. */
const PRODUCTS =
  "Pexip|Zoom|Webex|Microsoft Teams|Teams|Twilio|Vonage|Zendesk|ServiceNow|Salesforce|HubSpot|Freshdesk|Freshservice|Intercom|Jira|Confluence|Slack|Snowflake|Databricks|BigQuery|SAP|Shopify|Stripe|Okta|Auth0|Ping(?:One|Federate)?|Entra|Azure AD|Microsoft Graph|Graph|SharePoint|Power BI|Dynamics(?: 365)?|Dialogflow|OpenAI|Azure OpenAI|Bedrock|Lex|Nuance|Verint|Calabrio|NICE|Avaya|Cisco|Five9|Talkdesk|Workday|Kafka|Elasticsearch|OpenSearch|Splunk|Datadog|Grafana|PagerDuty|Jenkins|GitLab|GitHub|Artifactory|Vault|Keycloak|MuleSoft|Boomi|Apigee|Kong|Mailchimp|SendGrid|WhatsApp|Facebook|Meta|Google Sheets|Gmail";
const ANSWERS =
  "returns?|returned|answers?|answered|says?|said|gives?|gave|responds?|responded|replies|replied|rejects?|rejected|sends?|throws?|fails?|is|was";
const STATUS = "(?:an? |HTTP |status )?[45]\\d\\d\\b";

/** `Pexip management API returns 401`, `the Zoom API answers with a 403`, `a 401 from Salesforce`. */
const SUBJECT = new RegExp(
  `\\b(${PRODUCTS})(?:['’]s)?(?: [\\w-]{2,20}){0,3} (?:${ANSWERS})(?: with)? ${STATUS}|(?<![\\w.])[45]\\d\\d(?:s| \\w{2,20}){0,3} (?:from|of|by|at) (?:the |our )?(${PRODUCTS})\\b(?! (?:token|integration|data action))`,
);

/** Returns the product of another maker that a sentence reports to have answered with a status; null without one. */
export function findNamedProduct(words: string): string | null {
  const [, subject, source] = SUBJECT.exec(words) ?? [];
  return subject ?? source ?? null;
}
