import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Answer, Request } from "./answer.ts";

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
/** Size of one write, in bytes. */
export const CHUNK_BYTES = 64 * 1024;
const SMALLEST_GZIP_LENGTH = 1024;
const CHUNKED_JSON = { text: null, contentType: "application/json" };

/** Reads a request with its body; null when the body is too large. */
export async function readRequest(incoming: IncomingMessage): Promise<Request | null> {
  const [path = "/", query = ""] = splitOnce(incoming.url ?? "/", "?");
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_BODY_BYTES) return null;
      chunks.push(chunk);
    }
  } catch {
    // The client has disconnected and can no longer receive a response.
  }
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    address: incoming.socket.remoteAddress ?? "",
  };
}

/** Settings for sending a response. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly request: Request;
  /** Correlation ids; null for the admin endpoint, which the platform does not have. */
  readonly correlationId: string | null;
  /** Whether to compress large bodies for clients that accept this. */
  readonly gzip: boolean;
}

/** Sends a response. Resolves when the last byte has been written, or when the client has disconnected. */
export async function sendAnswer(delivery: Delivery, answer: Answer): Promise<void> {
  const { response, request, correlationId } = delivery;
  if (answer.bytes !== undefined) {
    const { value, contentType } = answer.bytes;
    const lengths = { "Content-Type": contentType, "Content-Length": value.length };
    response.writeHead(answer.status, { ...lengths, ...answer.headers }).end(value);
    return;
  }
  const { text, contentType } = answer.chunks === undefined ? bodyOf(answer) : CHUNKED_JSON;
  const isCompressed = delivery.gzip && isGzipWorthwhile(request, answer, text);
  const hasBody = (text !== null || answer.chunks !== undefined) && request.method !== "HEAD";
  const isWhole = text !== null && !isCompressed;
  response.writeHead(answer.status, {
    ...(correlationId === null ? {} : correlationHeaders(correlationId)),
    ...(hasBody ? { "Content-Type": contentType } : {}),
    ...(hasBody && isWhole ? { "Content-Length": Buffer.byteLength(text) } : {}),
    ...(hasBody && isCompressed ? { "Content-Encoding": "gzip" } : {}),
    ...answer.headers,
  });
  if (!hasBody) response.end();
  else if (isWhole) response.end(text);
  else await sendPieces(response, gathered(answer.chunks?.() ?? [text ?? ""]), isCompressed);
}

/** Writes the chunks no faster than the client reads them. */
async function sendPieces(
  response: ServerResponse,
  pieces: Iterable<Buffer>,
  isCompressed: boolean,
): Promise<void> {
  const source = Readable.from(pieces, { objectMode: false, highWaterMark: 4 * CHUNK_BYTES });
  // The pipeline rejects when the client disconnects, which is not an error here.
  const sent = isCompressed
    ? pipeline(source, createGzip({ level: 1, chunkSize: CHUNK_BYTES }), response)
    : pipeline(source, response);
  await sent.catch(() => response.destroy());
}

/**
 * Joins small strings, because every write costs more than the string itself. Encodes each string separately, because a
 * single letter outside Latin-1 would make a joined string twice as large and slow to encode.
 */
function* gathered(chunks: Iterable<string>): Generator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks) {
    const piece = Buffer.from(chunk);
    pieces.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(pieces, size);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces, size);
}

function isGzipWorthwhile(request: Request, answer: Answer, text: string | null): boolean {
  const isLarge = answer.chunks !== undefined || (text?.length ?? 0) > SMALLEST_GZIP_LENGTH;
  return isLarge && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
}

/** Returns the whole body of a response as bytes. */
export function wholeOf(answer: Answer): Buffer {
  if (answer.bytes !== undefined) return answer.bytes.value;
  return Buffer.from(
    answer.chunks === undefined ? (bodyOf(answer).text ?? "") : [...answer.chunks()].join(""),
  );
}

function bodyOf(answer: Answer): { readonly text: string | null; readonly contentType: string } {
  if (answer.text !== undefined) return { text: answer.text.value, contentType: answer.text.contentType };
  return {
    text: answer.json === undefined ? null : JSON.stringify(answer.json),
    contentType: "application/json",
  };
}

/** Returns the correlation id under both of the platform's header names. */
export function correlationHeaders(correlationId: string): Readonly<Record<string, string>> {
  return { "ININ-Correlation-Id": correlationId, "Genesys-Correlation-Id": correlationId };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
