import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

/**
 * Responses from other services: the service, the text, the layer that the finding gets, and a sentence that names
 * the service.
 */
const FOREIGN: readonly (readonly [string, string, string, RegExp])[] = [
  [
    "Okta",
    '{"errorCode":"E0000006","errorSummary":"You do not have permission to perform the requested action","errorLink":"E0000006","errorId":"oaeABC","errorCauses":[]}',
    "none",
    /Okta sent this response/,
  ],
  [
    "Okta, by its host",
    'GET https://acme.okta.com/api/v1/users\n403 Forbidden\n{"errorCode":"E0000006"}',
    "none",
    /Okta sent this response/,
  ],
  [
    "Google",
    '{"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED"}}',
    "none",
    /Google sent this response/,
  ],
  [
    "Google, by its host",
    "POST https://sheets.googleapis.com/v4/spreadsheets/1/values:append\n403 Forbidden",
    "none",
    /Google sent this response/,
  ],
  [
    "Graph",
    '{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}',
    "none",
    /Microsoft sent this response/,
  ],
  [
    "Entra",
    "400 Bad Request AADSTS700016: Application with identifier was not found in the directory",
    "none",
    /Microsoft sent this response/,
  ],
  [
    "Microsoft Graph, by its host",
    "GET https://graph.microsoft.com/v1.0/users 403 Forbidden",
    "none",
    /Microsoft sent this response/,
  ],
  [
    "Salesforce",
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}] 401',
    "none",
    /Salesforce sent this response/,
  ],
  [
    "a Salesforce callout, by its exception",
    "System.CalloutException: Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = https://api.mypurecloud.com/api/v2/users\nClass.Client.list: line 42",
    "network",
    /Salesforce blocked the call before it was sent; nothing reached the platform/,
  ],
  [
    "Zendesk, by its host",
    'GET https://acme.zendesk.com/api/v2/users.json\n401 Unauthorized\n{"error":"Couldn\'t authenticate you"}',
    "none",
    /Zendesk sent this response/,
  ],
  [
    "ServiceNow",
    'https://acme.service-now.com/api/now/table/incident 401 {"error":{"message":"User Not Authenticated","detail":"Required to provide Auth information"}}',
    "none",
    /ServiceNow sent this response/,
  ],
  [
    "GitHub",
    '{"message":"Resource not accessible by integration","documentation_url":"https://docs.github.com/rest","status":"403"}',
    "none",
    /GitHub sent this response/,
  ],
  ["Slack", '{"ok":false,"error":"missing_scope","needed":"chat:write"}', "none", /Slack sent this response/],
  [
    "Engage",
    "GET https://gapi-usw1.genesyscloud.com/statistics/v3/subscriptions 403 Forbidden",
    "none",
    /Genesys Engage sent this response/,
  ],
  [
    "Genesys Engage, by its path",
    "POST https://gws.acme.internal/workspace/v3/initialize-workspace\n401 Unauthorized",
    "none",
    /Genesys Engage sent this response/,
  ],
  [
    "AWS",
    "AccessDeniedException: User: arn:aws:iam::123456789012:user/etl is not authorized to perform: s3:PutObject 403",
    "none",
    /AWS sent this response/,
  ],
  [
    "an AWS gateway, by its body",
    '403 Forbidden {"message":"Missing Authentication Token"}',
    "network",
    /an AWS gateway between the caller/,
  ],
  [
    "an AWS gateway, by its host",
    "GET https://ab12cd34.execute-api.eu-central-1.amazonaws.com/prod/api/v2/users 403 Forbidden",
    "network",
    /an AWS gateway between the caller/,
  ],
  [
    "Cloudflare",
    "GET https://api.mypurecloud.com/api/v2/users\nHTTP/1.1 403 Forbidden\nServer: cloudflare\nContent-Type: text/html\n\n<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head></html>",
    "network",
    /a Cloudflare gateway between the caller/,
  ],
  [
    "nginx",
    "<html>\n<head><title>403 Forbidden</title></head>\n<body>\n<center><h1>403 Forbidden</h1></center>\n<hr><center>nginx/1.24.0</center>\n</body>\n</html>",
    "network",
    /nginx between the caller/,
  ],
  [
    "Azure",
    '{"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."}',
    "network",
    /an Azure gateway between the caller/,
  ],
  [
    "CXone, although the platform has the same code",
    'GET https://api-na1.niceincontact.com/incontactapi/services/v27.0/agents HTTP/1.1\n\nHTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{"error":"forbidden","error_description":"The profile does not allow this"}',
    "none",
    /NICE CXone sent this response/,
  ],
  [
    "Power BI",
    'PATCH https://api.powerbi.com/v1.0/myorg/gateways/1/datasources/2\nStatus: 403\n{"error":{"code":"PowerBINotAuthorizedException"}}',
    "none",
    /Microsoft sent this response/,
  ],
  [
    "Genesys Engage, by its classes",
    'HTTP/1.1 400 Bad Request\n\n{"message":"Invalid tenant specified","exception":"com.genesyslab.gsg.services.X"}',
    "none",
    /Genesys Engage sent this response/,
  ],
  [
    "Finesse",
    "401 Unauthorized https://finesse.acme.internal:8445/finesse/api/User/1\n<ApiErrors><ApiError><ErrorType>Authorization Failure</ErrorType></ApiError></ApiErrors>",
    "none",
    /Cisco Finesse sent this response/,
  ],
  [
    "AWS, called by n8n",
    '{"errorMessage":"Forbidden","n8nDetails":{"nodeType":"n8n-nodes-base.awsS3","httpCode":"403"}}',
    "none",
    /AWS sent this response/,
  ],
  [
    "an unknown host that is not the platform's",
    "Error: GET https://idm.example.org/authorize/identity: 403 {issue: [{code: forbidden}]}",
    "unknown",
    /went to a host that is not the platform's/,
  ],
  ["Kong", '{"message":"No API key found in request"} 401', "network", /a Kong gateway between the caller/],
  [
    "Zscaler",
    "HTTP/1.1 403 Forbidden\nServer: Zscaler/6.2\nContent-Type: text/html\n\n<html><head><title>Zscaler</title></head></html>",
    "network",
    /Zscaler proxy between the caller/,
  ],
];

