import type { Environment } from "../../../../core/child-environment.ts";

/** Variables that name a proxy, in upper case, and in lower case, which curl requires for plain HTTP. */
const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
/** Variables that name a certificate file for Node, OpenSSL (with Python and Go), requests, curl and Deno. */
const CERTIFICATES = [
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "DENO_CERT",
];

/**
 * Returns the environment of the recorded program: the user's environment, with the proxy and the certificate file. The
 * proxy itself decides which hosts it records, so no host is exempt here.
 */
export function recordedEnvironment(
  env: Environment,
  { proxy, certificates }: { readonly proxy: string; readonly certificates: string },
): Record<string, string | undefined> {
  return {
    ...env,
    ...Object.fromEntries(PROXIES.map((name) => [name, proxy])),
    ...Object.fromEntries(CERTIFICATES.map((name) => [name, certificates])),
    NO_PROXY: "",
    no_proxy: "",
    // Node follows the variables above only if this one is set (22.21, 24.0 and newer).
    NODE_USE_ENV_PROXY: "1",
  };
}
