import type { FileHandle } from "node:fs/promises";

/**
 * Writes all of `bytes` at `position`, in several calls if needed, because a single write may be short, for example
 * when the disk is nearly full.
 */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