describe("identifies a response that another service sent", () => {
  test.each(FOREIGN)("%s", (_name, text, layer, said) => {
    const findings = explainText(text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      layer,
      operation: null,
      missing: { permissions: [], scopes: [], divisions: [] },
      summary: expect.stringMatching(said),
    });
  });

  test.each(FOREIGN)("with no claim and no advice about the platform: %s", (_name, text) => {
    const [finding] = explainText(text);
    const words = JSON.stringify([
      finding?.claims.filter(({ verdict }) => verdict === "true"),
      finding?.remedies,
    ]);
    expect(words).not.toMatch(/check-scopes|assign|role|permission `|scope `|whoami|genscope login/);
  });
});

describe("a response from the web service that a data action calls", () => {
  const TEXT = `{"message":"Rest call failed. [status:401, body:{\\"error\\":\\"Couldn't authenticate you\\"}]","code":"bad.request","status":400,"contextId":"9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a","details":[{"errorCode":"WEB_SERVICE_ERROR"}],"errors":[]}
POST /api/v2/integrations/actions/custom_-_5d4c3b2a-1f0e-4d9c-8b7a-6f5e4d3c2b1a/execute`;

  test("is attributed to that service, with a fix for its credentials", () => {
    const [finding, ...others] = explainText(TEXT);
    expect(others).toEqual([]);
    expect(finding?.summary).toMatch(
      /Zendesk returned 401; the platform called it and refused nothing itself/,
    );
    expect(finding).toMatchObject({ layer: "none", correlationId: "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a" });
    expect(finding?.remedies[0]?.summary).toContain("credentials of the data action's integration");
    expect(JSON.stringify(finding)).not.toContain("DELETE");
  });
});

