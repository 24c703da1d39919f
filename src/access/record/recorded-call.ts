/** One HTTP call of a recording, without headers and bodies. */
export interface RecordedCall {
  readonly method: string;
  /** Host in lower case, with its port. Null when the recording does not contain it, as in most access logs. */
  readonly host: string | null;
  /** Path without a query. */
  readonly path: string;
  /** Null when no response was recorded. */
  readonly status: number | null;
}

/**
 * Returns the call for a method and a request target. The target is a path, or a full URL as in the log of a
 * proxy.
 * @param host used when the target contains no host
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
    // For a request without a response, HAR contains 0 and logs contain 000 or -.
    status: status === null || status < 100 ? null : status,
  };
}
