import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no misconception about the product in text that does not express one", () => {
  staysSilent("a rival product", /the call belongs to/, [
    "We migrated to Genesys Cloud from Five9 last year. GET /api/v2/users returns 403.",
    "We also have an Amazon Connect instance, but this call goes to Genesys Cloud: GET https://api.mypurecloud.com/api/v2/users returns 403.",
    "This is not about Talkdesk. GET /api/v2/users returns 403.",
    "Our competitor uses CXone. GET https://api.mypurecloud.de/api/v2/users returns 403 missing.permissions",
    "Moving our reports off Five9. GET /api/v2/users returns 403.",
  ]);
  staysSilent("rate-limit headers", /header `X-Rate.*` contains the rate limit/, [
    "The platform sends no X-RateLimit-Limit header, only inin-ratelimit-count. GET /api/v2/users returns 429.",
    "HTTP/2 200\nserver: github.com\nx-ratelimit-limit: 5000\n\nThe call GET https://api.mypurecloud.com/api/v2/users returns 403 though.",
    "const hubspotLimit = res.headers['x-ratelimit-remaining']; // HubSpot\nGET /api/v2/users returns 403",
  ]);
  staysSilent("invented rate limits", /the limit is (60|40|180)/, [
    "We send only 60 requests per minute, and GET /api/v2/users returns 429.",
    "Our job makes 40 calls per minute. GET /api/v2/users returns 403.",
    "Zendesk allows 60 requests per minute. Our Genesys call GET /api/v2/users returns 429.",
    "The dashboard refreshes with 60/min. GET /api/v2/users returns 429.",
  ]);
  staysSilent("more OAuth clients for a higher rate limit", /another OAuth client raises the rate limit/, [
    "GET /api/v2/users returns 429. We have several OAuth clients, and only this one is affected.",
    "GET /api/v2/users returns 429. We do not want to create another OAuth client.",
    "GET /api/v2/users returns 429 Too Many Requests. A second client of another team works fine.",
  ]);
  staysSilent("a rate limit per token", /the rate limit is per token/, [
    "The limit is not per token but per client, correct? GET /api/v2/users returns 429.",
  ]);
  staysSilent("throttling that always returns 429", /throttling always returns 429/, [
    "We retry only 429 and 503. GET /api/v2/users returns 503.",
    "Out of 1000 calls we saw only 429 successes. GET /api/v2/users returns 500.",
    "429 is not the only error: GET /api/v2/users also returns 503.",
  ]);
  staysSilent("a WebSocket for visitors", /the API has a socket at/, [
    "We no longer use wss://api.mypurecloud.com/api/v2/webmessaging. GET /api/v2/users returns 403.",
    "There is no socket at wss://api.mypurecloud.com/api/v2/notifications. We use the connectUri. GET /api/v2/users returns 403.",
  ]);
  staysSilent("a subscription that is sent in a WebSocket", /a subscription is sent in the socket/, [
    "We do not send a subscription message in the socket; we use POST /api/v2/notifications/channels/{channelId}/subscriptions, which returns 403.",
    '{"subscribedTopics": ["a"], "status": 200}\nPOST /api/v2/notifications/channels/abc/subscriptions returns 403',
  ]);
  staysSilent("a rate limit per second", /the limit is \d+ (requests|calls) per second/, [
    "Our load test sends 20 requests per second. GET /api/v2/users returns 429.",
    "We are nowhere near 10 requests per second. GET /api/v2/users returns 429.",
    "Our CRM can take 50 requests per second. GET /api/v2/users returns 429.",
  ]);
  staysSilent("the port of a loopback redirect URI", /loopback redirect must match/, [
    "The redirect URI does not need to match the exact port. We get a 403 on GET /api/v2/users.",
    "The callback server listens on exactly the same port as before. GET /api/v2/users returns 403.",
  ]);
  staysSilent("menus of other products", /is part of the product/, [
    "There is no service account in Genesys Cloud, we use an OAuth client. GET /api/v2/users returns 403.",
    "Our Kubernetes service account can reach the API. GET /api/v2/users returns 403.",
    "The Google service account works. The Genesys call GET /api/v2/users returns 403.",
  ]);
  staysSilent("packages of other vendors", /is the official SDK/, [
    "We do not use @genesys/cloud-sdk. GET /api/v2/users returns 403.",
    "npm ERR! 404 '@genesys/cloud-sdk' is not in this registry. So we installed purecloud-platform-client-v2. getUsers returns 403",
  ]);
  staysSilent("error codes of other services", /is an error from the platform/, [
    "Azure returned insufficient_scope, which we fixed. GET https://api.mypurecloud.com/api/v2/users returns 403 missing.permissions.",
    "The invoice number is 401000. GET /api/v2/users returns 403.",
    "We never see insufficient_scope. GET /api/v2/users returns 403.",
    "orderId=401000 GET /api/v2/users returns 403",
  ]);
});
