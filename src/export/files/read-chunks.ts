import { type FileHandle, open } from "node:fs/promises";

const PIECE_BYTES = 1024 * 1024;

/** Yields the content of a file from start to end, in chunks. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file: FileHandle = await open(path, "r");
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, null);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
