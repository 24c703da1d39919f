/** A program or runtime that reports connection failures with its own wording. */
interface Program {
  /** Matches the wording of the program's exceptions or logs. */
  readonly words: RegExp;
  /** How to make the program trust another certificate authority: an imperative clause without a final period. */
  readonly trust: string;
  /** How to set the program's proxy: an imperative clause without a final period. */
  readonly proxy: string;
}

const BY_VARIABLE = "set `HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT`";
const SYSTEM_STORE =
  "add it to the operating system's certificate store (Windows: Trusted Root Certification Authorities; Linux: `update-ca-certificates`)";

/**
 * Programs, in the order in which they are checked. The first match wins, so a runtime comes before a library that
 * several runtimes use.
 */
const PROGRAMS: readonly Program[] = [
  {
    words: /\bgenscope\b/,
    trust: "pass its file with `--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`",
    proxy: BY_VARIABLE,
  },
  {
    words:
      /\bPKIX\b|\bjavax?\.\w+\.|\bsun\.security\.|\.java:\d|\bjava\.base\/|\bSunCertPath|\bcom\.mypurecloud\./,
    trust:
      "import it into this Java installation's trust store: `keytool -importcert -cacerts -alias company -file ca.pem`, or start with `-Djavax.net.ssl.trustStore=FILE`",
    proxy: "start Java with `-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT`",
  },
  {
    words: /\bcURL error \d|\bGuzzleHttp\\|\.php(?::| on line |\()\d/,
    trust: "set its file in `php.ini` as `curl.cainfo` and `openssl.cafile`",
    proxy: "pass the `proxy` option of the HTTP client",
  },
  {
    words: /\bInvoke-(?:RestMethod|WebRequest)\b|\bPS [A-Z]:\\|FullyQualifiedErrorId/,
    trust: SYSTEM_STORE,
    proxy: "add `-Proxy http://HOST:PORT` with `-ProxyUseDefaultCredentials` or `-ProxyCredential`",
  },
  {
    words:
      /\bSystem\.Net\.|\bHttpRequestException\b|\bAuthenticationException\b|\.cs:line \d|remote certificate is invalid|Could not establish trust relationship/,
    trust: SYSTEM_STORE,
    proxy: BY_VARIABLE,
  },
  {
    words: /\bcurl: \(\d+\)/,
    trust: "pass its file with `--cacert FILE` or `CURL_CA_BUNDLE=FILE`",
    proxy: "add `--proxy http://HOST:PORT --proxy-user USER`",
  },
  {
    words:
      /Traceback \(most recent call last\)|\brequests\.exceptions\b|\burllib3?\b|\bhttpx\b|\baiohttp\b|\bcertifi\b|\.py"?[,:]|\bssl\.c:\d|\bHTTPSConnectionPool\b/,
    trust:
      "pass its file with `REQUESTS_CA_BUNDLE=FILE` for requests and `SSL_CERT_FILE=FILE` otherwise: Python reads certifi's bundle, not the system's store",
    proxy: BY_VARIABLE,
  },
  {
    words: /\.rb:\d|\bOpenSSL::SSL::|\bFaraday::|\bNet::HTTP\b/,
    trust: "pass its file with `SSL_CERT_FILE=FILE`",
    proxy: BY_VARIABLE,
  },
  {
    words: /\breqwest\b|\brustls\b|\bhyper\b|\bUnknownIssuer\b|\.rs:\d/,
    trust: "pass it to the client with `add_root_certificate`",
    proxy: BY_VARIABLE,
  },
  {
    words: /\bx509: |\bproxyconnect tcp\b|\.go:\d|\bdial tcp\b|\btls: /,
    trust: `${SYSTEM_STORE}, or on Linux name its file with \`SSL_CERT_FILE=FILE\``,
    proxy: BY_VARIABLE,
  },
  {
    words:
      /\bSELF_SIGNED_CERT|\bUNABLE_TO_(?:GET|VERIFY)|\bnode:|\bnode_modules\b|\bAxiosError\b|\bERR_TLS_|\.[cm]?[jt]s:\d/,
    trust: "pass its file with `NODE_EXTRA_CA_CERTS=FILE`",
    proxy:
      "give the HTTP client the proxy's address: Node itself reads `HTTPS_PROXY` only in recent versions, with `NODE_USE_ENV_PROXY=1`",
  },
];

const ANY: Omit<Program, "words"> = {
  trust: "add it to the store that the program reads",
  proxy: "give the client its address and credentials (many read `HTTPS_PROXY`)",
};

/** Recognizes the program that reported a failure, so that the advice fits it. */
export function programOf(words: string): Omit<Program, "words"> {
  return PROGRAMS.find((program) => program.words.test(words)) ?? ANY;
}
