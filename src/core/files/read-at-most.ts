import type { FileHandle } from "node:fs/promises";

const STEP_BYTES = 64 * 1024;

/**
 * Returns the contents of an open file; null when they are longer than `maxBytes`, as for an endless pipe or
 * device.
 */
export async function readAtMost(file: FileHandle, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(STEP_BYTES), position: null });
    if (bytesRead === 0) return Buffer.concat(chunks, size);
    size += bytesRead;
    if (size > maxBytes) return null;
    chunks.push(buffer.subarray(0, bytesRead));
  }
}
