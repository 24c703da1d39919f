import type { FileHandle } from "node:fs/promises";

/** Writes all of `bytes` at `position`: a write may take less than it was given, as at the end of a disk. */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
