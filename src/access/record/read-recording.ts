import { asNumber, asRecord, asString, type JsonRecord, parseJson } from "../../core/json.ts";
import { JSON_LIMITS, measureJson } from "../../core/json-limits.ts";
import { isInterim, readRequestLine, readStatusLine } from "../explain/paste/exchange/transcript-lines.ts";
import { type RecordedCall, recordedCall } from "./recorded-call.ts";

/** `127.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "GET /path HTTP/1.1" 200 512`: common and combined log format. */
const LOG_LINE = /"([A-Z]{3,10}) (\S{1,8000}) HTTP\/[\d.]{1,4}" (\d{3}|-)(?:\s|$)/;
const HOST_LINE = /^(?:> )?host: {0,3}([^\s/]{1,300})\s*$/i;

/**
 * Reads the calls of a recording in the order in which they appear: a HAR, the NDJSON of a proxy, access
 * logs, or the output of `curl -v`. Text formats may be mixed. Keeps only methods, hosts, paths and statuses.
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
 * Returns the JSON limit that a recording exceeds, worded to follow "it has"; null if absent. Beyond
 * it, a parser would exhaust memory.
 */
export function excessOf(text: string): string | null {
  // Each value takes at least one character.
  const isLong = (part: string): boolean => part.length > JSON_LIMITS.values;
  if (isLong(text) && isDocument(text)) return measureJson(Buffer.from(text)).excess;
  for (const line of linesOf(text)) {
    const { excess } = isLong(line) && line.startsWith("{") ? measureJson(Buffer.from(line)) : NO_EXCESS;
    if (excess !== null) return excess;
  }
  return null;
}

const NO_EXCESS = { excess: null };

/** Whether the text may be one JSON document, unlike NDJSON, where the first line is a complete document. */
function isDocument(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  const line = linesOf(text.trimStart()).next().value ?? "";
  return line.length === text.trim().length || !measureJson(Buffer.from(line)).isClosed;
}

/** Yields the lines of the text one by one, because a list of them may need more memory than the text. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, text[end - 1] === "\r" && end > start && found !== -1 ? end - 1 : end);
    start = end + 1;
  }
}

/** An entry of a HAR (HTTP Archive 1.2). */
function readEntry(entry: JsonRecord): readonly RecordedCall[] {
  const request = asRecord(entry["request"]);
  const [method, url] = [readMethod(request["method"]), asString(request["url"])];
  if (method === null || url === null) return [];
  return [recordedCall(method, url, { host: null, status: asNumber(asRecord(entry["response"])["status"]) })];
}

/** Returns the name of a method; null for anything else, which may be a misplaced secret. */
function readMethod(value: unknown): string | null {
  const method = asString(value);
  return method !== null && /^[a-z]{3,10}$/i.test(method) ? method : null;
}

/** A request in a transcript whose response is still to come. */
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
 * Returns the call for a request in a transcript. The tunnel to a proxy is not a call; the calls inside it
 * follow.
 */
function closed(open: OpenRequest | null, status: number | null): readonly RecordedCall[] {
  if (open === null || open.method === "CONNECT") return [];
  return [recordedCall(open.method, open.target, { host: open.host, status })];
}

/** A line of NDJSON: `{"method": …, "host": …, "path": …, "status": …}`, or `url` in place of host and path. */
function readRecordLine(line: string): readonly RecordedCall[] {
  const record = asRecord(parseJson(line));
  const method = readMethod(record["method"]);
  const target = asString(record["url"]) ?? asString(record["path"]);
  if (method === null || target === null) return [];
  return [
    recordedCall(method, target, { host: asString(record["host"]), status: asNumber(record["status"]) }),
  ];
}
