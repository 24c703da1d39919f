import { compress, init } from "@bokuweb/zstd-wasm";

/** zstd's own default. */
const LEVEL = 3;

/** Loads the compressor, which makes one frame of a block (RFC 8878); Node 20 has none of its own. */
export async function openZstd(): Promise<(block: Uint8Array) => Uint8Array> {
  await init();
  return (block) => compress(block, LEVEL);
}
