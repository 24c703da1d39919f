import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
// The bundle contains only the parts of undici that `.build/undici-parts.mjs` exports.
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from "undici";
import type { Clock } from "../../core/clock.ts";
import { InterruptedError, type NetworkError } from "../../core/errors.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { type ConnectionAttempts, createConnectionAttempts } from "../connection/connection-attempts.ts";
import { closed, describeNetworkFailure, isDistrust, timedOut } from "../connection/network-failure.ts";
import { chooseProxy, type ProxySettings } from "../connection/proxy-choice.ts";
import { systemAuthorities, trustOptions } from "../connection/trusted-authorities.ts";
import { createBodyCollector, withoutOptimizing } from "./body-memory.ts";
import { rejectWhenAborted } from "./reject-when-aborted.ts";
import { encodeRequest } from "./request-encoding.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";

export interface UndiciTransportOptions extends ProxySettings {
  /** Certificate authorities (PEM) to trust in addition to Node's own. */
  readonly caCertificates?: readonly string[];
  /**
   * Returns additional authorities (PEM), which are tried when a server is not trusted without them. Default:
   * those of the operating system.
   */
  readonly systemAuthorities?: () => readonly string[];
  readonly userAgent: string;
  readonly defaultTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * Chunk size of decompressed bodies, in bytes. It is four times Node's default, so that long responses take
 * fewer steps.
 */
const DECODED_CHUNK_BYTES = 64 * 1024;

/** A Transport that keeps connections open until `close` is called. */
export interface ClosableTransport {
  readonly transport: Transport;
  /** Drops every connection, including those with unread bodies. Later requests fail. */
  close(): Promise<void>;
}

/**
 * Creates the Transport for the real network. Importing this module takes a third of the start-up time, so
 * import it dynamically. Redirects are returned unchanged, and bodies are decompressed (gzip, deflate, br).
 */
export function undiciTransport(options: UndiciTransportOptions): ClosableTransport {
  const dispatchers = new Map<string, Dispatcher>();
  const retired: Dispatcher[] = [];
  let trusted = options.caCertificates ?? [];
  let hasReadSystem = false;
  const collect = createBodyCollector();
  let hasAnswered = false;
  let isClosed = false;
  const attempts = createConnectionAttempts();

  function dispatcherFor(proxy: URL | null): Dispatcher {
    const key = proxy?.href ?? "direct";
    const known = dispatchers.get(key);
    if (known !== undefined) return known;
    const made = makeDispatcher(proxy, trusted, attempts);
    dispatchers.set(key, made);
    return made;
  }

  /** Trusts the operating system's certificate authorities from now on. Reads them only once. */
  function trustSystem(): void {
    if (hasReadSystem) return;
    hasReadSystem = true;
    const found = (options.systemAuthorities ?? systemAuthorities)();
    if (found.length === 0) return;
    trusted = [...trusted, ...found];
    // The old dispatchers may still have requests in flight, so they are closed later.
    appendAll(retired, dispatchers.values());
    dispatchers.clear();
  }

  /**
   * Repeats a request with the system's authorities if it failed, before it was sent, because the server was not
   * trusted.
   */
  async function sendTrusting<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    const before = trusted;
    try {
      return await send();
    } catch (error) {
      if (!isDistrust(error)) throw error;
      trustSystem();
      if (trusted === before) throw error;
      return await send();
    }
  }

  return {
    transport: async (request) => {
      const proxy = chooseProxy(request.url, options);
      const { host, origin, pathname, search } = request.url;
      const describe = (error: unknown) =>
        isClosed ? closed(host, error) : describeNetworkFailure(error, { host, proxy: proxy?.host ?? null });
      if (isClosed) throw closed(host);
      const limit = startLimit(request, options, host);
      const encoded = encodeRequest(request, {
        accept: "application/json",
        "accept-encoding": "gzip, deflate, br",
        "user-agent": options.userAgent,
      });
      try {
        const send = async () =>
          await dispatcherFor(proxy).request({
            ...encoded,
            origin,
            path: `${pathname}${search}`,
            method: request.method as Dispatcher.HttpMethod,
            signal: limit.signal,
          });
        const answer = await rejectWhenAborted(
          sendTrusting(hasAnswered ? send : async () => await withoutOptimizing(send)),
          limit.signal,
          (late) => late.body.destroy(),
        );
        hasAnswered = true;
        const headers = joinHeaders(answer.headers);
        const body = decompress(answer.body, headers["content-encoding"], request.method);
        return {
          status: answer.statusCode,
          headers,
          body: translating(body, limit, describe, collect),
        };
      } catch (error) {
        limit.stop();
        throw limit.failure() ?? describe(error);
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...retired, ...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      attempts.end();
    },
  };
}

function makeDispatcher(
  proxy: URL | null,
  caCertificates: readonly string[],
  attempts: ConnectionAttempts,
): Dispatcher {
  const tls = trustOptions(caCertificates);
  // genscope has its own time limit (see `startLimit`). Those of undici would end long responses early.
  const untimed = { headersTimeout: 0, bodyTimeout: 0 };
  if (proxy === null) return new Agent({ ...untimed, connect: attempts.track(buildConnector(tls)) });
  return new ProxyAgent({
    ...untimed,
    uri: proxy.href,
    requestTls: tls,
    proxyTls: tls,
    // Creates the same pool as undici's default, but with tracked connections, so that `attempts.end` can end them.
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, connect: attempts.track(buildConnector(tls)) }),
  });
}

interface Limit {
  readonly signal: AbortSignal;
  /** Returns why genscope ended the request; null when it did not. */
  failure(): InterruptedError | NetworkError | null;
  stop(): void;
}

/** Starts the timeout of a request, from connecting to the last byte, and combines it with the caller's signal. */
function startLimit(request: HttpRequest, options: UndiciTransportOptions, host: string): Limit {
  const timeoutMs = request.timeoutMs ?? options.defaultTimeoutMs;
  const deadline = new AbortController();
  const timer = new AbortController();
  options.clock.sleep(timeoutMs, timer.signal).then(
    () => deadline.abort(timedOut(host, timeoutMs)),
    () => undefined, // The request ended before its time limit.
  );
  return {
    signal: request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal,
    failure: () => {
      if (request.signal?.aborted) {
        return new InterruptedError("interrupted", "interrupted", { cause: request.signal.reason });
      }
      return deadline.signal.aborted ? (deadline.signal.reason as NetworkError) : null;
    },
    stop: () => timer.abort(),
  };
}

function decompress(body: Readable, encoding: string | undefined, method: string): Readable {
  const decoder = method === "HEAD" ? null : makeDecoder(encoding?.trim().toLowerCase());
  // An error on either stream ends the other, and reading from the decoder reports it. The callback therefore
  // does nothing.
  return decoder === null ? body : pipeline(body, decoder, () => undefined);
}

function makeDecoder(encoding: string | undefined) {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip({ chunkSize: DECODED_CHUNK_BYTES });
    case "deflate":
      return createInflate({ chunkSize: DECODED_CHUNK_BYTES });
    case "br":
      return createBrotliDecompress({ chunkSize: DECODED_CHUNK_BYTES });
    default:
      return null;
  }
}

async function* translating(
  body: Readable,
  limit: Limit,
  translate: (error: unknown) => NetworkError,
  collect: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      yield chunk;
      collect(chunk.byteLength);
    }
  } catch (error) {
    throw limit.failure() ?? translate(error);
  } finally {
    limit.stop();
  }
}

function joinHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): HttpResponse["headers"] {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return joined;
}
