import { asNumber, asRecord, asString, type JsonRecord, parseJson } from "../../core/json.ts";
import { JSON_LIMITS, measureJson } from "../../core/json-limits.ts";
import { isInterim, readRequestLine, readStatusLine } from "../explain/paste/exchange/transcript-lines.ts";
import { type RecordedCall, recordedCall } from "./recorded-call.ts";

/**
 * Matches a line in common or combined log format: `127.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "GET /path
 * HTTP/1.1" 200 512`.
 */
const LOG_LINE = /"([A-Z]{3,10}) (\S{1,8000}) HTTP\/[\d.]{1,4}" (\d{3}|-)(?:\s|$)/;
const HOST_LINE = /^(?:> )?host: {0,3}([^\s/]{1,300})\s*$/i;

/**
 * Yields the calls of a recording in order. The recording can be a HAR, the NDJSON of a proxy, access logs or
 * the output of `curl -v`; text formats may be mixed. Keeps only methods, hosts, paths and statuses.
 */
export function* readRecording(text: string): Generator<RecordedCall> {
  if (isDocument(text)) {
    const entries = asRecord(asRecord(parseJson(text))["log"])["entries"];
    if (Array.isArray(entries)) {
      for (const entry of entries) yield* readEntry(asRecord(entry));
      return;
    }
  }
  yield* readLines(text);
}

/**
 * Returns the JSON limit that a recording exceeds, as the rest of a sentence that begins with "it has"; null if
 * it exceeds none. A parser would run out of memory beyond the limit.
 */
export function excessOf(text: string): string | null {
  // A value takes at least one character, so shorter text cannot exceed the limit.
  const isLong = (part: string): boolean => part.length > JSON_LIMITS.values;
  if (isLong(text) && isDocument(text)) return measureJson(Buffer.from(text)).excess;
  for (const line of linesOf(text)) {
    const { excess } = isLong(line) && line.startsWith("{") ? measureJson(Buffer.from(line)) : NO_EXCESS;
    if (excess !== null) return excess;
  }
  return null;
}

const NO_EXCESS = { excess: null };

/** Whether the text may be a single JSON document. In NDJSON, the first line is already a complete document. */
function isDocument(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  const line = linesOf(text.trimStart()).next().value ?? "";
  return line.length === text.trim().length || !measureJson(Buffer.from(line)).isClosed;
}

/** Yields the lines of the text one by one, because a list of all lines may need more memory than the text. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, text[end - 1] === "\r" && end > start && found !== -1 ? end - 1 : end);
    start = end + 1;
  }
}

/** Reads an entry of a HAR (HTTP Archive 1.2). */
function readEntry(entry: JsonRecord): readonly RecordedCall[] {
  const request = asRecord(entry["request"]);
  const [method, url] = [readMethod(request["method"]), asString(request["url"])];
  if (method === null || url === null) return [];
  return [recordedCall(method, url, { host: null, status: asNumber(asRecord(entry["response"])["status"]) })];
}

/** Returns an HTTP method; null for anything else, because it may be a misplaced secret. */
function readMethod(value: unknown): string | null {
  const method = asString(value);
  return method !== null && /^[a-z]{3,10}$/i.test(method) ? method : null;
}

/** A request in a transcript that has no response yet. */
interface OpenRequest {
  readonly method: string;
  readonly target: string;
  host: string | null;
}

function* readLines(text: string): Generator<RecordedCall> {
  let open: OpenRequest | null = null;
  for (const line of linesOf(text)) {
    const [, method, target, logged] = LOG_LINE.exec(line) ?? [];
    if (method !== undefined && target !== undefined) {
      yield recordedCall(method, target, { host: null, status: logged === "-" ? null : Number(logged) });
      continue;
    }
    if (line.startsWith("{")) {
      yield* readRecordLine(line);
      continue;
    }
    const request = readRequestLine(line);
    if (request !== null) {
      yield* closed(open, null);
      open = { ...request, host: null };
      continue;
    }
    if (open === null) continue;
    const [, host] = HOST_LINE.exec(line) ?? [];
    if (host !== undefined) open.host ??= host;
    const status = readStatusLine(line);
    if (status === null || isInterim(status)) continue;
    yield* closed(open, status);
    open = null;
  }
  yield* closed(open, null);
}

/**
 * Returns the call for a request in a transcript, or nothing for a `CONNECT` to a proxy. The calls through that
 * tunnel follow.
 */
function closed(open: OpenRequest | null, status: number | null): readonly RecordedCall[] {
  if (open === null || open.method === "CONNECT") return [];
  return [recordedCall(open.method, open.target, { host: open.host, status })];
}

/**
 * Parses a line of NDJSON: `{"method": …, "host": …, "path": …, "status": …}`, or with `url` instead of host and
 * path.
 */
function readRecordLine(line: string): readonly RecordedCall[] {
  const record = asRecord(parseJson(line));
  const method = readMethod(record["method"]);
  const target = asString(record["url"]) ?? asString(record["path"]);
  if (method === null || target === null) return [];
  return [
    recordedCall(method, target, { host: asString(record["host"]), status: asNumber(record["status"]) }),
  ];
}
