import { asArray, asRecord, asString, asStrings, type JsonRecord } from "../../../../core/json.ts";
import { withoutTrailingSlashes } from "../../../../core/text.ts";
import { isApiPath, NO_REQUEST_DETAILS, type RequestSeen } from "../failure.ts";
import { requestFromUrl } from "../request/mentions.ts";
import { findOperationNames } from "../request/operation-names.ts";
import { fieldOf, textOf } from "./field-names.ts";

/** Fields next to a response that contain its request, in records of axios, Postman, n8n and log formats. */
const REQUEST_OBJECTS = [
  "request",
  "req",
  "config",
  "options",
  "originalRequest",
  "inputs",
  "http",
  "attributes",
  "context",
  "labels",
  "contextMap",
  "mdc",
];

/** Fields in which a log names the called operation. */
const OPERATION_FIELDS = ["op", "operation", "operationId", "operationName", "sdkMethod", "apiMethod"];

/**
 * Returns the request that a JSON record describes, either itself or in an object next to the response. Null
 * when it contains neither a URL nor the name of an operation.
 */
export function readRecordRequest(record: JsonRecord): RequestSeen | null {
  const own = requestIn(record);
  if (own !== null) return own;
  const name = OPERATION_FIELDS.map((field) => asString(record[field])).find((value) => value !== null);
  const names = name == null || name.length > 200 ? [] : findOperationNames(name);
  for (const name of REQUEST_OBJECTS) {
    const inner = asRecord(record[name]);
    const found = requestIn(inner) ?? requestIn(asRecord(inner["request"]));
    if (found !== null) return { ...found, method: found.method ?? methodIn(record) };
  }
  const told = TOLD_FIELDS.map((field) => requestTold(record[field])).find((request) => request !== null);
  if (told != null && names.length === 0) return told;
  const called = names.length === 0 ? namesInStack(record) : names;
  if (called.length > 0) return { ...NO_REQUEST_DETAILS, names: called };
  return isLibraryError("error", record) ? readRecordRequest(asRecord(record["error"])) : null;
}

/**
 * Whether a field of the JavaScript SDK's error holds the error of its HTTP library. That one repeats the status, and
 * adds only the request to the response in `body`.
 */
export function isLibraryError(field: string, record: JsonRecord): boolean {
  const { code, error } = asRecord(record["body"]);
  return (
    field === "error" &&
    "config" in asRecord(record[field]) &&
    typeof record["status"] === "number" &&
    (typeof code === "string" || typeof error === "string")
  );
}

/** Fields of a log record whose entire text can be a request: `{"message": "GET /api/v2/users", "status": 403}`. */
const TOLD_FIELDS = [
  "message",
  "msg",
  "event",
  "name",
  "call",
  "request",
  "endpoint",
  "api",
  "step",
  "target",
  ...OPERATION_FIELDS,
];

/** Returns the API request if it is the entire text of a field; null for any other value. */
export function requestTold(value: unknown): RequestSeen | null {
  const [, method = "", url] =
    /^(GET|POST|PUT|PATCH|DELETE|HEAD) (\S{1,4000})$/.exec(asString(value) ?? "") ?? [];
  const request = url === undefined ? null : requestFromUrl(method, url);
  return request !== null && isApiPath(request.path) ? request : null;
}

/** Fields in which logs and monitoring tools list the frames of a stack trace as objects. */
const STACKS = ["extendedStackTrace", "parsedStack", "frames", "stackTrace", "stack_trace"];
const MOST_FRAMES = 100;

/**
 * Returns the SDK methods in a stack trace whose frames are objects:
 * `{"class": "RoutingApi", "method": "getRoutingQueues"}`.
 */
function namesInStack(record: JsonRecord): readonly string[] {
  const frames = STACKS.flatMap((field) => asArray(record[field]))
    .slice(0, MOST_FRAMES)
    .map(asRecord);
  const calls = frames.map((frame) => {
    const place = asString(frame["class"]) ?? asString(frame["module"]) ?? "";
    return `${place}.${asString(frame["method"]) ?? asString(frame["function"]) ?? ""}`;
  });
  // Only methods of the SDK's own classes are API calls.
  const isOfSdk = (call: string): boolean => call.length < 400 && /api\.\w{1,120}$/i.test(call);
  return findOperationNames(calls.filter(isOfSdk).join("\n"));
}

/** Fields that name the caller of a request, in lower case and without separators. */
const CALLERS: ReadonlySet<string> = new Set([
  "remoteip",
  "remoteaddr",
  "remoteaddress",
  "clientip",
  "callerip",
]);

/**
 * Whether the program received this request rather than sent it: the record is from the log of its web server or
 * from an error report. A gateway in front of the platform also receives requests, but they have API paths.
 */
