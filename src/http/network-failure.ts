import { NetworkError } from "../core/errors.ts";

/** Where a request was going, for the words of a failure; never its headers. */
export interface Destination {
  readonly host: string;
  /** Host and port of the proxy in between; null when there is none. */
  readonly proxy: string | null;
}

const NOT_FOUND = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"]);
const UNREACHABLE = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EACCES"]);
const TOO_SLOW = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);
const BROKEN = new Set([
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "UND_ERR_SOCKET",
  "UND_ERR_CLOSED",
  "UND_ERR_DESTROYED",
  "Z_BUF_ERROR",
]);
const CERTIFICATE = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
  "CERT_REVOKED",
  "HOSTNAME_MISMATCH",
  "UND_ERR_PRX_TLS",
  "EPROTO",
]);

/** What to do where a certificate is not trusted because its authority is not known here. */
export const CA_HINT =
  "a proxy that inspects TLS shows its own certificate: pass that authority's certificate with " +
  "`--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`";

/**
 * What Node and undici report, told once in our words. Which codes exist is read from the errors' stable
 * `code`; their texts are kept as `cause` and never matched.
 */
export function describeNetworkFailure(error: unknown, { host, proxy }: Destination): NetworkError {
  const code = codeOf(error);
  const cause = withoutPayload(error, code);
  const fail = (name: string, message: string, hint?: string) =>
    new NetworkError(`network.${name}`, message, { hint, cause });

  if (CERTIFICATE.has(code) || code.startsWith("ERR_TLS_") || code.startsWith("ERR_SSL_")) {
    return fail("tls", `no trusted TLS connection to \`${host}\` (${code})`, CA_HINT);
  }
  if (proxy !== null && (NOT_FOUND.has(code) || UNREACHABLE.has(code) || code === "UND_ERR_ABORTED")) {
    // Behind a proxy only the proxy is looked up and connected to; an abort that nobody asked for is
    // undici's way to say that the proxy did not answer CONNECT with 200.
    return fail(
      "proxy",
      code === "UND_ERR_ABORTED"
        ? `the proxy \`${proxy}\` refused a connection to \`${host}\``
        : `the proxy \`${proxy}\` can't be reached (${code})`,
      "check `HTTPS_PROXY` (with user and password, if the proxy asks for them) and `NO_PROXY`",
    );
  }
  if (NOT_FOUND.has(code)) {
    return fail(
      "dns",
      `the name \`${host}\` can't be resolved (${code})`,
      "check the region (`--region`, `GENESYSCLOUD_REGION`) and whether this network needs `HTTPS_PROXY`",
    );
  }
  if (UNREACHABLE.has(code)) {
    return fail(
      "refused",
      `\`${host}\` accepts no connection (${code})`,
      "check that the address is right and that no firewall is in between",
    );
  }
  if (TOO_SLOW.has(code)) {
    return timedOut(host, null, cause);
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return fail(
      "too_large",
      `\`${host}\` sent more than 16 KiB of headers`,
      "check the address and the proxy in between",
    );
  }
  if (BROKEN.has(code)) {
    return fail("reset", `the connection to \`${host}\` broke before the answer was complete`);
  }
  return fail("invalid_response", `what \`${host}\` sent is not a valid HTTP answer${code && ` (${code})`}`);
}

/** `afterMs` null: the operating system or undici gave up, not our own limit. */
export function timedOut(host: string, afterMs: number | null, cause?: unknown): NetworkError {
  return new NetworkError(
    "network.timeout",
    afterMs === null
      ? `no connection to \`${host}\` in time`
      : `no complete answer from \`${host}\` within ${afterMs} ms`,
    { hint: "allow more time with `--timeout 2m`", cause },
  );
}

/** The run has let go of the network: what was still under way ends here and is not tried again. */
export function closed(host: string, cause?: unknown): NetworkError {
  return new NetworkError("network.closed", `the connection to \`${host}\` was given up`, { cause });
}

/** The error's own code, or that of what it wraps (a failed attempt at several addresses has both). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "";
  }
  if ("code" in error && typeof error.code === "string") {
    return error.code;
  }
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === error ? "" : codeOf(inner);
}

/** A parser's error carries the bytes it choked on, which may be a token's: keep its words only. */
function withoutPayload(error: unknown, code: string): unknown {
  return error instanceof Error && "data" in error ? new Error(`${error.message} (${code})`) : error;
}
