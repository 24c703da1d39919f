/** One HTTP call as a recording shows it: neither headers nor bodies. */
export interface RecordedCall {
  readonly method: string;
  /** Host and port in lower case; null when the recording does not contain it, as in most access logs. */
  readonly host: string | null;
  /** Path without a query. */
  readonly path: string;
  /** Null when no response was recorded. */
  readonly status: number | null;
}

/**
 * Returns the call for a method and a request target: a path, or a URL as in the log of a proxy.
 * @param host used for a target without a host
 */
export function recordedCall(
  method: string,
  target: string,
  { host, status }: { readonly host: string | null; readonly status: number | null },
): RecordedCall {
  const [, ofTarget, rest = target] = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*)(.*)$/is.exec(target) ?? [];
  return {
    method: method.toUpperCase(),
    host: (ofTarget ?? host)?.toLowerCase() ?? null,
    path: rest.replace(/[?#].*$/s, ""),
    // HAR writes 0, and a log 000 or -, for a request without a response.
    status: status === null || status < 100 ? null : status,
  };
}
