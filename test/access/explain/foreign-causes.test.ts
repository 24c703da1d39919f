import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function firstFix(text: string): string {
  const [finding] = explainText(text);
  return finding?.remedies[0]?.summary ?? "";
}

describe("an error with which another service gives its reason", () => {
  test.each([
    [
      "the redirect URI is not registered in Entra",
      "AADSTS50011: The reply URL specified in the request does not match the reply URLs configured for the application.",
      "AADSTS50011",
      /^register the redirect URI/,
    ],
    [
      "the application is not assigned to the user",
      "Sign-in failed. AADSTS50105: The signed in user 'kim@north.example' is not assigned to a role for the application.",
      "AADSTS50105",
      /^assign the user/,
    ],
    [
      "the client secret has expired",
      "AADSTS7000222: The provided client secret keys are expired.",
      "AADSTS7000222",
      /^use the value, not the id/,
    ],
    [
      "an administrator has not consented",
      "AADSTS65001: The user or administrator has not consented to use the application",
      "AADSTS65001",
      /^have an administrator/,
    ],
    [
      "a conditional access policy blocked the login",
      "AADSTS53003: Access has been blocked by Conditional Access policies.",
      "AADSTS53003",
      /^read the sign-in log/,
    ],
    [
      "the application belongs to another tenant",
      "AADSTS700016: Application with identifier 'x' was not found in the directory",
      "AADSTS700016",
      /^compare the application id/,
    ],
  ])("has a specific fix: %s", (_name, text, code, fix) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("none");
    expect(finding?.code).toBe(code);
    expect(finding?.remedies).toHaveLength(1);
    expect(firstFix(text)).toMatch(fix);
  });

  test.each([
    [
      "an AWS role cannot be assumed",
      '{"message":"User: arn:aws:sts::1:assumed-role/caller/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r","code":"bad.request","status":400,"contextId":"77dd0c11-0000-4000-8000-00000000a001"}',
      /trust policy/,
    ],
    [
      "AWS does not allow a call of the function",
      '{"message":"User: arn:aws:sts::1:assumed-role/caller/x is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:2:function:f","code":"bad.request","status":400,"contextId":"77dd0c11-0000-4000-8000-00000000a002"}',
      /allow the action/,
    ],
    [
      "Google does not accept the key",
      '{"message":"Request to backend service failed. {\\"error\\":\\"invalid_grant\\",\\"error_description\\":\\"Invalid JWT Signature.\\"}","code":"bad.request","status":400}',
      /private key/,
    ],
    [
      "rights are missing in Microsoft's service",
      'Rest call failed. [status:403, body:{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}]',
      /missing permissions in Microsoft/,
    ],
    [
      "rights are missing in Salesforce",
      'Rest call failed. [status:403, body:[{"errorCode":"INSUFFICIENT_ACCESS","message":"no access"}]]',
      /missing permissions in Salesforce/,
    ],
    [
      "a firewall in front of the service blocked the call",
      "Rest call failed. [status:403, body:<html>Attention Required! | Cloudflare</html>]",
      /firewall/,
    ],
    [
      "the service gives no reason, so the credentials are suspected",
      'Rest call failed. [status:401, body:{"error":"nope"}]',
      /^check the credentials/,
    ],
  ])("has a specific fix when a data action quotes it: %s", (_name, text, fix) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("none");
    expect(firstFix(text)).toMatch(fix);
  });
});

test.each([
  "Error loading state: AccessDenied: Access Denied\n\tstatus code: 403, request id: 1A2B3C, host id: abc=",
  "operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 9Z8Y, HostID: x, api error Forbidden: Forbidden",
  'POST https://events.eu-west-1.amazonaws.com/\n\nHTTP/1.1 400 Bad Request\n\n{"__type":"InvalidSignatureException","message":"Signature expired"}',
])("an AWS error is recognized by its format: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/AWS sent this response, not the platform/);
});

test.each([
  [
    "registry.terraform.io",
    'Get "https://registry.terraform.io/v1/providers": net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    "registry.npmjs.org",
    "npm error request to https://registry.npmjs.org/x failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org",
  ],
  ["crm.north.example", "Error: connect ECONNREFUSED crm.north.example:443"],
])("a failed connection to %s is not explained as a failure to reach the platform", (host, text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("network");
  expect(finding?.summary).toContain(`\`${host}\`, which is not a host of the platform`);
  expect(finding?.remedies.map(({ summary }) => summary).join()).not.toMatch(/api and login/);
});

