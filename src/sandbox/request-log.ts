import { redactLine } from "../core/redaction/redact-secrets.ts";
import type { RefusedBy, Request } from "./answer.ts";

/** One request in the form that the log shows, without anything that may be a secret. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. Query values other than short numbers and booleans are omitted. */
  readonly target: string;
  /** Status of the response; null when the connection ended without one. */
  readonly status: number | null;
  readonly refusedBy: RefusedBy | null;
  /** Kind of the simulated fault; null when there was none. */
  readonly fault: string | null;
  readonly durationMs: number;
}

const LONGEST_TARGET = 300;
/**
 * Matches query values that may be logged: short numbers such as `pageSize`, and booleans. Authorization codes, states
 * and tokens are longer or contain other characters.
 */
const HARMLESS_VALUE = /^(?:\d{1,6}|true|false)$/;

/** Returns a request's path and query with secrets removed. */
export function safeTarget({ path, query }: Pick<Request, "path" | "query">): string {
  const pairs = [...query].map(([name, value]) =>
    HARMLESS_VALUE.test(value) ? `${name}=${value}` : `${name}=…`,
  );
  const target = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  return redactLine(target).slice(0, LONGEST_TARGET);
}