describe("a data action that could not reach or log in to its web service", () => {
  const failed = (cause: string): string =>
    JSON.stringify({
      errorCode: "INVALID_CREDENTIALS",
      status: 400,
      correlationId: "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b",
      errors: [{ errorCode: "INVALID_CREDENTIALS", status: 400, userMessage: cause }],
    });

  test.each([
    [
      "Microsoft",
      'Request to backend service failed. Response from web service: {"error":"invalid_grant","error_description":"AADSTS7000222: The secret has expired"}',
      /Microsoft returned an error; the platform called it and refused nothing itself/,
    ],
    [
      "a service that the response does not name",
      'Request to backend service failed. Response from web service: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
      /the data action's web service returned an error; the platform called it/,
    ],
    [
      "a certificate",
      "Request to backend service failed. PKIX path building failed: unable to find valid certification path (https://crm.example.com)",
      /the platform does not trust the certificate of the data action's web service/,
    ],
  ])("names %s and claims nothing about the platform's logins", (_name, cause, said) => {
    const [finding, ...others] = explainText(failed(cause));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ layer: "none", summary: expect.stringMatching(said) });
    expect(JSON.stringify(finding)).not.toMatch(/genscope login|oauth\/token|NODE_EXTRA_CA_CERTS|--ca-cert/);
  });
});

test.each([
  "Rest call failed. [status:403, body:",
  "Request to backend service failed. Response from web service: ",
])("a data action that calls the platform passes on the platform's own refusal: %s", (wrapper) => {
  const refusal = JSON.stringify({
    message:
      "Unable to perform the requested action. You are missing the following permission(s): routing:queue:view",
    code: "missing.permissions",
    status: 403,
    contextId: "0c1d2e3f-1111-4222-8333-444455556666",
  });
  const [finding, ...others] = explainText(
    JSON.stringify({
      errorCode: "bad.request",
      status: 400,
      errors: [{ userMessage: `${wrapper}${refusal}` }],
    }),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    layer: "permission",
    status: 403,
    missing: { permissions: ["routing:queue:view"] },
  });
});

test("a refusal from another host is not attributed to an earlier call to the platform", () => {
  const [finding] = explainText(
    'GET https://api.mypurecloud.com/api/v2/users\nGET https://idm.example.org/permissions 403 "not allowed"',
  );
  expect(finding).toMatchObject({ layer: "unknown", operation: null, status: 403 });
});

describe("a response from the platform is not attributed to another service", () => {
  test.each<[string, string, string]>([
    [
      "through CloudFront",
      '> GET /api/v2/users HTTP/1.1\n> Host: api.mypurecloud.com\n>\n< HTTP/1.1 403 Forbidden\n< X-Cache: Error from cloudfront\n< inin-correlation-id: 0c1d2e3f-1111-4222-8333-444455556666\n<\n{"message":"x","code":"not.authorized","status":403,"contextId":"0c1d2e3f-1111-4222-8333-444455556666"}',
      "unknown",
    ],
    [
      "beside a remark about Google",
      'We sync to Google Sheets. {"message":"Unable to perform the requested action. You must have at least one of the following permissions assigned: [routing:queue:view]","code":"missing.any.permissions","status":403,"contextId":"0c1d2e3f-1111-4222-8333-444455556666"} Our calls to googleapis.com work.',
      "permission",
    ],
    [
      "when Salesforce made the call",
      'Salesforce flow: {"message":"Invalid login credentials.","code":"bad.credentials","status":401,"contextId":"0c1d2e3f-1111-4222-8333-444455556666"}',
      "token",
    ],
  ])("%s", (_name, text, layer) => {
    expect(explainText(text)[0]?.layer).toBe(layer);
  });
});

test("a response that lacks the platform's format is not attributed to the platform", () => {
  const [finding] = explainText(
    'POST https://api.mypurecloud.com/api/v2/outbound/campaigns\n403 Forbidden\n{"errors": ["You do not have permission to perform this action."], "message": "Forbidden"}',
  );
  expect(finding?.claims).toContainEqual(
    expect.objectContaining({ text: "the platform sent this response", verdict: "unknown" }),
  );
});

test("a path missing from the catalog is named with its host when the host is not the platform's", () => {
  const [finding] = explainText("GET https://intake.stats.example/api/v2/rum answered 403");
  expect(finding?.summary).toMatch(/^`GET intake\.stats\.example\/api\/v2\/rum` returned 403/);
  expect(finding?.remedies.map(({ command }) => command)).not.toContain("genscope whoami");
});
