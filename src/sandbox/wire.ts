import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Fault } from "./admin/faults.ts";
import type { Answer, Request } from "./answer.ts";
import { refusal, refusalAnswer } from "./refusal.ts";

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** The request with its body; null when the body is too large. */
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
    // The client went away in the middle; whatever came is answered into nothing.
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

/** Sends an answer; `correlationId` is null for the admin endpoint, which is no part of the platform. */
export function sendAnswer(
  response: ServerResponse,
  request: Request,
  answer: Answer,
  correlationId: string | null,
): void {
  const { text, contentType } = bodyOf(answer);
  const hasBody = text !== null && request.method !== "HEAD";
  response.writeHead(answer.status, {
    ...(correlationId === null ? {} : correlationHeaders(correlationId)),
    ...(hasBody ? { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) } : {}),
    ...answer.headers,
  });
  response.end(hasBody ? text : undefined);
}

/** Sends what the fault makes of the answer; `real` is asked only where it is part of it. The status sent, null when none was. */
export async function sendFault(
  response: ServerResponse,
  request: Request,
  fault: Fault,
  correlationId: string,
  real: () => Answer,
): Promise<number | null> {
  const headers = {
    ...correlationHeaders(correlationId),
    ...(fault.retryAfterSeconds === null ? {} : { "Retry-After": String(fault.retryAfterSeconds) }),
  };
  const json = { "Content-Type": "application/json" };
  switch (fault.kind) {
    case "reset":
      response.socket?.resetAndDestroy();
      return null;
    case "status": {
      const refused = refusalAnswer(
        refusal(fault.status, fault.code, "{message}", { message: fault.message }),
        correlationId,
      );
      sendAnswer(response, request, { ...refused, headers }, correlationId);
      return fault.status;
    }
    case "html":
      response.writeHead(fault.status, { ...headers, "Content-Type": "text/html" });
      response.end(
        `<html><head><title>${fault.status}</title></head><body><h1>${fault.message}</h1></body></html>`,
      );
      return fault.status;
    case "malformed":
      response.writeHead(fault.status, { ...headers, ...json }).end('{"id": "1", "name": ');
      return fault.status;
    case "truncated": {
      const answer = real();
      const whole = Buffer.from(bodyOf(answer).text ?? "");
      response.writeHead(answer.status, { ...headers, ...json, "Content-Length": whole.length });
      response.write(whole.subarray(0, whole.length >> 1), () => response.destroy());
      return answer.status;
    }
    case "gigantic":
      response.writeHead(fault.status, { ...headers, ...json });
      // Rejects when the reader hangs up early, as a careful one does.
      await pipeline(Readable.from(giganticJson(fault.bytes)), response).catch(() => response.destroy());
      return fault.status;
    case "empty":
    case "slow":
      response.writeHead(fault.status, headers).end();
      return fault.status;
  }
}

/** A JSON text of at least `bytes` bytes, in pieces. */
function* giganticJson(bytes: number): Generator<string> {
  yield '{"id": "';
  const piece = "x".repeat(CHUNK_BYTES);
  for (let sent = 0; sent < bytes; sent += CHUNK_BYTES) yield piece;
  yield '"}';
}

function bodyOf(answer: Answer): { readonly text: string | null; readonly contentType: string } {
  if (answer.text !== undefined) return { text: answer.text.value, contentType: answer.text.contentType };
  return {
    text: answer.json === undefined ? null : JSON.stringify(answer.json),
    contentType: "application/json",
  };
}

function correlationHeaders(correlationId: string): Readonly<Record<string, string>> {
  return { "ININ-Correlation-Id": correlationId, "Genesys-Correlation-Id": correlationId };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
