import { Socket } from "node:net";

/**
 * Reads a pipe to its end without occupying a thread, so that an interruption ends the wait. Returns null when the pipe
 * contains more than `largestBytes`.
 */
export async function readPipe(
  fd: number,
  largestBytes: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const stream = new Socket({
    fd,
    readable: true,
    writable: false,
    signal,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
