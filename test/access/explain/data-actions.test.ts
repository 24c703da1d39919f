import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

/** Returns the platform's response to a data action whose call failed. */
function answered(message: string, detail = "ACTION.REMOTE_ENDPOINT"): string {
  return JSON.stringify({
    message,
    code: "bad.request",
    status: 400,
    contextId: "0b5d7f91-0000-4000-8000-00000000d001",
    details: [{ errorCode: detail }],
    errors: [],
  });
}

describe("explains that the platform got no response from the service that a data action calls", () => {
  test.each([
    [
      answered('Invoked function failed: {"errorMessage":"Task timed out after 5.01 seconds"}'),
      /did not respond to the platform in time/,
      /^raise the time limit that ended the function/,
    ],
    [
      answered("Request to backend service failed. java.net.SocketTimeoutException: Read timed out"),
      /did not respond to the platform in time/,
      /^make the called service respond/,
    ],
    [
      answered("org.apache.http.conn.ConnectTimeoutException: Connect to 192.0.2.1:443 timed out"),
      /did not respond to the platform in time/,
      /^make the called service respond/,
    ],
    [
      answered("javax.net.ssl.SSLHandshakeException: PKIX path building failed", "ACTION.CERTIFICATE"),
      /does not trust the certificate/,
      /whole certificate chain/,
    ],
    [
      answered("java.net.UnknownHostException: crm.north.example"),
      /could not connect/,
      /^make the called service reachable/,
    ],
    [
      answered("Request to backend service failed. java.net.ConnectException: Connection refused"),
      /could not connect/,
      /^make the called service reachable/,
    ],
  ])("%s", (text, meaning, fix) => {
    const [finding, ...others] = explainText(`test of https://crm.north.example/api/orders\n${text}`);
    expect(others).toEqual([]);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(/^the call \w+ed 400/);
    expect(finding?.summary).toMatch(meaning);
    expect(finding?.summary).not.toMatch(/returned an error/);
    expect(finding?.remedies[0]?.summary).toMatch(fix);
  });
});

test("a data action that calls the platform passes on the platform's own refusal", () => {
  const inner = JSON.stringify({
    message:
      "Unable to perform the requested action. You are missing the following permission(s): routing:queue:view",
    code: "missing.permissions",
    status: 403,
    contextId: "0b5d7f91-0000-4000-8000-00000000d002",
  });
  const [finding] = explainText(
    answered(`REST call for Integration Genesys Cloud Data Actions failed with status 403: ${inner}`),
  );
  expect(finding?.layer).toBe("permission");
  expect(finding?.missing.permissions).toEqual(["routing:queue:view"]);
  expect(finding?.remedies[0]?.summary).toMatch(/data action's integration/);
});

test("a limit of the called service is not attributed to the platform", () => {
  const [finding] = explainText(answered("Rest call failed. [status:429, headers: {}, body: slow down]"));
  expect(finding?.layer).toBe("none");
  expect(finding?.remedies[0]?.summary).toMatch(/^call the service less often/);
});

test.each([
  "The maximum number of concurrent executions (50) has been exceeded, key actions.concurrent.executions.max.",
  "Too many simultaneous executions of data actions.",
])("a limit on concurrent data actions is not explained as a rate limit per token: %s", (message) => {
  const [finding] = explainText(
    JSON.stringify({
      message,
      code: "too.many.requests",
      status: 429,
      contextId: "0b5d7f91-0000-4000-8000-00000000d003",
    }),
  );
  expect(finding?.layer).toBe("rate-limit");
  expect(finding?.summary).toMatch(/at the same time/);
  expect(finding?.remedies.map(({ summary }) => summary).join()).not.toMatch(/per token/);
});

test.each([
  'Failed to process request template: Encountered "<EOF>" at requestTemplate[line 3, column 41]',
  "org.apache.velocity.exception.ParseErrorException: Lexical error at requestUrlTemplate[line 1, column 9]",
])("a data action whose template has a wrong macro sent no request: %s", (message) => {
  const [finding] = explainText(answered(message, "ACTION.PROCESSING"));
  expect(finding?.layer).toBe("request");
  expect(finding?.summary).toMatch(/could not fill its request template/);
});

test("a login service that refuses an integration leads to a fix of the integration's credentials", () => {
  const [finding] = explainText(
    answered(
      'Request to backend service failed. Response from web service: {"error":"invalid_client"}',
      "ACTION.AUTHENTICATION",
    ),
  );
  expect(finding?.layer).toBe("none");
  expect(finding?.remedies[0]?.summary).toMatch(/^check the credentials of the data action's integration/);
});

test("a refusal by AWS is attributed to the platform's call only inside a data action", () => {
  const message =
    "User: arn:aws:sts::1:assumed-role/ci/run is not authorized to perform: s3:PutObject on resource: x";
  expect(explainText(`pipeline: ${message}`)[0]?.summary).toMatch(/AWS sent this response, not the platform/);
  expect(explainText(answered(message))[0]?.summary).toMatch(/the platform called it/);
});

test.each([
  'The data action "Verify PIN" ended after 10000 ms: timeout. The CRM answered after 14 s.',
  "We see a timeout of the data action in the flow.",
])("an exceeded time limit is not explained as a refusal: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.summary).toMatch(/time limit/);
});

test("rights that an account lacks in the called service are explained as that service's own", () => {
  const [finding] = explainText(
    answered(
      "Rest call failed. [status:403, headers: {}, body: ACL Exception Insert Failed due to security constraints]",
    ),
  );
  expect(finding?.remedies[0]?.summary).toMatch(/^grant the missing permissions/);
});

test.each([
  [
    "javax.net.ssl.SSLException: Received fatal alert: certificate_expired",
    "ACTION.CERTIFICATE",
    "none",
    /^renew the certificate/,
  ],
  [
    "The response from the remote endpoint exceeded the maximum size of 1048576 bytes",
    "ACTION.PROCESSING",
    "request",
    /^ask the called service for less/,
  ],
  [
    'Function execution failed: {"errorType":"Runtime.ImportModuleError"}',
    "ACTION.REMOTE_ENDPOINT",
    "none",
    /^fix the error that the function throws/,
  ],
])("finds the next step for the data action error %s", (message, detail, layer, fix) => {
  const [finding] = explainText(answered(message, detail));
  expect(finding?.layer).toBe(layer);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});
