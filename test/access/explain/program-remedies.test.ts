import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function adviceOf(paste: string): string {
  return explainText(paste)
    .flatMap(({ remedies }) => remedies.map(({ summary }) => summary))
    .join("\n");
}

describe("the fix for an untrusted certificate is specific to", () => {
  test.each<readonly [string, string, RegExp]>([
    [
      "Java",
      "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target\n\tat com.example.Export.run(Export.java:77)",
      /keytool -importcert .*javax\.net\.ssl\.trustStore/,
    ],
    [
      "Kotlin with okhttp",
      "Caused by: sun.security.validator.ValidatorException: PKIX path building failed\n\tat okhttp3.internal.connection.RealConnection.connectTls(RealConnection.kt:379)",
      /keytool -importcert/,
    ],
    [
      "Python",
      "requests.exceptions.SSLError: HTTPSConnectionPool(host='api.mypurecloud.de', port=443): Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)')))",
      /REQUESTS_CA_BUNDLE=FILE.*certifi/,
    ],
    [
      "httpx",
      "httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1000)",
      /SSL_CERT_FILE=FILE/,
    ],
    [
      ".NET",
      "System.Net.Http.HttpRequestException: The SSL connection could not be established\n ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot\n   at Sync.Program.Main() in C:\\src\\Program.cs:line 12",
      /operating system's certificate store/,
    ],
    [
      "PowerShell",
      "Invoke-RestMethod : The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.\nAt C:\\jobs\\queues.ps1:9 char:6",
      /operating system's certificate store/,
    ],
    [
      "Go",
      'Get "https://api.mypurecloud.ie/api/v2/users/me": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      /operating system.*SSL_CERT_FILE=FILE/,
    ],
    ["curl", "curl: (60) SSL certificate problem: unable to get local issuer certificate", /--cacert FILE/],
    [
      "Node",
      "Error: self-signed certificate in certificate chain\n    at TLSSocket.onConnectSecure (node:_tls_wrap:1674:34) {\n  code: 'SELF_SIGNED_CERT_IN_CHAIN'\n}",
      /NODE_EXTRA_CA_CERTS=FILE/,
    ],
    [
      "Ruby",
      "OpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0 state=error: certificate verify failed (self-signed certificate in certificate chain)\n\tfrom sync.rb:14",
      /SSL_CERT_FILE=FILE/,
    ],
    [
      "PHP",
      "GuzzleHttp\\Exception\\RequestException: cURL error 60: SSL certificate problem: unable to get local issuer certificate for https://api.mypurecloud.com/api/v2/users/me",
      /curl\.cainfo/,
    ],
  ])("%s", (program, paste, advice) => {
    const told = adviceOf(paste);
    expect(told).toMatch(advice);
    expect(told).toContain("never turn verification off");
    expect(told).not.toContain("[withheld]");
    expect(told.includes("NODE_EXTRA_CA_CERTS")).toBe(program === "Node");
  });
});

describe("the fix for a proxy is specific to", () => {
  test.each<readonly [string, string, RegExp]>([
    [
      "Java",
      'java.io.IOException: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407 Proxy Authentication Required"\n\tat java.base/sun.net.www.protocol.http.HttpURLConnection.doTunneling(HttpURLConnection.java:2311)',
      /-Dhttps\.proxyHost/,
    ],
    ["curl", "curl: (56) CONNECT tunnel failed, response 407", /--proxy-user USER/],
    [
      "Python",
      "requests.exceptions.ProxyError: HTTPSConnectionPool(host='api.mypurecloud.com', port=443): Tunnel connection failed: 407 Proxy Authentication Required",
      /HTTPS_PROXY=/,
    ],
    ["Go", "proxyconnect tcp: dial tcp 10.1.2.3:3128: connect: no route to host", /HTTPS_PROXY=/],
  ])("%s", (_program, paste, advice) => {
    expect(adviceOf(paste)).toMatch(advice);
  });
});

describe("the fix for a refusal by the platform inside a data action", () => {
  const ID = "7c6b5a49-3827-4165-9403-f2e1d0c9b8a7";
  const nested = (status: number, code: string, message: string): string =>
    JSON.stringify({ message, code, status, contextId: ID });
  const action = (code: string, cause: string): string =>
    JSON.stringify({
      errorCode: code,
      status: 400,
      correlationId: ID,
      userMessage: "The action failed.",
      details: [{ errorCode: "ACTION.EXECUTION" }],
      errors: [{ errorCode: code, status: 400, userMessage: cause }],
    });

  test.each([
    ["bad.credentials", "Request to backend service failed. Response from web service: "],
    [
      "bad.request",
      "REST call for action 'Queue' (GET /api/v2/routing/queues/${input.id}) failed. Message:Request to backend service failed. Response from web service: ",
    ],
    ["bad.request", "Rest call failed. [status:401, body: "],
  ])("concerns the integration's credentials for a 401 inside %s: %s", (code, before) => {
    const [finding, ...others] = explainText(
      action(code, before + nested(401, "bad.credentials", "Invalid login credentials.")),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ layer: "token", status: 401, code: "bad.credentials" });
    expect(finding?.remedies.map(({ summary }) => summary).join()).toMatch(
      /credentials of the data action's integration/,
    );
    expect(finding?.remedies.map(({ command }) => command ?? "").join("")).toBe("");
  });

  test("names the integration's OAuth client and the operation that the action calls, for a 403", () => {
    const [finding] = explainText(
      action(
        "bad.request",
        `REST call for action 'Wait' (GET /api/v2/routing/queues/\${input.queue}/estimatedwaittime) failed. Message:Request to backend service failed. Response from web service: ${nested(403, "missing.permissions", "Unable to perform the requested action. You are missing the following permission(s): routing:queue:view")}`,
      ),
    );
    expect(finding).toMatchObject({
      layer: "permission",
      status: 403,
      operation: { operationId: "getRoutingQueueEstimatedwaittime" },
    });
    expect(finding?.remedies[0]?.summary).toMatch(
      /^give the OAuth client in the credentials of the data action's integration/,
    );
  });

  test.each(["INVALID_CREDENTIALS", "ACTION_FAILED", "REQUEST_FAILED"])(
    "does not apply when the action quotes another service: %s",
    (code) => {
      const [finding, ...others] = explainText(
        action(
          code,
          'Request to backend service failed. Response from web service: {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided"}',
        ),
      );
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ layer: "none", code });
      expect(finding?.summary).toContain(`\`${code}\``);
    },
  );
});
