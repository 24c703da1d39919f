import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer } from "../answer.ts";
import { refusal, refusalAnswer } from "../refusal.ts";
import { CHUNK_BYTES, correlationHeaders, type Delivery, sendAnswer, wholeOf } from "../wire.ts";
import type { Fault } from "./faults.ts";

/**
 * Sends a response with the fault applied. Calls `real` only for faults that use the real response. Returns the status
 * that was sent, or null when none was sent.
 */
export async function sendFault(
  delivery: Delivery,
  fault: Fault,
  pause: () => Promise<void>,
  real: () => Answer,
): Promise<number | null> {
  const { response } = delivery;
  const correlationId = delivery.correlationId ?? "";
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
      await sendAnswer(delivery, { ...refused, headers });
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
      const whole = wholeOf(answer);
      response.writeHead(answer.status, { ...headers, ...json, "Content-Length": whole.length });
      response.write(whole.subarray(0, Math.floor(whole.length * fault.portion)), () => response.destroy());
      return answer.status;
    }
    case "cut": {
      const answer = real();
      const whole = wholeOf(answer);
      response.useChunkedEncodingByDefault = false;
      response.writeHead(answer.status, { ...headers, ...json, Connection: "close" });
      response.end(whole.subarray(0, Math.floor(whole.length * fault.portion)));
      return answer.status;
    }
    case "lost":
      real();
      response.socket?.resetAndDestroy();
      return null;
    case "trickle": {
      const answer = real();
      const whole = wholeOf(answer);
      response.writeHead(answer.status, { ...headers, ...json, "Content-Length": whole.length });
      // The pipeline rejects when the client times out.
      await pipeline(Readable.from(readChunks(whole, fault.bytes, pause)), response).catch(() =>
        response.destroy(),
      );
      return answer.status;
    }
    case "gigantic":
      response.writeHead(fault.status, { ...headers, ...json });
      // The pipeline rejects when the client disconnects early, as it should for such a body.
      await pipeline(Readable.from(giganticJson(fault.bytes)), response).catch(() => response.destroy());
      return fault.status;
    case "empty":
    case "slow":
      response.writeHead(fault.status, headers).end();
      return fault.status;
  }
}

/** Generates JSON of at least `bytes` bytes, in chunks. */
function* giganticJson(bytes: number): Generator<string> {
  yield '{"id": "';
  const piece = "x".repeat(CHUNK_BYTES);
  for (let sent = 0; sent < bytes; sent += CHUNK_BYTES) yield piece;
  yield '"}';
}

/** Yields the body in chunks of `size` bytes, with a pause before each. */
async function* readChunks(whole: Buffer, size: number, pause: () => Promise<void>): AsyncGenerator<Buffer> {
  for (let from = 0; from < whole.length; from += size) {
    await pause();
    yield whole.subarray(from, from + size);
  }
}
