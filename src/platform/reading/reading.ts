import { type AppError, NetworkError, UnavailableError } from "../../core/errors.ts";
import { ownValue } from "../../core/own-value.ts";
import { redactLine } from "../../core/redaction/redact-secrets.ts";
import { oneLine, pathSegment } from "../../core/text.ts";
import type { Api, ApiAnswer, ApiRequest } from "../api/api.ts";
import { ApiError, refusedError } from "../api/api-error.ts";
import { foreignAnswerError } from "../api/foreign-answer.ts";
import { readRefusal } from "../api/refusal.ts";
import type { Call, Unreadable } from "./principal.ts";
import type { Read } from "./reads.ts";

/**
 * Settings of a POST query. It is retried only a few times, because an attempt whose response is lost may have created
 * a job.
 */
const REPEATABLE = { repeatable: true, mostRepeats: 2 };

/** The outcome of one read: its value or the reason for its absence, and the calls it took. */
export type Reading<Value> =
  | { readonly isRead: true; readonly value: Value; readonly calls: readonly Call[] }
  | {
      readonly isRead: false;
      readonly read: Read;
      /** The reason, as plain text for the user. */
      readonly reason: string;
      readonly status: number | null;
      readonly code: string | null;
      readonly message: string | null;
      /** Error to throw when the caller cannot continue without this read. */
      readonly error: AppError;
      readonly call: Call;
      readonly calls: readonly Call[];
    };

export type FailedReading = Extract<Reading<unknown>, { isRead: false }>;

export interface ReadOptions<Value> {
  /** Values of the `{names}` in the path; they are encoded here. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: ApiRequest["query"];
  /** Body of a POST query, which changes nothing; absent for a GET. */
  readonly body?: unknown;
  /**
   * Parses the body and tolerates absent fields. Returns null when an essential field is missing, which makes the read
   * a failure.
   */
  readonly parse: (body: unknown, headers: ApiAnswer["headers"]) => Value | null;
}

/**
 * Makes one GET or POST query and returns its outcome instead of throwing, because a diagnosis continues with partial
 * facts.
 * @throws AuthError, InterruptedError because nothing can be read without a token or after an abort
 */
export async function attemptRead<Value>(
  api: Api,
  read: Read,
  { parameters = {}, query, body, parse }: ReadOptions<Value>,
): Promise<Reading<Value>> {
  const path = fillPath(read.path, parameters);
  const request = {
    ...(body === undefined ? { method: "GET" } : { method: "POST", body, ...REPEATABLE }),
    path,
    ...(query === undefined ? {} : { query }),
  };
  let answer: ApiAnswer;
  try {
    answer = await api.send(request);
  } catch (error) {
    if (!(error instanceof NetworkError || error instanceof UnavailableError)) throw error;
    const call = { ...request, status: null, code: error.code, correlationId: error.correlationId };
    return failed(read, toCall(call), error, null);
  }
  const refusal = readRefusal(answer.body);
  const call = toCall({ ...request, ...answer, code: refusal?.code ?? null });
  const isJson = typeof answer.body === "object" && answer.body !== null && !Array.isArray(answer.body);
  const value =
    answer.status >= 200 && answer.status < 300 && isJson ? parse(answer.body, answer.headers) : null;
  if (value !== null) return { isRead: true, value, calls: [call] };
  const error = refusedError(request, answer) ?? foreignAnswerError(request, answer, api.region.apiUrl);
  return failed(read, call, error, refusal?.message ? redactLine(refusal.message) : null);
}

/** Returns the failure of a read whose response lacks some of the requested data. */
export function failIncomplete(read: Read, calls: readonly Call[], what: string): FailedReading {
  const call = calls.at(-1) ?? {
    method: "GET",
    path: read.path,
    status: null,
    code: null,
    correlationId: null,
  };
  const { method, path, status, correlationId } = call;
  const error = new ApiError("api.incomplete", `\`${method} ${path}\` returned ${what}`, {
    request: call,
    answer: { status: status ?? 200, correlationId, body: null },
  });
  return { ...failed(read, call, error, null), calls };
}

/** Returns a reading with its value converted. A failure stays unchanged. */
export function mapReading<From, To>(reading: Reading<From>, change: (value: From) => To): Reading<To> {
  return reading.isRead ? { ...reading, value: change(reading.value) } : reading;
}

/** Converts a failed read into an entry of the principal's `unreadable`, with the access that would help. */
export function toUnreadable(what: Unreadable["what"], { reason, read, call }: FailedReading): Unreadable {
  return { what, reason, permissions: read.permissions, scopes: read.scopes, call };
}

function failed(read: Read, call: Call, error: AppError, message: string | null): FailedReading {
  const { status, code } = call;
  const reason = oneLine(error.message);
  return { isRead: false, read, reason, status, code, message, error, call, calls: [call] };
}

function toCall({ method, path, status, code, correlationId }: Call): Call {
  return { method, path, status, code, correlationId };
}

function fillPath(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => pathSegment(ownValue(parameters, name) ?? ""));
}
