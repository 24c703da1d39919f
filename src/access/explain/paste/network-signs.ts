import type { programOf } from "./program.ts";

/** Meaning of the words of a failed connection. */
export interface NetworkSign {
  readonly pattern: RegExp;
  readonly kind: "dns" | "refused" | "certificate" | "timeout" | "reset" | "proxy" | "blocked" | "html";
  /** One sentence without a full stop. */
  readonly meaning: string;
  /** Advice to the user; for some failures it depends on the program that reported them. */
  readonly advice: string | ((program: ReturnType<typeof programOf>) => string);
}

/** Messages of curl, Node, Python, Go, Java and .NET when no answer of the platform arrived. */
export const NETWORK_SIGNS: readonly NetworkSign[] = [
  {
    kind: "blocked",
    pattern: /Unauthorized endpoint, please check Setup/i,
    meaning: "Salesforce blocked the call before it left; the platform never saw it",
    advice:
      "add the api and login hosts of the region in Salesforce under Setup > Security > Remote Site Settings",
  },
  {
    kind: "blocked",
    pattern: /blocked by CORS policy|CORS header .Access-Control-Allow-Origin. missing/i,
    meaning: "the browser withheld the answer because it does not allow this origin",
    advice: "read the answer in the network tab of the browser, or repeat the call outside the browser",
  },
  {
    kind: "proxy",
    pattern:
      /Received HTTP code (?:403|407|5\d\d) from proxy|407 Proxy Authentication Required|ERR_PROXY|Tunnel connection failed|CONNECT tunnel failed|proxyconnect tcp/i,
    meaning: "the proxy refused to pass the request on; the platform never saw it",
    advice: ({ proxy }) =>
      `have its owner let the api and login hosts of the region pass, or log in to it: ${proxy}`,
  },
  {
    kind: "dns",
    pattern:
      /ENOTFOUND|EAI_AGAIN|Could not resolve host|no such host|getaddrinfo failed|Name or service not known|NameResolutionError|UnknownHostException|nodename nor servname|No address associated with hostname/i,
    meaning: "the host name could not be resolved",
    advice:
      "compare the host with `api.<domain>` and `login.<domain>` of the region, then check DNS and proxy",
  },
  {
    kind: "certificate",
    pattern:
      /SELF_SIGNED_CERT|self[- ]signed certificate|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME|certificate verify failed|x509: |SSL certificate problem|PKIX path building failed|SSLHandshakeException|certificate signed by unknown authority|unable to get local issuer|Could not establish trust relationship|remote certificate is invalid/i,
    meaning:
      "the TLS certificate was not trusted, which usually means that a company proxy opens the connection",
    advice: ({ trust }) =>
      `trust the company's certificate authority: ${trust}; never switch verification off`,
  },
  {
    kind: "refused",
    pattern: /ECONNREFUSED|connection refused|Failed to connect to|actively refused it/i,
    meaning: "nothing accepts connections at that address",
    advice: "check host, port and proxy variables",
  },
  {
    kind: "timeout",
    pattern:
      /ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|Connect Timeout Error|context deadline exceeded|i\/o timeout|Operation timed out|Connection timed out|ConnectTimeoutError|ReadTimeoutError|SocketTimeoutException|Net::(?:Read|Open|Write)Timeout|Faraday::TimeoutError|TLS handshake timeout|Task timed out after \d/i,
    meaning: "no answer arrived in time",
    advice: "check firewall and proxy for the api and login hosts, then retry",
  },
  {
    kind: "reset",
    pattern:
      /ECONNRESET|socket hang up|connection reset by peer|EPIPE|Empty reply from server|Connection aborted|RemoteDisconnected/i,
    meaning: "the connection broke before an answer arrived",
    advice: "retry; if it repeats, look at proxies and idle connections in between",
  },
  {
    kind: "html",
    pattern:
      /invalid character '<' looking for beginning of value|Unexpected token '?<'?|Unexpected character encountered while parsing value: <|JSONDecodeError: Expecting value: line 1 column 1|is not valid JSON/i,
    meaning: "a page was answered where the platform answers JSON: a proxy, a login page, or a wrong host",
    advice: "print the raw body and its status; compare the host with `api.<domain>` of the region",
  },
];

/** Returns the first sign in a text, in the table's order; null without one. */
export function findNetworkSign(text: string): NetworkSign | null {
  return NETWORK_SIGNS.find(({ pattern }) => pattern.test(text)) ?? null;
}
