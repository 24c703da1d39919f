import type { NetworkSign } from "./network-sign.ts";

/**
 * Matches access log lines with the proxy's own status: the flags of Envoy and HAProxy, a missing connect or
 * first-byte time in nginx, and a missing target time in an AWS load balancer.
 */
export const OWN_ANSWER =
  /\b50\d (?:UF|UH|UC|UT|LR|NR|UO|URX|LH|UPE|DPE|NC)(?:,[A-Z]{2,4}){0,4}\b|\b50\d\b[^\n]{0,400}\b(?:uct|uht|upstream_connect_time|upstream_header_time|upstream_status)["']?[=:] ?["']?-(?=["',\s]|$)|\b50\d \d{1,12} - - (?:[sSpP][CQHD]|P[RT])[-\w]{2} |(?:-1|\d\.\d{3}) (?:-1|\d\.\d{3}) -1 50\d - /;

/** Recognizes the response of a proxy or load balancer by the line that it logged. */
export const OWN_ANSWER_SIGN: NetworkSign = {
  kind: "proxy",
  pattern: OWN_ANSWER,
  meaning:
    "the proxy or load balancer that logged this call sent the response itself, because it got none from the platform",
  remedyKind: "none",
  advice:
    "check from the proxy's machine that it reaches `api.<domain>` (address, DNS, TLS, time limits), and compare with a call that bypasses the proxy",
};

/** Errors of a proxy that could not be reached or that refused to pass the call on. */
export const PROXY_SIGNS: readonly NetworkSign[] = [
  {
    kind: "proxy",
    pattern:
      /proxyconnect tcp: [^\n]{0,200}(?:refused|timed? ?out|no such host|no route)|Cannot connect to proxy[^\n]{0,300}(?:refused|timed out|Name or service)|Could not resolve proxy|tunneling socket could not be established,? cause=(?:connect (?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH)|getaddrinfo|timeout)/i,
    meaning: "the program could not reach the proxy itself, so the platform never saw the call",
    remedyKind: "none",
    advice: ({ proxy }) =>
      `check that the proxy is running, and that the program's settings contain its host and port: ${proxy}`,
  },
  {
    kind: "proxy",
    pattern:
      /Received HTTP code (?:403|407|5\d\d) from proxy|407 Proxy Authentication Required|ERR_PROXY|ERR_TUNNEL_CONNECTION_FAILED|Tunnel connection failed|CONNECT tunnel failed|proxyconnect tcp|Unable to tunnel through proxy|proxy tunnel request to proxy|cannot complete SOCKS\d? connection|Proxy CONNECT aborted|Cannot connect to proxy|tunneling socket could not be established, statusCode=\d|\bTCP_DENIED(?:_\w{1,20})?\/\d{3}\b|\b(?:Get|Post|Put|Patch|Delete|Head) "https:[^"\n]{1,300}": (?:Forbidden|Proxy Authentication Required|Bad Gateway|Service Unavailable|Gateway Timeout)\b/i,
    meaning: "the proxy refused to pass the request on; the platform never saw it",
    remedyKind: "none",
    advice: ({ proxy }) =>
      `ask its owner to allow the api and login hosts of the region, or log in to the proxy: ${proxy}`,
  },
];
