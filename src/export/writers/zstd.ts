import { compress, decompress, init } from "@bokuweb/zstd-wasm";

/** Compression level, the default of zstd. */
const LEVEL = 3;

/**
 * Settles when the package's WebAssembly is ready. A second `init` would replace the memory of open
 * compressors.
 */
let loaded: Promise<void> | null = null;

/** Returns a compressor that makes one frame of a block (RFC 8878). Node 20 has no zstd of its own. */
export async function openZstd(): Promise<(block: Uint8Array) => Uint8Array> {
  loaded ??= init();
  await loaded;
  return (block) => compress(block, LEVEL);
}

/** Returns the decompressor of one frame. */
export async function openUnzstd(): Promise<(frame: Uint8Array) => Uint8Array> {
  loaded ??= init();
  await loaded;
  return (frame) => decompress(frame);
}
