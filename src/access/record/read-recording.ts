import { asNumber, asRecord, asString, type JsonRecord, parseJson } from "../../core/json.ts";
import { isInterim, readRequestLine, readStatusLine } from "../explain/paste/exchange/transcript-lines.ts";
import { type RecordedCall, recordedCall } from "./recorded-call.ts";

/** `127.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "GET /path HTTP/1.1" 200 512`: common and combined log format. */
const LOG_LINE = /"([A-Z]{3,10}) (\S{1,8000}) HTTP\/[\d.]{1,4}" (\d{3}|-)(?:\s|$)/;
const HOST_LINE = /^(?:> )?host: {0,3}([^\s/]{1,300})\s*$/i;

/**
 * Reads the calls of a recording in the order in which they appear: a HAR, the NDJSON of a proxy, access logs, or the
 * output of `curl -v`. The forms of text may be mixed. Takes methods, hosts, paths and statuses only.
 */
export function readRecording(text: string): readonly RecordedCall[] {
  const start = text.trimStart();
  if (start.startsWith("{")) {
    const entries = asRecord(asRecord(parseJson(text))["log"])["entries"];
    if (Array.isArray(entries)) return entries.map(asRecord).flatMap(readEntry);
  }
  return readLines(text.split(/\r?\n/));
}

/** An entry of a HAR (HTTP Archive 1.2). */
function readEntry(entry: JsonRecord): readonly RecordedCall[] {
  const request = asRecord(entry["request"]);
  const [method, url] = [asString(request["method"]), asString(request["url"])];
  if (method === null || url === null) return [];
  return [recordedCall(method, url, { host: null, status: asNumber(asRecord(entry["response"])["status"]) })];
}

/** A request of a transcript whose answer is still to come. */
interface OpenRequest {
  readonly method: string;
  readonly target: string;
  host: string | null;
}

function readLines(lines: readonly string[]): readonly RecordedCall[] {
  const calls: RecordedCall[] = [];
  let open: OpenRequest | null = null;
  const close = (status: number | null) => {
    // The tunnel of a proxy is no call; the calls inside it follow.
    if (open !== null && open.method !== "CONNECT") {
      calls.push(recordedCall(open.method, open.target, { host: open.host, status }));
    }
    open = null;
  };
  for (const line of lines) {
    const [, method, target, logged] = LOG_LINE.exec(line) ?? [];
    if (method !== undefined && target !== undefined) {
      calls.push(
        recordedCall(method, target, { host: null, status: logged === "-" ? null : Number(logged) }),
      );
      continue;
    }
    if (line.startsWith("{")) {
      calls.push(...readRecordLine(line));
      continue;
    }
    const request = readRequestLine(line);
    if (request !== null) {
      close(null);
      open = { ...request, host: null };
      continue;
    }
    if (open === null) continue;
    const [, host] = HOST_LINE.exec(line) ?? [];
    if (host !== undefined) open.host ??= host;
    const status = readStatusLine(line);
    if (status !== null && !isInterim(status)) close(status);
  }
  close(null);
  return calls;
}

/** A line of NDJSON: `{"method": …, "host": …, "path": …, "status": …}`, or `url` in place of host and path. */
function readRecordLine(line: string): readonly RecordedCall[] {
  const record = asRecord(parseJson(line));
  const method = asString(record["method"]);
  const target = asString(record["url"]) ?? asString(record["path"]);
  if (method === null || target === null) return [];
  return [
    recordedCall(method, target, { host: asString(record["host"]), status: asNumber(record["status"]) }),
  ];
}
