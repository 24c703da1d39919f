import type { NetworkSign } from "./network-sign.ts";

/** Errors of a connection that timed out, was not permitted, was refused or broke. */
export const CONNECTION_SIGNS: readonly NetworkSign[] = [
  {
    kind: "stopped",
    pattern: /\bTask timed out after \d/,
    meaning:
      "the function reached its own time limit; the text does not show whether it was waiting for a response",
    remedyKind: "none",
    advice:
      "log the time before and after each call to see which part takes long; then raise the function's time limit, or give each call a shorter one",
  },
  {
    kind: "timeout",
    pattern:
      /\bReadTimeout(?:Error)?\b|\b[Rr]ead timed out\b|Net::ReadTimeout|SocketTimeoutException: Read timed out|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|Operation timed out after \d{1,9} milliseconds with \d{1,9}/,
    meaning: "the connection was open, but no response arrived in time",
    remedyKind: "wait",
    advice:
      "give the call a longer timeout, or request less in one call (a shorter interval, smaller pages), then retry; if small calls time out as well, check the proxy",
  },
  {
    kind: "timeout",
    pattern:
      /curl: \(28\)|cURL error 28\b|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|Connect Timeout Error|Client\.Timeout exceeded|(?:Get|Post|Put|Patch|Delete|Head) "https?:[^"\n]{1,300}": context deadline exceeded|i\/o timeout|Operation timed out|Connection timed out|ConnectTimeoutError|ConnectTimeout\b|ReadTimeout(?:Error)?\b|Read timed out|SocketTimeoutException|HttpTimeoutException|HttpConnectTimeoutException|Net::(?:Read|Open|Write)Timeout|Faraday::TimeoutError|TLS handshake timeout|timeout of \d{2,7} ?ms exceeded|aborted due to timeout|TimeoutError\b(?!: (?:[Ww]aiting|[Nn]avigation))|TaskCanceledException|operation has timed out|HttpClient\.Timeout of|The request timed out\.|NSURLErrorDomain Code=-1001\b|NS_ERROR_NET_TIMEOUT|handshake timed out|\bORA-29276\b|\b80072ee2\b|reason: :timeout\b|did not properly respond after a period of time|ERR_(?:CONNECTION_)?TIMED_OUT/i,
    meaning: "no response arrived in time",
    remedyKind: "wait",
    advice: "check firewall and proxy for the api and login hosts, then retry",
  },
  {
    kind: "blocked",
    pattern: /access a socket in a way forbidden by its access permissions|\bWSAEACCES\b/i,
    meaning:
      "a rule on this computer, such as its firewall, blocks the connection; nothing reached the platform",
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
    advice: "check the program's network, routes and proxy variables",
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
];
