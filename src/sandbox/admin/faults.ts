/** What goes wrong instead of, or before, an answer. */
export type FaultKind =
  /** An error envelope with `status`, `code`, `message`. */
  | "status"
  /** An HTML page, as of a proxy. */
  | "html"
  /** No body at all. */
  | "empty"
  /** The real answer, cut in half, with the full length announced. */
  | "truncated"
  /** The real answer, cut off without a length announced and the connection closed in good order. */
  | "cut"
  /** Text that is not JSON although it says so. */
  | "malformed"
  /** A valid JSON body of `bytes` bytes. */
  | "gigantic"
  /** The connection is reset before any answer. */
  | "reset"
  /** The real answer, `delayMs` later. */
  | "slow"
  /** The real answer in pieces of `bytes` bytes, `delayMs` before each. */
  | "trickle"
  /** What was asked for is done, and the connection is reset instead of an answer. */
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
  /** Requests whose path starts with this; `/` is every request. */
  readonly path: string;
  /** And ends with this, for paths with an id in the middle. */
  readonly pathEnd: string;
  /** How many matching requests it lets pass first. */
  readonly after: number;
  /** Null: any method. */
  readonly method: string | null;
  /** How many matching requests it still hits. */
  readonly times: number;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  readonly bytes: number;
  readonly delayMs: number;
  /** How much of a truncated answer arrives, 0 to 1. */
  readonly portion: number;
}

/** A fault of this kind with everything else as usual. */
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

/** The fault that hits this request, if any, and the faults that are left then. */
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
