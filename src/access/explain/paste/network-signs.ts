import type { Remedy } from "../../verdict/verdict.ts";
import type { programOf } from "./program.ts";

/** A kind of connection failure, recognized by its error text. */
export interface NetworkSign {
  readonly pattern: RegExp;
  readonly kind:
    | "dns"
    | "refused"
    | "certificate"
    | "name"
    | "protocol"
    | "timeout"
    | "reset"
    | "proxy"
    | "blocked"
    | "hidden"
    | "html";
  /** One sentence without a final period. */
  readonly meaning: string;
  readonly remedyKind: Remedy["kind"];
  /** Advice to the user. For some failures, it depends on the program that reported them. */
  readonly advice: string | ((program: ReturnType<typeof programOf>) => string);
}

/**
 * Matches access log lines that show a status of the proxy's own: the flags of Envoy and HAProxy, no time to connect
 * or to the first byte in nginx, and no time of the target in an AWS load balancer.
 */
export const OWN_ANSWER =
  /\b50\d (?:UF|UH|UC|UT|LR|NR|UO|URX|LH|UPE|DPE|NC)(?:,[A-Z]{2,4}){0,4}\b|\b50\d\b[^\n]{0,400}\b(?:uct|uht|upstream_connect_time|upstream_header_time|upstream_status)["']?[=:] ?["']?-(?=["',\s]|$)|\b50\d \d{1,12} - - (?:[sSpP][CQHD]|P[RT])[-\w]{2} |(?:-1|\d\.\d{3}) (?:-1|\d\.\d{3}) -1 50\d - /;

/**
 * Error messages of browsers, curl, Node, Python, Go, Java, Ruby, Rust and .NET for a call that got no response
 * from the platform.
 */
