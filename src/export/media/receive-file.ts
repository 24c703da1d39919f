import { createHash } from "node:crypto";
import { createNoFollow } from "../../core/files/open-file.ts";
import type { HttpResponse } from "../../http/transport/transport.ts";
import type { Guard } from "../files/guard.ts";
import { writeFailed } from "../files/write-failed.ts";
import { writeFully } from "../files/write-fully.ts";

/** Size and hash of a file as it arrived. */
export interface ReceivedFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a body to a new file and syncs it to disk.
 * @returns null when the length differs from the announced length, or cannot be confirmed
 * @throws NetworkError when the body is cut off; OutputError
 */
export async function receiveFile(
  { body, headers }: Pick<HttpResponse, "body" | "headers">,
  path: string,
  guard: Guard,
): Promise<ReceivedFile | null> {
  const file = await createNoFollow(path).catch((error: unknown) => {
    throw writeFailed(path, error);
  });
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of body) {
      await write(async () => {
        await guard();
        await writeFully(file, chunk, bytes);
      }, path);
      hash.update(chunk);
      bytes += chunk.byteLength;
    }
    if (!isWhole(headers, bytes)) return null;
    await write(async () => await file.sync(), path);
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

/**
 * Returns whether a body arrived completely. The end of a compressed or chunked body is marked. Any other body has only
 * its announced length (RFC 9112 section 6.3).
 */
function isWhole(headers: HttpResponse["headers"], bytes: number): boolean {
  const hasEnd = headers["content-encoding"] !== undefined || headers["transfer-encoding"] !== undefined;
  const announced = headers["content-length"];
  return hasEnd || (announced !== undefined && Number(announced) === bytes);
}

async function write(step: () => Promise<void>, path: string): Promise<void> {
  try {
    await step();
  } catch (error) {
    throw writeFailed(path, error);
  }
}
