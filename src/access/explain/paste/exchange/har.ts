import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../../../core/json.ts";
import { redactSecrets } from "../../../../core/redaction/redact-secrets.ts";
import type { RequestSeen } from "../failure.ts";
import { requestFromUrl } from "../request/mentions.ts";
import { authorizationSeen, describeBody } from "../request/request-details.ts";
import { decodeRawBodies } from "../text/encoded-body.ts";
import type { Exchange } from "./exchange.ts";

const MOST_ENTRIES = 5_000;
const LONGEST_BODY = 200_000;

/** Whether a document is a HAR: `{"log": {"entries": [...]}}` (HTTP Archive 1.2). */
export function isHar(value: unknown): boolean {
  return Array.isArray(asRecord(asRecord(value)["log"])["entries"]);
}

/**
 * Returns the exchanges of a HAR that a diagnosis needs: every response with a status of 400 or above, and every
 * call to the API or to OAuth, because its success can settle an earlier refusal. Copies only the fields used
 * here, without secrets, and leaves out the other headers and cookies of the browser session.
 */
export function readHar(value: unknown): readonly Exchange[] {
  return asArray(asRecord(asRecord(value)["log"])["entries"])
    .map(asRecord)
    .filter(isOfInterest)
    .slice(0, MOST_ENTRIES)
    .map(readEntry);
}

function isOfInterest(entry: JsonRecord): boolean {
  const status = asNumber(asRecord(entry["response"])["status"]) ?? 0;
  const url = asString(asRecord(entry["request"])["url"]) ?? "";
  return status >= 400 || /\/(?:api\/v2|oauth)\//.test(url);
}

function readEntry(entry: JsonRecord): Exchange {
  const request = asRecord(entry["request"]);
  const response = asRecord(entry["response"]);
  const content = asRecord(response["content"]);
  const status = asNumber(response["status"]);
  const isRefusal = status !== null && status >= 400;
  const text = isRefusal ? (asString(content["text"]) ?? "").slice(0, LONGEST_BODY) : "";
  const body = content["encoding"] === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
  return {
    request: readRequest(request),
    status: status === 0 ? null : status,
    connectionError: status === 0 ? connectionErrorOf(entry) : null,
    headers: headersOf(response),
    body: redactSecrets(decodeRawBodies(body)),
  };
}

/** Returns the browser's error for a request without a response; null if the browser itself canceled the request. */
function connectionErrorOf(entry: JsonRecord): string | null {
  const error = asString(asRecord(entry["response"])["_error"]) ?? asString(entry["_error"]);
  return error !== null && /^net::ERR_(?!ABORTED)[A-Z_]{4,60}$/.test(error) ? error : null;
}

function readRequest(request: JsonRecord): RequestSeen {
  const headers = headersOf(request);
  const postData = asRecord(request["postData"]);
  const parameters = asArray(postData["params"]).flatMap((item) => asString(asRecord(item)["name"]) ?? []);
  const described = describeBody((asString(postData["text"]) ?? "").slice(0, LONGEST_BODY));
  const grantType = asArray(postData["params"])
    .map(asRecord)
    .find((item) => item["name"] === "grant_type");
  return {
    ...requestFromUrl(asString(request["method"]), redactSecrets(asString(request["url"]) ?? "")),
    authorization:
      headers["authorization"] === undefined ? null : authorizationSeen(headers["authorization"], true),
    contentType: headers["content-type"] ?? asString(postData["mimeType"])?.toLowerCase() ?? null,
    bodyFields: described.bodyFields.length > 0 ? described.bodyFields : parameters,
    bodyFormat: described.bodyFormat ?? (parameters.length > 0 ? "form" : null),
    topics: described.topics,
    grantType: described.grantType ?? asString(asRecord(grantType)["value"]),
  };
}

function headersOf(message: JsonRecord): Readonly<Record<string, string>> {
  // An object without a prototype can safely hold a header called `__proto__`.
  const headers = Object.create(null) as Record<string, string>;
  for (const header of asArray(message["headers"]).map(asRecord)) {
    const name = asString(header["name"])?.toLowerCase();
    const value = asString(header["value"]);
    if (name === undefined || value === null || /cookie|api-?key|token/.test(name)) continue;
    headers[name] =
      name === "authorization"
        ? redactSecrets(`authorization: ${value}`).slice("authorization: ".length)
        : redactSecrets(value);
  }
  return headers;
}
