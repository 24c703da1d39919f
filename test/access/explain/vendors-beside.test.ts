import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

describe("a response from another vendor", () => {
  test.each([
    [
      "HCP Terraform",
      "Error: Failed to request discovery document: 401 Unauthorized",
      /HCP Terraform sent this response/,
      /HCP Terraform/,
    ],
    [
      "HCP Terraform, which got no token",
      "Error: Required token could not be found\n\nRun terraform login to get a token. Host app.terraform.io",
      /HCP Terraform sent this response/,
      /HCP Terraform/,
    ],
    [
      "Okta",
      "Sign-in failed: User is not assigned to this application.",
      /Okta sent this response/,
      /^assign the user/,
    ],
    [
      "AD FS",
      "Encountered error during federation passive request. MSIS7042: The same client browser session has made '6' requests",
      /Microsoft sent this response/,
      /^stop the loop/,
    ],
    [
      "GitHub",
      'HttpError: Resource not accessible by integration\nstatus: 403\n{"documentation_url":"https://docs.github.com/rest"}',
      /GitHub sent this response/,
      /workflow/,
    ],
    [
      "the AWS CLI",
      "An error occurred (ResourceNotFoundException) when calling the DescribeEventSource operation: Event source x does not exist.",
      /AWS sent this response/,
      /^compare the account, region and name/,
    ],
  ])("is recognized: %s", (_name, text, summary, fix) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(summary);
    expect(finding?.remedies[0]?.summary).toMatch(fix);
  });

  test("is not assumed when the log of an HCP Terraform run shows the platform's response", () => {
    const [finding] = explainText(
      "To view this run: https://app.terraform.io/app/north/runs/1\nError: Failed to create queue: API Error: 403 - You are missing the following permission(s): routing:queue:add (0b5d7f91-0000-4000-8000-00000000c001)",
    );
    expect(finding?.layer).toBe("permission");
  });
});

test.each([
  [
    "an AWS function that does not exist",
    '{"message":"Function not found: arn:aws:lambda:us-east-1:1:function:a (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 1)","code":"bad.request","status":400,"contextId":"0b5d7f91-0000-4000-8000-00000000c002"}',
    /AWS returned 404/,
    /^compare the account, region and name/,
  ],
  [
    "a function that AWS throttles",
    '{"message":"Rate Exceeded. (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: 1)","code":"bad.request","status":400,"contextId":"0b5d7f91-0000-4000-8000-00000000c003"}',
    /AWS returned 429/,
    /^call the service less often/,
  ],
  [
    "a scope that the called service does not know",
    'Request to backend service failed. Web service response: {"error":"invalid_scope","error_description":"x"}',
    /data action's web service/,
    /^enter scopes that the called service knows/,
  ],
])("suggests a fix for a data action that quotes %s", (_name, text, summary, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(summary);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
  expect(finding?.claims.map(({ text: claim }) => claim)).toEqual(["the platform refused the call"]);
});

test.each([
  "Our webhook at https://in.north.example/hook answers the Genesys Cloud trigger with\nHTTP/1.1 403 Forbidden\nserver: cloudflare\ncf-ray: 1",
  "The data action posts to https://in.north.example/hook\nHTTP/1.1 429 Too Many Requests\n\nerror code: 1015",
])(
  "a gateway in front of the writer's own service is not taken for a proxy in front of the platform: %s",
  (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(/the platform refused nothing, even if it made the call/);
  },
);

test.each(["api.genesyscloud.com", "login.genesyscloud.com", "api.us.genesyscloud.com"])(
  "treats %s as a misspelled host of the platform, not of Genesys Engage",
  (host) => {
    const [finding] = explainText(`https://${host}/api/v2/users answers 401 Unauthorized`);
    expect(finding?.summary).not.toMatch(/Engage/);
  },
);

test.each([
  "GET https://api-cdn.usw2.pure.cloud/webdeployments/v1/deployments/1/config.json 404 (Not Found)",
  "GET https://api-cdn.mypurecloud.com/webdeployments/v1/deployments/2/domains.json 403",
])("a refused request for a deployment's public configuration is attributed to web messaging: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("request");
  expect(finding?.summary).toMatch(/web messaging rejected the visitor/);
});

test.each([
  "Every half hour we get a close event with code 1000.",
  "A close frame with 1001 ends the notification stream",
])("a WebSocket close event is explained by its code: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.summary).toMatch(/was closed with 100[01]/);
});

test("an object that Terraform cannot read back after applying is not explained as a refusal", () => {
  const [finding] = explainText(
    'Error: Provider produced inconsistent result after apply\n\nWhen applying changes to genesyscloud_group.a, provider "genesyscloud" produced an unexpected new value: Root object was present, but now absent.',
  );
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/could not read back the object/);
});

test.each([
  "The data action fails with a 401 Unauthorized. Our CRM backend accepts the same credentials in a browser.",
  "Architect takes the failure path: the data action to an external REST API gets a 403 Forbidden.",
])("a data action that an external service refuses is attributed to that service: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/the data action's web service returned 40[13]/);
});

