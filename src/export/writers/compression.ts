import { gzipSync } from "node:zlib";

export type Compression = "none" | "gzip" | "zstd";

/** The default level of zstd. */
const DEFAULT_ZSTD_LEVEL = 3;

/** Compresses a block into a gzip member or a zstd frame. Each can be read alone, or after other blocks. */
export type Compress = (block: Uint8Array) => Uint8Array;

/**
 * Returns a function that compresses files and pages block by block (RFC 1952 section 2.2, RFC 8878 section 3);
 * null for no compression.
 */
export async function openCompression(
  compression: Compression,
  zstdLevel = DEFAULT_ZSTD_LEVEL,
): Promise<Compress | null> {
  switch (compression) {
    case "none":
      return null;
    case "gzip":
      // Node's gzip header contains no name and no modification time, so the same bytes always produce the same file.
      return (block) => gzipSync(block);
    case "zstd": {
      const { openZstd } = await import("./zstd.ts");
      return await openZstd(zstdLevel);
    }
  }
}
