/** Faults that replace or precede a response. */
export type FaultKind =
  /** An error envelope with `status`, `code`, `message`. */
  | "status"
  /** An HTML page, like that of a proxy. */
  | "html"
  /** A response without a body. */
  | "empty"
  /** The first part of the real response, with the Content-Length of the whole response. */
  | "truncated"
  /** The first part of the real response, without a Content-Length, on a connection that closes cleanly. */
  | "cut"
  /** A body that is declared as JSON but is not. */
  | "malformed"
  /** A valid JSON body of `bytes` bytes. */
  | "gigantic"
  /** A connection reset before any response. */
  | "reset"
  /** The real response, `delayMs` later. */
  | "slow"
  /** The real response in chunks of `bytes` bytes, with `delayMs` before each. */
  | "trickle"
  /** The operation takes effect, but the connection is reset before the response. */
  | "lost";

export const FAULT_KINDS: readonly FaultKind[] = [
  "status",
  "html",
  "empty",
  "truncated",
  "cut",
  "malformed",
  "gigantic",
  "reset",
  "slow",
  "trickle",
  "lost",
];

export interface Fault {
  readonly kind: FaultKind;
  /** Prefix of the affected paths; `/` affects every request. */
  readonly path: string;
  /** Suffix of the affected paths, for paths with an id in the middle. */
  readonly pathEnd: string;
  /** Number of matching requests that pass before the first affected one. */
  readonly after: number;
  /** Method; null for any. */
  readonly method: string | null;
  /** Number of matching requests left to affect. */
  readonly times: number;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  readonly bytes: number;
  readonly delayMs: number;
  /** Portion of a truncated response that arrives, from 0 to 1. */
  readonly portion: number;
}

/** Returns a fault of this kind with default settings. */
export function createFault(given: Partial<Fault> & Pick<Fault, "kind">): Fault {
  return {
    path: "/",
    pathEnd: "",
    after: 0,
    method: null,
    times: 1,
    status: given.kind === "status" || given.kind === "html" ? 503 : 200,
    code: "service.unavailable",
    message: "The server is currently unavailable.",
    retryAfterSeconds: null,
    bytes: given.kind === "trickle" ? 16 * 1024 : 64 * 1024 * 1024,
    delayMs: 1000,
    portion: 0.5,
    ...given,
  };
}

/** Returns the fault that affects this request, if any, and the remaining faults. */
export function takeFault(
  faults: readonly Fault[],
  method: string,
  path: string,
): { readonly fault: Fault | null; readonly left: readonly Fault[] } {
  const isHit = (each: Fault) =>
    path.startsWith(each.path) &&
    path.endsWith(each.pathEnd) &&
    (each.method === null || each.method === method);
  const fault = faults.find((each) => isHit(each) && each.after === 0);
  const left = faults.flatMap((each) => {
    if (each === fault) return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
    return each.after > 0 && isHit(each) ? [{ ...each, after: each.after - 1 }] : [each];
  });
  return { fault: fault ?? null, left };
}
