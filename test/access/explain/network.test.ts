import { expect, test } from "vitest";
import { brief, claimsOf, explainText } from "./packaged-knowledge.ts";

test.each([
  [
    "Node, DNS",
    "Error: getaddrinfo ENOTFOUND api.mypurecloud.com",
    "network - - - | - | - | -",
    "the host name could not be resolved",
  ],
  [
    "curl, DNS",
    "curl: (6) Could not resolve host: api.mypurecloud.com",
    "network - - - | - | - | -",
    "the host name could not be resolved",
  ],
  [
    "Go, DNS",
    'Post "https://api.mypurecloud.com/api/v2/routing/queues": dial tcp: lookup api.mypurecloud.com: no such host',
    "network - - postRoutingQueues | - | - | -",
    "the host name could not be resolved",
  ],
  [
    "Node, refused",
    "connect ECONNREFUSED 127.0.0.1:8080",
    "network - - - | - | - | -",
    "nothing accepts connections at that address",
  ],
  [
    "Node, certificate",
    "Error: self-signed certificate in certificate chain (SELF_SIGNED_CERT_IN_CHAIN)",
    "network - - - | - | - | -",
    "the TLS certificate was not trusted, which usually means that a company proxy intercepts the connection",
  ],
  [
    "Go, certificate",
    "x509: certificate signed by unknown authority",
    "network - - - | - | - | -",
    "the TLS certificate was not trusted, which usually means that a company proxy intercepts the connection",
  ],
  [
    "Java, certificate",
    "javax.net.ssl.SSLHandshakeException: PKIX path building failed",
    "network - - - | - | - | -",
    "the TLS certificate was not trusted, which usually means that a company proxy intercepts the connection",
  ],
  [
    "undici, timeout",
    "ConnectTimeoutError: Connect Timeout Error (UND_ERR_CONNECT_TIMEOUT)",
    "network - - - | - | - | -",
    "no response arrived in time",
  ],
  [
    "Go, timeout",
    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    "network - - - | - | - | -",
    "no response arrived in time",
  ],
  [
    "a connection that broke",
    "Error: socket hang up\n  code: 'ECONNRESET'",
    "network - - - | - | - | -",
    "the connection broke before a response arrived",
  ],
  [
    "a proxy that asks curl for a login",
    "curl: (56) Received HTTP code 407 from proxy after CONNECT",
    "network 407 - - | - | - | -",
    null,
  ],
  [
    "an HTML page that the Go SDK cannot parse",
    "invalid character '<' looking for beginning of value",
    "network - - - | - | - | -",
    "an HTML page came back where the platform sends JSON: a proxy, a login page, or a wrong host",
  ],
  [
    "an HTML page alone",
    "<html><head><title>Sign in</title></head><body></body></html>",
    "network - - - | - | - | -",
    null,
  ],
  [
    "a gateway's error page",
    "HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\n\n<html><head><title>502 Bad Gateway</title></head></html>",
    "service 502 - - | - | - | -",
    null,
  ],
])("explains a network error: %s", (_name, text, expected, truth) => {
  const findings = explainText(text);
  expect(findings.map(brief)).toEqual([expected]);
  const claim = findings[0]?.claims.find(({ text: stated }) => stated === "the platform refused the call");
  expect(claim?.truth ?? null).toBe(truth);
});

test.each([
  [
    "api.us.genesys.cloud",
    "use `https://api.<domain>` and `https://login.<domain>`; the domain follows `apps.` in the address bar of the product's user interface",
  ],
  [
    "acme.mypurecloud.de",
    "use `https://api.mypurecloud.de` for the API and `https://login.mypurecloud.de` for tokens",
  ],
  [
    "platformapi.mypurecloud.com",
    "use `https://api.mypurecloud.com` for the API and `https://login.mypurecloud.com` for tokens",
  ],
])("corrects a host that never existed: %s", (host, remedy) => {
  const findings = explainText(`Error: getaddrinfo ENOTFOUND ${host}`);
  expect(findings.map(({ layer }) => layer)).toEqual(["host"]);
  expect(claimsOf(findings)).toContain(`false: the API is at \`${host}\``);
  expect(findings[0]?.remedies[0]?.summary).toBe(remedy);
});
