import type { ErrorCode } from "../../core/error-codes.ts";
import { NetworkError } from "../../core/errors.ts";
import { ownValue } from "../../core/own-value.ts";
import { systemCode } from "../../core/system-error.ts";
import { isLoopback } from "./proxy-choice.ts";

/** The target of a request, for error messages. Never contains headers. */
export interface RequestTarget {
  readonly host: string;
  /** Host and port of the proxy; null for a direct connection. */
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

const UNKNOWN_AUTHORITY = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
]);

/** Whether an OpenSSL error code means that an unknown authority issued the certificate. */
export function isUnknownAuthority(code: string): boolean {
  return UNKNOWN_AUTHORITY.has(code);
}

/** Hint for a certificate from an authority that is not trusted on this machine. */
export const CA_HINT =
  "a proxy that inspects TLS presents its own certificate: trust the proxy's certificate authority with " +
  "`--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`";

const OTHER_HOST =
  "the certificate belongs to another host: check the region (`--region`, `GENESYSCLOUD_REGION`) and `HTTPS_PROXY`";
const OTHER_TIME =
  "the certificate is not valid at the time of this machine's clock: check both with `genscope doctor`";

/** Hints for certificates that no additional authority makes valid. */
const TLS_HINTS: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  HOSTNAME_MISMATCH: OTHER_HOST,
  CERT_HAS_EXPIRED: OTHER_TIME,
  CERT_NOT_YET_VALID: OTHER_TIME,
};

/**
 * Translates an error of Node or undici. Classifies it by its stable `code`, and keeps the error as `cause`
 * without interpreting its message.
 */
export function describeNetworkFailure(error: unknown, { host, proxy }: RequestTarget): NetworkError {
  const code = codeOf(error);
  const cause = withoutPayload(error, code);
  const fail = (errorCode: ErrorCode, message: string, hint?: string) =>
    new NetworkError(errorCode, message, { hint, cause });

  if (CERTIFICATE.has(code) || code.startsWith("ERR_TLS_") || code.startsWith("ERR_SSL_")) {
    const message = `cannot establish a trusted TLS connection to \`${host}\` (${code})`;
    return fail("network.tls", message, ownValue(TLS_HINTS, code) ?? CA_HINT);
  }
  if (proxy !== null && (NOT_FOUND.has(code) || UNREACHABLE.has(code) || code === "UND_ERR_ABORTED")) {
    // With a proxy, genscope looks up and connects to only the proxy. If the proxy does not answer CONNECT with 200,
    // undici reports an abort, even though genscope requested none.
    return fail(
      "network.proxy",
      code === "UND_ERR_ABORTED"
        ? `the proxy \`${proxy}\` refused a connection to \`${host}\``
        : `the proxy \`${proxy}\` cannot be reached (${code})`,
      "check `HTTPS_PROXY` (with a user and password if the proxy requires them) and `NO_PROXY`",
    );
  }
  if (NOT_FOUND.has(code)) {
    return fail(
      "network.dns",
      `the name \`${host}\` cannot be resolved (${code})`,
      "check the region (`--region`, `GENESYSCLOUD_REGION`) and whether this network needs `HTTPS_PROXY`",
    );
  }
  if (UNREACHABLE.has(code)) {
    return fail(
      "network.refused",
      `\`${host}\` does not accept connections (${code})`,
      isLoopback(host.replace(/:\d+$/, ""))
        ? "check that the program at this address, such as `genscope sandbox`, is still running"
        : "check the address, and whether a firewall blocks it",
    );
  }
  if (TOO_SLOW.has(code)) return timedOut(host, null, cause);
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return fail(
      "network.too_large",
      `\`${host}\` sent more than 16 KiB of headers`,
      "check the address, and the proxy if there is one",
    );
  }
  if (BROKEN.has(code)) {
    return fail("network.reset", `the connection to \`${host}\` broke before the response was complete`);
  }
  return fail(
    "network.invalid_response",
    `the response from \`${host}\` is not valid HTTP${code && ` (${code})`}`,
  );
}

/**
 * Returns the error for a timeout. `afterMs` is null when the operating system or undici gave up before
 * genscope's own limit.
 */
export function timedOut(host: string, afterMs: number | null, cause?: unknown): NetworkError {
  return new NetworkError(
    "network.timeout",
    afterMs === null
      ? `could not connect to \`${host}\` in time`
      : `no complete response from \`${host}\` within ${afterMs} ms`,
    { hint: "allow more time with `--timeout 2m`", cause },
  );
}

/** Returns the error for requests that are dropped because the run has ended. They are not retried. */
export function closed(host: string, cause?: unknown): NetworkError {
  return new NetworkError(
    "network.closed",
    `the connection to \`${host}\` was closed because the run ended`,
    { cause },
  );
}

/**
 * Returns the code of an error, or of the error that it wraps. A failure to reach any of several addresses wraps
 * one error per address.
 */
function codeOf(error: unknown): string {
  const code = systemCode(error);
  if (code !== null || !(error instanceof Error)) return code ?? "";
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === error ? "" : codeOf(inner);
}

/** Whether the server, or a proxy in between, presented a certificate from an unknown authority. */
export function isDistrust(error: unknown): boolean {
  const inner = error instanceof Error ? error.cause : undefined;
  return [error, inner].some((each) => isUnknownAuthority(codeOf(each)));
}

/** Keeps only the message of an HTTP parser error, because the raw bytes in it may contain a token. */
function withoutPayload(error: unknown, code: string): unknown {
  return error instanceof Error && "data" in error ? new Error(`${error.message} (${code})`) : error;
}
