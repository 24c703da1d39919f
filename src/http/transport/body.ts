import { NetworkError } from "../../core/errors.ts";
import type { HttpResponse } from "./transport.ts";

/** Larger than any single response from the platform; the API definition, its largest, has about 15 MiB. */
export const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the whole body, at most `maxBytes` of it after decompression, so that a small response can't expand
 * and exhaust memory.
 * @throws NetworkError `network.too_large` when there is more, or the error of a body that ends early
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
 * Number of bytes to read from an unwanted body to make its connection reusable; a longer body is cut off.
 */
const WORTH_DRAINING_BYTES = 64 * 1024;

/** Discards an unwanted body to free its connection. Never fails, because the body is irrelevant. */
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

/** Returns a response with a body that can be read again. */
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