const NETWORK_SIGNS: readonly NetworkSign[] = [
  {
    kind: "proxy",
    pattern: OWN_ANSWER,
    meaning:
      "the proxy or load balancer that logged this call sent the response itself, because it got none from the platform",
    remedyKind: "none",
    advice:
      "check from the machine of the proxy that it reaches `api.<domain>` (address, DNS, TLS, time limits), and compare with a call that does not pass the proxy",
  },
  {
    kind: "blocked",
    pattern: /Unauthorized endpoint, please check Setup/i,
    meaning: "Salesforce blocked the call before it was sent; the platform never saw it",
    remedyKind: "none",
    advice:
      "add the api and login hosts of the region in Salesforce under Setup > Security > Remote Site Settings",
  },
  {
    kind: "blocked",
    pattern:
      /blocked by CORS policy|\bNo ['"`]?Access-Control-Allow-Origin['"`]? header\b|CORS header .Access-Control-Allow-Origin. missing|Origin \S{1,200} is not allowed by Access-Control-Allow-Origin/i,
    meaning: "the browser withheld the response, because the response does not allow this origin",
    remedyKind: "none",
    advice: "read the response in the network tab of the browser, or repeat the call outside the browser",
  },
  {
    kind: "blocked",
    pattern:
      /Refused to (?:display|frame) [^\n]{1,300}\b(?:in a frame|frame-ancestors|X-Frame-Options)|\bframe-ancestors\b[^\n]{0,200}\bviolat|violat[^\n]{0,200}\bframe-ancestors\b|\bin a frame because it set ['"]?X-Frame-Options\b/i,
    meaning:
      "the browser did not show the page in a frame, because that page does not allow this site to embed it; no call was refused",
    remedyKind: "none",
    advice:
      "open a login page in a window or pop-up of its own; if the page is the product's and the organization restricts embedding, have an administrator add the site to the allowed embeddable domains",
  },
  {
    kind: "blocked",
    pattern:
      /violates the following Content Security Policy directive|Content-Security-Policy[^\n]{0,80}\bblock/i,
    meaning:
      "the page's own Content Security Policy blocked the call in the browser; the platform never saw it",
    remedyKind: "none",
    advice:
      "add the api and login hosts of the region to `connect-src` of the page's Content Security Policy",
  },
  {
    kind: "blocked",
    pattern: /ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)/,
    meaning: "an extension or a rule of the browser blocked the call; the platform never saw it",
    remedyKind: "none",
    advice: "allow the api and login hosts of the region in the ad blocker or the browser policy",
  },
  {
    kind: "proxy",
    pattern:
      /proxyconnect tcp: [^\n]{0,200}(?:refused|timed? ?out|no such host|no route)|Cannot connect to proxy[^\n]{0,300}(?:refused|timed out|Name or service)|Could not resolve proxy/i,
    meaning: "the program could not reach the proxy itself, so the platform never saw the call",
    remedyKind: "none",
    advice: ({ proxy }) =>
      `check that the proxy runs, and its host and port in the settings of the program: ${proxy}`,
  },
  {
    kind: "proxy",
    pattern:
      /Received HTTP code (?:403|407|5\d\d) from proxy|407 Proxy Authentication Required|ERR_PROXY|ERR_TUNNEL_CONNECTION_FAILED|Tunnel connection failed|CONNECT tunnel failed|proxyconnect tcp|Unable to tunnel through proxy|proxy tunnel request to proxy|cannot complete SOCKS\d? connection|Proxy CONNECT aborted|Cannot connect to proxy|\bTCP_DENIED(?:_\w{1,20})?\/\d{3}\b/i,
    meaning: "the proxy refused to pass the request on; the platform never saw it",
    remedyKind: "none",
    advice: ({ proxy }) =>
      `ask its owner to allow the api and login hosts of the region, or log in to it: ${proxy}`,
  },
  {
    kind: "dns",
    pattern:
      /\bENOTFOUND|EAI_AGAIN|Could not resolve (?:host|proxy)|no such host|Unknown host:|No such host is known|getaddrinfo failed|failed to lookup address information|\bgetaddrinfo: |Name or service not known|Temporary failure in name resolution|NameResolutionError|UnknownHostException|remote name could not be resolved|nodename nor servname|No address associated with hostname|ERR_NAME_NOT_RESOLVED|NXDOMAIN|unable to resolve host|server name or address could not be resolved|hostname could not be found|NSURLErrorDomain Code=-100[36]\b|\bdns error\b|Failed host lookup|DNS_PROBE_FINISHED|NS_ERROR_UNKNOWN_HOST/i,
    meaning: "the host name could not be resolved",
    remedyKind: "use-host",
    advice:
      "compare the host with `api.<domain>` and `login.<domain>` of the region, then check DNS and proxy",
  },
  {
    kind: "name",
    pattern:
      /ERR_TLS_CERT_ALTNAME|does not match certificate's altnames|ERR_CERT_COMMON_NAME_INVALID|hostname mismatch|Hostname \S{1,200} not verified|certificate is (?:not )?valid for [^\n]{1,200}, not |no alternative certificate subject name matches|RemoteCertificateNameMismatch|doesn't match (?:either of )?'|doesn't match any of the subject alternative names|SSLPeerUnverifiedException|tls: unrecognized name/i,
    meaning:
      "the TLS certificate belongs to another host name: the host is not the platform's, or a proxy responded instead",
    remedyKind: "use-host",
    advice: "compare the host with `api.<domain>` and `login.<domain>` of the region",
  },
  {
    kind: "certificate",
    pattern:
      /CRYPT_E_(?:NO_REVOCATION_CHECK|REVOCATION_OFFLINE)|unable to check revocation|revocation server was offline|RevocationStatusUnknown|OfflineRevocation/i,
    meaning:
      "the program could not check whether the TLS certificate was revoked: usually a company proxy issued the certificate, or a firewall hides the revocation server",
    remedyKind: "none",
    advice:
      "let the program reach the revocation servers that the certificate names (for curl on Windows, `--ssl-revoke-best-effort` tolerates a missing answer); never turn verification off",
  },
  {
    kind: "certificate",
    pattern:
      /certificate has expired|CERT_HAS_EXPIRED|certificate is not yet valid|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID|SEC_ERROR_EXPIRED_CERTIFICATE|CertificateExpiredException|CertificateNotYetValidException/i,
    meaning:
      "the TLS certificate is out of date: its owner did not renew it, a proxy presents an old one, or the clock of the program is wrong",
    remedyKind: "none",
    advice:
      "compare the clock of the program with the exact time; then read the dates and the issuer of the certificate, and have its owner renew it; never turn verification off",
  },
  {
    kind: "certificate",
    pattern:
      /SELF_SIGNED_CERT|self[- ]signed certificate|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED|CERTIFICATE_VERIFY_FAILED|certificate verify failed|x509: |SSL certificate problem|PKIX path building failed|PKIX path validation failed|unable to find valid certification path|certificate signed by unknown authority|unable to get local issuer|Could not establish trust relationship|remote certificate is invalid|invalid peer certificate|ERR_CERT_AUTHORITY_INVALID|certificate has expired|ERR_CERT_\w{3,40}|SEC_E_UNTRUSTED_ROOT|SEC_ERROR_UNKNOWN_ISSUER|MOZILLA_PKIX_ERROR_\w{3,40}|SSL peer certificate or SSH remote key was not OK|cannot verify \S{1,200}'s certificate|NSURLErrorDomain Code=-120[1-4]\b|certificate authority is invalid or incorrect|\bORA-29024\b|PEER_CERT_UNTRUSTED|certificate chain is not trusted|unable to verify the first certificate|\bunknown_ca\b|\b80072f(?:0d|8f)\b|SSLCertVerificationError|ConnectorCertificateError|error setting certificate (?:verify|file)/i,
    meaning:
      "the TLS certificate was not trusted, which usually means that a company proxy intercepts the connection",
    remedyKind: "none",
    advice: ({ trust }) => `trust the company's certificate authority: ${trust}; never turn verification off`,
  },
  {
    kind: "protocol",
    pattern:
      /handshake[_ ]failure|protocol[_ ]version|no protocols in common|Could not create SSL\/TLS secure channel|unsupported protocol|WRONG_VERSION_NUMBER|wrong version number|no cipher suites in common|unrecognized SSL message|first record does not look like a TLS handshake|ERR_SSL_\w{3,40}|EPROTO\b|SSLHandshakeException|SSL connection could not be established|TLS connect error|UNSAFE_LEGACY_RENEGOTIATION|sent a TLS alert|failed to receive handshake|NSURLErrorDomain Code=-1200\b/i,
    meaning:
      "the two sides could not agree on a TLS connection: an old TLS version or cipher, or a port that does not speak TLS",
    remedyKind: "none",
    advice:
      "let the program use TLS 1.2 or newer (in Windows PowerShell 5: `[Net.ServicePointManager]::SecurityProtocol = 'Tls12'`), and check that a proxy is addressed with `http://`",
  },
  {
    kind: "timeout",
    pattern:
      /curl: \(28\)|cURL error 28\b|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|Connect Timeout Error|Client\.Timeout exceeded|(?:Get|Post|Put|Patch|Delete|Head) "https?:[^"\n]{1,300}": context deadline exceeded|i\/o timeout|Operation timed out|Connection timed out|ConnectTimeoutError|ConnectTimeout\b|ReadTimeout(?:Error)?\b|Read timed out|SocketTimeoutException|HttpTimeoutException|HttpConnectTimeoutException|Net::(?:Read|Open|Write)Timeout|Faraday::TimeoutError|TLS handshake timeout|Task timed out after \d|timeout of \d{2,7} ?ms exceeded|aborted due to timeout|TimeoutError\b(?!: (?:[Ww]aiting|[Nn]avigation))|TaskCanceledException|operation has timed out|HttpClient\.Timeout of|The request timed out\.|NSURLErrorDomain Code=-1001\b|NS_ERROR_NET_TIMEOUT|handshake timed out|\bORA-29276\b|\b80072ee2\b|reason: :timeout\b|did not properly respond after a period of time|ERR_(?:CONNECTION_)?TIMED_OUT/i,
    meaning: "no response arrived in time",
    remedyKind: "wait",
    advice: "check firewall and proxy for the api and login hosts, then retry",
  },
  {
    kind: "blocked",
    pattern: /access a socket in a way forbidden by its access permissions|\bWSAEACCES\b/i,
    meaning:
      "a rule of this computer, such as its firewall, forbids the connection; nothing reached the platform",
    remedyKind: "none",
    advice: "allow the program to connect to the api and login hosts of the region, port 443",
  },
  {
    kind: "blocked",
    pattern:
      /\[Errno (?:1|13|16)\] (?:Operation not permitted|Permission denied|Device or resource busy)|\bexternal access integration\b[^\n]{0,80}\b(?:missing|required|not)\b|\bORA-24247\b/i,
    meaning: "the program's environment allows no connection to that host; nothing reached the platform",
    remedyKind: "none",
    advice:
      "allow the api and login hosts of the region where the program runs: in Snowflake with a network rule and an external access integration, elsewhere with the firewall's rules for outgoing traffic",
  },
  {
    kind: "refused",
    pattern:
      /EHOSTUNREACH|ENETUNREACH|No route to host|Network is unreachable|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|unreachable network|NSURLErrorDomain Code=-1009\b/i,
    meaning:
      "there is no route from the program to that address: it is offline, or its network blocks outgoing traffic",
    remedyKind: "none",
    advice: "check the network of the program, its routes and its proxy variables",
  },
  {
    kind: "refused",
    pattern:
      /ECONNREFUSED|connection ?refused|Unable to connect\. Is the computer able to access the url\?|Failed to connect to|actively refused it|Unable to connect to the remote server|ERR_CONNECTION_REFUSED|connection with the server could not be established|NSURLErrorDomain Code=-1004\b|java\.net\.ConnectException|NS_ERROR_CONNECTION_REFUSED|\bORA-12541\b/i,
    meaning: "nothing accepts connections at that address",
    remedyKind: "none",
    advice: "check host, port and proxy variables",
  },
  {
    kind: "refused",
    pattern:
      /NewConnectionError|Failed to establish a new connection|ICM_HTTP_CONNECTION_FAILED|\bfailed_connect\b/i,
    meaning: "the connection to that host could not be opened",
    remedyKind: "none",
    advice: "check host, port and proxy variables",
  },
  {
    kind: "reset",
    pattern:
      /ECONNRESET|socket hang up|connection reset\b|\bEPIPE\b|SocketException: Broken pipe|BrokenPipeError|Empty reply from server|Connection aborted|RemoteDisconnected|forcibly closed by the remote host|underlying connection was closed|connection closed before message completed|unexpected EOF|(?:Get|Post|Put|Patch|Delete|Head) "https?:[^"\n]{1,300}": EOF\b|ERR_CONNECTION_(?:RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_HTTP2_\w{3,40}|response ended prematurely|ChunkedEncodingError|IncompleteRead|UND_ERR_SOCKET|other side closed|SSL_ERROR_SYSCALL|SSL_connect SYSCALL|SSLEOFError|EOF occurred in violation of protocol|socket disconnected before secure TLS|connection with the server was terminated abnormally|connection was closed unexpectedly|NSURLErrorDomain Code=-1005\b|network connection was lost|write: broken pipe|(?:Send|Recv) failure: |stream \d{1,9} was not closed cleanly|httpx\.ReadError|Server disconnected|Connection prematurely closed|NoHttpResponseException|unexpected end of stream|sent GOAWAY|NS_ERROR_NET_(?:RESET|INTERRUPT)|PR_(?:CONNECT_RESET|END_OF_FILE)_ERROR/i,
    meaning: "the connection broke before a response arrived",
    remedyKind: "wait",
    advice: "retry; if it repeats, look for a proxy or an idle timeout in between",
  },
  {
    kind: "html",
    pattern:
      /invalid character '<' looking for beginning of value|Unexpected token '?<'?|Unexpected character encountered while parsing value: <|JSONDecodeError: Expecting value: line 1 column 1|Unexpected character \('<'|is not valid JSON/i,
    meaning: "an HTML page came back where the platform sends JSON: a proxy, a login page, or a wrong host",
    remedyKind: "use-host",
    advice: "print the raw body and its status; compare the host with `api.<domain>` of the region",
  },
  {
    kind: "hidden",
    pattern:
      /\bTypeError: (?:Failed to fetch|NetworkError when attempting to fetch resource|Load failed|fetch failed)|\bAxiosError: Network Error|\bError: Network Error\b|\bERR_NETWORK\b|\bERR_FAILED\b/,
    meaning:
      "the program hides the reason: name resolution, TLS, a proxy, a blocked origin (CORS) or a broken connection",
    remedyKind: "none",
    advice:
      "read the console and the network tab of the browser, or print `error.cause` in Node: they name the reason",
  },
];

/** Returns the first kind of connection failure in the table that matches the text; null if none matches. */
export function findNetworkSign(text: string): NetworkSign | null {
  return NETWORK_SIGNS.find(({ pattern }) => pattern.test(text)) ?? null;
}