test.each([
  ["a proxy", "Error: connect ECONNREFUSED proxy.north.example:3128"],
  [
    "a gateway in front of the API",
    'Post "https://gateway.north.example/api/v2/routing/queues": dial tcp: i/o timeout',
  ],
])("a failed connection to %s may be a failure to reach the platform", (_name, text) => {
  const [finding] = explainText(text);
  expect(finding?.summary).not.toContain("which is not a host of the platform");
});

test.each([
  [
    "an exception of the called function",
    '{"message":"Internal Server Error","code":"internal.server.error","status":500,"contextId":"77dd0c11-0000-4000-8000-00000000a101","errors":[{"message":"REST call for action execute failed. Message: Invoked function failed. Response from function: Function execution failed with error Type: Unhandled","code":"INTERNAL_SERVER_ERROR","status":500}]}',
    /the function that the data action calls/,
    /^fix the error that the function throws/,
  ],
  [
    "a status that the called function returned",
    'Our data action takes the success path, although the function returns\n{"statusCode": 401, "body": {"ok": false}}',
    /the function that the data action calls returned 401/,
    /^look for this status in the function's own code/,
  ],
  [
    "a 503 of the called service",
    'Rest call failed. [status:503, body:{"error":"busy"}]',
    /returned 503/,
    /^read the called service's log/,
  ],
  [
    "a timeout of the gateway in front of the called service",
    "Rest call failed. [status:524, body:error code: 524]",
    /returned 524/,
    /took too long/,
  ],
])("explains a data action that reports %s", (_name, text, summary, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(summary);
  expect(firstFix(text)).toMatch(fix);
});

test.each([
  [
    "Google, by a gRPC status",
    "io.grpc.StatusRuntimeException: PERMISSION_DENIED: IAM permission 'dialogflow.intents.list' on 'projects/p' denied.",
    /Google sent this response/,
    /account whose key/,
  ],
  [
    "Google, by its wording",
    "The bot connector logs: IAM permission 'dialogflow.agents.get' on 'projects/p/agents/1' denied",
    /Google sent this response/,
    /account whose key/,
  ],
  [
    "Salesforce, after a failed login",
    "https://login.salesforce.com/services/oauth2/authorize?client_id=1&redirect_uri=https%3A%2F%2Fapps.mypurecloud.de%2Fx\nerror=redirect_uri_mismatch&error_description=no%20match",
    /Salesforce sent this response/,
    /callback URLs/,
  ],
  [
    "AWS, because of a wrong clock",
    "SignatureDoesNotMatch: Signature not yet current: 20260401T120900Z is still later than 20260401T120500Z\n\tstatus code: 403, request id: 1",
    /AWS sent this response/,
    /^correct the clock/,
  ],
])("the response is attributed to %s", (_name, text, summary, fix) => {
  const findings = explainText(text);
  expect(findings.map(({ layer }) => layer)).toEqual(["none"]);
  expect(findings[0]?.summary).toMatch(summary);
  expect(firstFix(text)).toMatch(fix);
});

test("the percent-encoding of a URL does not become part of its host's name", () => {
  const findings = explainText(
    "401 Unauthorized at https://login.mypurecloud.de/oauth/authorize?redirect_uri=https%3A%2F%2Fapps.mypurecloud.de%2Fcallback",
  );
  expect(JSON.stringify(findings)).not.toContain("2fapps");
});

test.each([
  "wss://api.cxone.com/v2/conversations/guests/5/events returns a 403 Forbidden",
  "The socket wss://streams.five9.com/v2/events/all is closed, 401 Unauthorized",
])("a WebSocket of another product is not mistaken for one of the API: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(JSON.stringify(finding)).not.toMatch(/webmessaging|notifications\/channels/);
});

test.each([
  "Error: NoCredentialProviders: no valid providers in chain",
  "Error: No valid credential sources found\n\nError: failed to refresh cached credentials, no EC2 IMDS role found, context deadline exceeded",
])("missing AWS credentials are explained as an error before any call to the platform: %s", (text) => {
  const [finding, ...others] = explainText(text);
  expect(others).toEqual([]);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/no AWS credentials/);
});
