import { NetworkError } from "../../core/errors.ts";
import type { HttpResponse } from "./transport.ts";

/**
 * Default size limit, larger than any response from the platform. The largest one, the API definition, has about 15
 * MiB.
 */
export const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a whole body, up to `maxBytes` after decompression, so that a small response cannot expand and exhaust
 * memory.
 * @throws NetworkError `network.too_large` for a longer body, or the error of a body that ends early
 */
export async function readBody(
  response: Pick<HttpResponse, "body">,
  maxBytes = DEFAULT_MAX_BYTES,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new NetworkError("network.too_large", `the response is larger than ${describeBytes(maxBytes)}`, {
        hint: "request less data, for example a smaller page or a shorter interval",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Maximum number of bytes to read from an unwanted body, so that its connection can be reused. A longer body is
 * cut off.
 */
const WORTH_DRAINING_BYTES = 64 * 1024;

/** Discards a body that is not needed, to free its connection. Never fails. */
export async function discardBody(response: Pick<HttpResponse, "body">): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > WORTH_DRAINING_BYTES) return;
    }
  } catch {
    return;
  }
}

/** Returns the response with a body that was already read, so that it can be read again. */
export function withBody(response: HttpResponse, bytes: Uint8Array): HttpResponse {
  return { ...response, body: once(bytes) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function describeBytes(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes} bytes`;
}
