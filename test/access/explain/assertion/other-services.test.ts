import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("names no other service that the text only mentions", () => {
  staysSilent(
    "named product",
    /not the platform|response is from|wrong: the platform refused|: (Salesforce|Zoom|Okta|ServiceNow|Zendesk|Slack|Teams|Entra|Twilio|Dialogflow|Microsoft|AWS|Google)\b.*(answered|refused|responded|sent)/i,
    [
      "The Genesys API returns 403, not Salesforce. Which permission do I need?",
      "It is not a 401 from Okta. The Genesys token is refused with 401.",
      "If Salesforce returns 401 our flow stops, but it does not. Genesys Cloud returns 403 on the user listing.",
      "Our integration for ServiceNow calls Genesys Cloud and gets a 403 from Genesys.",
      "A colleague's Zendesk app gives 403. Ours: the Genesys Cloud queue listing returns 403.",
    ],
  );
  staysSilent("another product that the platform calls", /refused the platform's call|web service/i, [
    "Our data action works. Separately Zendesk rejects our emails. The Genesys API returns 403 to our script.",
    "No data action is involved. ServiceNow rejects nothing. The Genesys API returns 403.",
  ]);
  staysSilent("a system of the reader's own", /one of your own systems|system of your own/, [
    "If our webhook returns 500, does Genesys retry? We get 403 from GET /api/v2/users.",
    "Our server returned 200. GET /api/v2/users returned 403.",
    "Our backend returns 403 to the browser because GET /api/v2/users returned 403 to it.",
    "Our endpoint never returns 403. The Genesys API does.",
  ]);
  staysSilent("the web service of a data action", /data action's web service/, [
    "The data action calls the platform's own API, not an external service, and gets 403.",
    "We replaced our external service last month. The data action gets 403 from the Genesys Cloud API.",
  ]);
  staysSilent("Salesforce as the caller", /stopped it before it was sent/, [
    "The Remote site settings are correct. The callout to GET /api/v2/users returns 403 with missing.permissions.",
  ]);
  staysSilent("a gateway", /Zscaler|firewall or filtering proxy|Cloudflare/, [
    "Zscaler is not in the path. GET https://api.mypurecloud.com/api/v2/users returns 403.",
    "We bypassed Zscaler, and GET https://api.mypurecloud.com/api/v2/users still returns 403.",
    "It works without the Palo Alto firewall and with it. GET https://api.mypurecloud.com/api/v2/users returns 403.",
    "Is Imperva able to block GET /api/v2/users? We get 403.",
  ]);
  staysSilent("Okta", /Okta/, [
    "The field errorSummary of our own log is empty. GET https://api.mypurecloud.com/api/v2/users returns 403.",
  ]);
  staysSilent("Google", /Google/, [
    "googleapis.com is reachable. GET /api/v2/users returns 403.",
    "Our page loads fonts from fonts.googleapis.com. GET /api/v2/users returns 403.",
  ]);
  staysSilent("GitHub", /GitHub/, [
    "Our catalog has the column documentation_url. GET /api/v2/users returns 403.",
  ]);
  staysSilent("Genesys Engage", /Genesys Engage/, [
    "We migrated from Genesys Engage to Genesys Cloud. GET /api/v2/users returns 403.",
    "This is not Genesys Engage. GET /api/v2/users returns 403.",
    "Our old GWS had a status page. GET /api/v2/users returns 403.",
  ]);
  staysSilent("PureConnect", /PureConnect/, [
    "We left PureConnect (/icws/connection) in 2020. GET /api/v2/users returns 403.",
  ]);
  staysSilent("Elasticsearch", /Elasticsearch/, [
    "security_exception is the name of our log table. GET /api/v2/users returns 403.",
  ]);
  staysSilent("AWS", /AWS/, [
    "The Lambda is not the problem; AccessDeniedException never appears. GET https://api.mypurecloud.com/api/v2/users returns 403.",
    "We fixed the AccessDeniedException in AWS. Now GET https://api.mypurecloud.com/api/v2/users returns 403.",
  ]);
  staysSilent("GitLab", /GitLab/, [
    'Uploading artifacts as "archive"... 200 OK\nGET https://api.mypurecloud.com/api/v2/users returned 403',
  ]);
  staysSilent("a SAML response", /identity provider's SAML response/, [
    "The SAML assertion is fine. The Genesys API returns 401.",
    "Is a SAML response needed for the API? We get 401.",
  ]);
  staysSilent("a messenger's sign-in", /messenger's sign-in/, [
    "We do not use messenger sign-in with an IdP. The Genesys API returns 401.",
  ]);
  staysSilent("AudioHook", /AudioHook/, [
    "The AudioHook integration works without an error. The Genesys API returns 403.",
  ]);
  staysSilent("file storage", /file storage/, [
    "We do not use the presigned URL, the API call itself returns 403.",
    "If the presigned URL is expired you get 403. We get 403 from the users listing.",
    "Unlike the presigned link, which works, the recordings listing returns 403.",
  ]);
  staysSilent(
    "a WebSocket that does not open",
    /notification channel did not accept|web messaging rejected/,
    ["The handshake error is fixed. We use wss://streaming.mypurecloud.com/channels/x and it works."],
  );
});