export function isReceived(record: JsonRecord, request: RequestSeen): boolean {
  if (isApiPath(request.path)) return false;
  return "breadcrumbs" in record || [record, ...partsOfRequest(record)].some(namesCaller);
}

/**
 * Whether a field of a Google Cloud log entry describes the request that the program was serving while it logged the
 * payload next to it.
 */
export function isOwnCall(field: string, record: JsonRecord): boolean {
  if (field !== "httpRequest" || !["jsonPayload", "textPayload"].some((name) => name in record)) return false;
  return !isApiPath(requestIn(asRecord(record[field]))?.path ?? null);
}

/** Returns the objects in which monitoring tools describe a request: `context.request.socket.remote_address`. */
function partsOfRequest(record: JsonRecord): readonly JsonRecord[] {
  const requests = [asRecord(record["request"]), asRecord(asRecord(record["context"])["request"])];
  return requests.flatMap((request) => [request, asRecord(request["socket"])]);
}

function namesCaller(record: JsonRecord): boolean {
  return Object.keys(record).some(
    (name) => name.length < 40 && CALLERS.has(name.toLowerCase().replace(/[^a-z]/g, "")),
  );
}

/**
 * Whether a trace record is the span of a server. A span with an API path does not count, because it can come from a
 * gateway in front of the platform.
 */
export function isServerSpan(record: JsonRecord): boolean {
  const attributes = { ...asRecord(record["tags"]), ...asRecord(record["attributes"]) };
  const isServer = [record["kind"], attributes["span.kind"]].some((kind) =>
    /^(?:SPAN_KIND_)?SERVER$/i.test(String(kind)),
  );
  return isServer && !isApiPath(requestIn(attributes)?.path ?? null);
}

/** Returns the responses to a request that the program received. They are not responses to a platform call. */
export function responsesIn(record: JsonRecord): readonly unknown[] {
  return [record["response"], asRecord(record["context"])["response"], record["tags"], record["attributes"]];
}

function requestIn(record: JsonRecord): RequestSeen | null {
  const url = fieldOf(record, "url", asUrl);
  if (url === null) return requestOfLine(asString(record["request"])) ?? requestOfValues(record);
  const base = asString(record["baseURL"]) ?? asString(record["baseUrl"]) ?? "";
  const address =
    url.startsWith("/") && /^https?:\/\//.test(base) ? `${withoutTrailingSlashes(base)}${url}` : url;
  return requestFromUrl(methodIn(record), address);
}

/**
 * Parses a request line in a field, as in JSON access logs: `{"request": "GET /a HTTP/1.1"}`. Null for anything
 * else.
 */
function requestOfLine(line: string | null): RequestSeen | null {
  const [, method = "", url] = /^([A-Z]{3,7}) (\S{1,4000}) HTTP\/[\d.]{1,4}$/.exec(line ?? "") ?? [];
  return url === undefined ? null : requestFromUrl(method, url);
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/;
const API_ADDRESS = /^(?:https:\/\/api\.[\w.-]{4,60})?\/api\/v2\/\S{1,4000}$/;
const MOST_FIELDS = 40;

/** Returns the request whose method and API path are values of fields with unusual names: `{"m": "GET", "u": ...}`. */
function requestOfValues(record: JsonRecord): RequestSeen | null {
  const values = Object.values(record)
    .slice(0, MOST_FIELDS)
    .flatMap((value) => asString(value) ?? []);
  const method = values.find((value) => METHOD.test(value));
  const address = values.find((value) => API_ADDRESS.test(value));
  return method === undefined || address === undefined ? null : requestFromUrl(method, address);
}

function methodIn(record: JsonRecord): string | null {
  const [, named = null] = /^([A-Z]{3,7}) \//.exec(asString(record["name"]) ?? "") ?? [];
  const http = asRecord(record["http"]);
  const parts = [record, asRecord(record["request"]), http, asRecord(http["request"])];
  return parts.map((part) => textOf(part, "method")).find((method) => method !== null) ?? named;
}

/** Returns a URL given as a string, or as an object as in Postman and ECS; null for anything else. */
function asUrl(value: unknown): string | null {
  const inner = asRecord(value);
  const text =
    asString(value) ??
    asString(inner["raw"]) ??
    joinParts(inner) ??
    asString(inner["full"]) ??
    asString(inner["href"]) ??
    asString(inner["path"]);
  return text !== null && /^(?:https?:\/\/|\/)/.test(text) ? text : null;
}

/** Joins a URL that Postman stores in parts: `{"host": ["api", "mypurecloud", "com"], "path": ["api", "v2"]}`. */
function joinParts({ protocol, host, path }: JsonRecord): string | null {
  if (!Array.isArray(host) || !Array.isArray(path)) return null;
  return `${asString(protocol) ?? "https"}://${asStrings(host).join(".")}/${asStrings(path).join("/")}`;
}