test.each([
  "The data action fails with a 401 Unauthorized, and the token was requested an hour ago.",
  "Our backend calls /api/v2/users with the token of a data action and gets a 403 Forbidden.",
])("a data action that calls the platform is not attributed to an external service: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.summary).not.toMatch(/data action's web service/);
});

test("an AWS function that exceeds its own time limit is reported as too slow for the data action", () => {
  const [finding] = explainText(
    'The data action receives {"errorMessage":"2026-01-01T00:00:00Z 1 Task timed out after 6.01 seconds"}',
  );
  expect(finding?.layer).toBe("none");
  expect(finding?.remedies[0]?.summary).toMatch(/time limit that ended the function/);
});

test.each([
  "Error: certificate has expired\n  code: 'CERT_HAS_EXPIRED'",
  "x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is after 2025-12-31T00:00:00Z",
  "net::ERR_CERT_DATE_INVALID",
])("an expired certificate is not attributed to a proxy: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("network");
  expect(finding?.summary).toMatch(/^the call got no response: the TLS certificate is out of date/);
});

test.each([
  ["Error: app_not_configured_for_user\nService is not configured for this user", "Google"],
  ['PingOne: "Error: ACCESS_DENIED - You do not have access to this site."', "Ping Identity"],
  ['{"error":{"code":"AuthorizationFailed","message":"The client does not have access"}}', "Azure"],
  [
    'POST https://api.hubapi.com/crm/v3/objects/contacts 429 {"status":"error","message":"You have reached your limit.","correlationId":"c033cdaa-2c40-4a64-ae48-b4cec88dad24"}',
    "HubSpot",
  ],
  ["GET https://app.five9.com/appsvcs/rs/svc/auth/metadata 401", "Five9"],
])("names who sent %s", (text, name) => {
  const [finding, ...others] = explainText(text);
  expect(others).toEqual([]);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toContain(`${name} sent this response, not the platform`);
});

test.each([
  '{"error":{"code":"ResourceExhausted","message":"quota"}}',
  '{"error":{"code":"PrincipalLacksPrivilege","message":"Principal user is missing a privilege"}}',
])("an error code in another vendor's style is not attributed to the platform: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("unknown");
  expect(finding?.summary).toMatch(/not in the platform's format/);
  expect(finding?.remedies.map(({ command }) => command)).toEqual([undefined]);
});

test("an AWS gateway's response at a path unknown to the platform may not concern the platform", () => {
  const [finding] = explainText(
    'curl https://a1b2.execute-api.eu-west-1.amazonaws.com/prod/hook\n{"message":"Forbidden"}  HTTP 403',
  );
  expect(finding?.layer).toBe("unknown");
  expect(finding?.summary).not.toMatch(/between the caller and the platform/);
});

test.each([
  "curl: (56) Received HTTP code 403 from proxy after CONNECT",
  "curl: (56) CONNECT tunnel failed, response 403",
  "OSError: Tunnel connection failed: 403 Forbidden",
])("a status that a proxy returned is not attributed to the platform: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("network");
  expect(finding?.status).toBeNull();
});

test.each([
  [
    "(Forbidden) The application 'appid=3c' does not have secrets get permission on key vault 'kv'. Code: Forbidden",
    "Azure",
  ],
  [
    "snowflake.connector.errors.DatabaseError: 250001: Failed to connect to DB: Incorrect password",
    "Snowflake",
  ],
  ["Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity", "AWS"],
])("an error of a tool in the pipeline is not attributed to the platform: %s", (text, name) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toContain(`${name} sent this response, not the platform`);
});

test.each([
  'GET https://north.my.salesforce.com/services/data/v60.0/query 403 [{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
  "8 RESOURCE_EXHAUSTED: Quota exceeded for service 'dialogflow.googleapis.com'",
])("a rate limit of another product leads to advice to wait: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.remedies[0]?.kind).toBe("wait");
});

test.each([
  [
    'GET https://api.intercom.io/contacts -> 401 {"errors":[{"code":"unauthorized","message":"Access Token Invalid"}]}',
    "unknown",
  ],
  ['{"message":"Signature expired: 20261101T100000Z is now earlier than 20261101T101500Z"}', "none"],
  [
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota'}}",
    "none",
  ],
  ['{"message":"Invalid widget"}', "unknown"],
])("says nothing about the platform's token or limits for %s", (text, layer) => {
  const [finding] = explainText(text);
  expect(finding?.layer ?? "unknown").toBe(layer);
  expect(finding?.summary ?? "").not.toMatch(
    /the token is not accepted|with this token|does not reveal which layer/,
  );
});

test.each([
  'Post "https://login.euw2.pure.cloud/oauth/token": proxyconnect tcp: dial tcp 10.1.1.9:3128: connect: connection refused',
  "curl: (5) Could not resolve proxy: proxy.north.example",
])("an unreachable proxy is not explained as a refusal by the proxy: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("network");
  expect(finding?.summary).toMatch(/could not reach the proxy itself/);
});
