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
  /** Text that is not JSON although it says so. */
  | "malformed"
  /** A valid JSON body of `bytes` bytes. */
  | "gigantic"
  /** The connection is reset before any answer. */
  | "reset"
  /** The real answer, `delayMs` later. */
  | "slow";

export const FAULT_KINDS: readonly FaultKind[] = [
  "status",
  "html",
  "empty",
  "truncated",
  "malformed",
  "gigantic",
  "reset",
  "slow",
];

export interface Fault {
  readonly kind: FaultKind;
  /** Requests whose path starts with this; `/` is every request. */
  readonly path: string;
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
}

/** The fault that hits this request, if any, and the faults that are left then. */
export function takeFault(
  faults: readonly Fault[],
  method: string,
  path: string,
): { readonly fault: Fault | null; readonly left: readonly Fault[] } {
  const fault = faults.find(
    (each) => path.startsWith(each.path) && (each.method === null || each.method === method),
  );
  if (fault === undefined) return { fault: null, left: faults };
  const left = faults.flatMap((each) => {
    if (each !== fault) return [each];
    return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
  });
  return { fault, left };
}
