import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import * as zlib from "node:zlib";

/** The zstd functions of `node:zlib`, which Node 20 lacks. */
interface WithZstd {
  createZstdDecompress?(): NodeJS.ReadWriteStream & Readable;
}

/** Returns whether this version of Node can read the file. Node 20 has no zstd. */
export function canRead(path: string): boolean {
  return !path.endsWith(".zst") || "createZstdDecompress" in zlib;
}

/**
 * Returns the content of a file, decompressed according to its extension.
 * @throws the error of the system or of the stream
 */
export function readDecompressed(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const decompressor = path.endsWith(".gz")
    ? zlib.createGunzip()
    : path.endsWith(".zst")
      ? (zlib as WithZstd).createZstdDecompress?.()
      : undefined;
  if (decompressor === undefined) return file;
  file.on("error", (error) => decompressor.destroy(error));
  return file.pipe(decompressor);
}
