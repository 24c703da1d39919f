import { promisify } from "node:util";
import { gzip } from "node:zlib";

export type Compression = "none" | "gzip" | "zstd";

/** Makes of a block one that can be read by itself, and behind any other: a gzip member, a zstd frame. */
export type Compress = (block: Uint8Array) => Promise<Uint8Array>;

const gzipBlock = promisify(gzip);

/** The compression of whole files, block by block (RFC 1952 section 2.2, RFC 8878 section 3); null for none. */
export async function openCompression(compression: Compression): Promise<Compress | null> {
  switch (compression) {
    case "none":
      return null;
    case "gzip":
      // No name and no time of modification in the header: the same bytes give the same file.
      return (block) => gzipBlock(block);
    case "zstd": {
      const { openZstd } = await import("./zstd.ts");
      const compress = await openZstd();
      return async (block) => compress(block);
    }
  }
}
