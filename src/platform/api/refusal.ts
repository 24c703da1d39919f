import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";

export interface RefusalDetail {
  readonly errorCode: string | null;
  readonly fieldName: string | null;
  readonly entityId: string | null;
  readonly entityName: string | null;
}

/** The API's error envelope, with the fields that were present. */
export interface ApiRefusal {
  readonly message: string | null;
  readonly code: string | null;
  /** Status in the body, which can differ from the status line. */
  readonly status: number | null;
  readonly messageWithParams: string | null;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly contextId: string | null;
  readonly entityId: string | null;
  readonly entityName: string | null;
  readonly details: readonly RefusalDetail[];
  /** Newer services send `details` as a string. */
  readonly detailText: string | null;
  readonly limit: {
    readonly key: string | null;
    readonly namespace: string | null;
    readonly value: string | null;
  } | null;
  /** `errors` of the usual envelope, or `nested` of newer services. */
  readonly errors: readonly ApiRefusal[];
}

/** Maximum depth of nested envelopes. */
const DEEPEST = 5;

/**
 * Reads an error envelope from a parsed body: the usual one (`message`, `code`, `status`, `contextId`, …) or
 * that of newer services (`nested`, `details` as a string). Every field may be absent.
 * @returns null without a message and a code, because then it is not the platform's envelope
 */
export function readRefusal(body: unknown): ApiRefusal | null {
  return readAtDepth(body, 0);
}

function readAtDepth(body: unknown, depth: number): ApiRefusal | null {
  const envelope = asRecord(body);
  const message = asString(envelope["message"]);
  const code = asString(envelope["code"]);
  if ((message === null && code === null) || depth > DEEPEST) return null;
  return {
    message,
    code,
    status: readStatus(envelope["status"]),
    messageWithParams: asString(envelope["messageWithParams"]),
    messageParams: readParams(envelope["messageParams"]),
    contextId: asString(envelope["contextId"]),
    entityId: asString(envelope["entityId"]),
    entityName: asString(envelope["entityName"]),
    details: asArray(envelope["details"]).map(readDetail),
    detailText: asString(envelope["details"]),
    limit: readLimit(envelope["limit"]),
    errors: [...asArray(envelope["errors"]), ...asArray(envelope["nested"])].flatMap(
      (error) => readAtDepth(error, depth + 1) ?? [],
    ),
  };
}

function readStatus(value: unknown): number | null {
  return typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : asNumber(value);
}

function readParams(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asRecord(value)).flatMap(([name, param]) =>
      typeof param === "string" || typeof param === "number" ? [[name, String(param)]] : [],
    ),
  );
}

function readDetail(value: unknown): RefusalDetail {
  const detail = asRecord(value);
  return {
    errorCode: asString(detail["errorCode"]),
    fieldName: asString(detail["fieldName"]),
    entityId: asString(detail["entityId"]),
    entityName: asString(detail["entityName"]),
  };
}

function readLimit(value: unknown): ApiRefusal["limit"] {
  const limit: JsonRecord = asRecord(value);
  const amount = asNumber(limit["value"]) ?? asString(limit["value"]);
  const key = asString(limit["key"]);
  return key === null && amount === null
    ? null
    : { key, namespace: asString(limit["namespace"]), value: amount === null ? null : String(amount) };
}
