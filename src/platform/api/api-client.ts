import { asRecord, asString, parseJson } from "../../core/json.ts";
import { readBody } from "../../http/transport/body.ts";
import { readCorrelationId, readCorrelationIds } from "../../http/transport/correlation.ts";
import type { HttpRequest, HttpResponse, Transport, WholeBody } from "../../http/transport/transport.ts";
import { wholeJson } from "../../http/transport/whole-json.ts";
import type { Region } from "../region/region.ts";
import type { Api, ApiAnswer, ApiRequest } from "./api.ts";
import { ApiError, refusedError } from "./api-error.ts";
import { foreignAnswerError } from "./foreign-answer.ts";

export interface ApiOptions {
  readonly region: Region;
  /** Transport that already adds token, retries and pacing. */
  readonly transport: Transport;
  readonly signal?: AbortSignal;
}

/** Creates the Platform API client over a Transport. */
export function createApi({ region, transport, signal }: ApiOptions): Api {
  const open = async (request: ApiRequest, whole?: WholeBody) => {
    const sent = toHttpRequest(request, region, signal);
    return await transport(whole === undefined ? sent : { ...sent, whole });
  };
  const send = async (request: ApiRequest) =>
    await readAnswer(await open(request, wholeJson(request.maxBytes)), request.maxBytes);
  return {
    region,
    send,
    get: async (path, query) => await getJson(region, send, path, query),
    stream: async (request) => {
      const response = await open(request);
      if (response.status < 200 || response.status >= 300) {
        const answer = await readAnswer(response, request.maxBytes);
        throw refusedError(request, answer) ?? foreignAnswerError(request, answer, region.apiUrl);
      }
      const { status, headers, body } = response;
      return { status, headers, correlationId: readCorrelationId(headers), body };
    },
  };
}

/** Returns the same client for one task: aborting `signal` ends all of its pending requests. */
export function stoppableApi(api: Api, signal: AbortSignal): Api {
  const until = (request: ApiRequest): ApiRequest => ({
    ...request,
    ...withSignal(request, signal),
  });
  return {
    region: api.region,
    send: async (request) => await api.send(until(request)),
    get: async (path, query) =>
      await getJson(api.region, async (request) => await api.send(until(request)), path, query),
    stream: async (request) => await api.stream(until(request)),
  };
}

async function getJson(
  region: Region,
  send: Api["send"],
  path: string,
  query: ApiRequest["query"],
): Promise<unknown> {
  const request = { method: "GET", path, ...(query === undefined ? {} : { query }) };
  return requireJson(request, await send(request), region);
}

async function readAnswer(response: HttpResponse, maxBytes: number | undefined): Promise<ApiAnswer> {
  const bytes = await readBody(response, maxBytes);
  const text = new TextDecoder().decode(bytes);
  const body = text.trim() === "" ? null : parseJson(text);
  const { inin, genesys } = readCorrelationIds(response.headers);
  const contextId = asString(asRecord(body)["contextId"]);
  return {
    status: response.status,
    headers: response.headers,
    correlationId: genesys ?? inin ?? contextId,
    ininCorrelationId: inin,
    genesysCorrelationId: genesys,
    contextId,
    body,
    text,
  };
}

/**
 * Returns the body of a 2xx JSON response.
 * @throws ApiError that describes any other response
 */
export function requireJson(request: ApiRequest, answer: ApiAnswer, region: Region): unknown {
  const isJson = answer.body !== undefined && answer.body !== null;
  if (answer.status >= 200 && answer.status < 300 && isJson) return answer.body;
  throw refusedError(request, answer) ?? foreignAnswerError(request, answer, region.apiUrl);
}

/** Path segments that a URL parser resolves instead of keeping (WHATWG URL, section 4.1). They cannot be escaped. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Adds host and signals to a request. @throws ApiError when an id would turn the path into another operation */
function toHttpRequest(request: ApiRequest, region: Region, whole: AbortSignal | undefined): HttpRequest {
  if (DOT_SEGMENT.test(request.path)) {
    const message = `an id for \`${request.method} ${request.path}\` is a relative path`;
    throw new ApiError("api.incomplete", message, {
      request,
      answer: { status: 200, correlationId: null, body: null },
    });
  }
  const url = new URL(`${region.apiUrl}${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const item of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
      url.searchParams.append(name, String(item));
    }
  }
  return {
    method: request.method,
    url,
    ...(request.headers === undefined ? {} : { headers: request.headers }),
    ...(request.body === undefined ? {} : { body: { kind: "json", value: request.body } as const }),
    ...(request.repeatable === undefined ? {} : { repeatable: request.repeatable }),
    ...(request.mostRepeats === undefined ? {} : { mostRepeats: request.mostRepeats }),
    ...(request.mostTimeouts === undefined ? {} : { mostTimeouts: request.mostTimeouts }),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    ...withSignal(request, whole),
  };
}

/** Returns the signals that end a request: its own, and the client's unless the request cleans up after an abort. */
function withSignal(
  { signal, isCleanUp }: ApiRequest,
  whole: AbortSignal | undefined,
): { readonly signal?: AbortSignal } {
  const until = isCleanUp === true ? undefined : whole;
  const both = signal && until ? AbortSignal.any([signal, until]) : (signal ?? until);
  return both === undefined ? {} : { signal: both };
}
