import { compress, init } from "@bokuweb/zstd-wasm";

/** zstd's own default. */
const LEVEL = 3;

// Once in a process, by whoever first needs this file: another `init` would put new memory under those who
// compress already, and what they write could not be read.
const loaded = init();

/** The compressor, which makes one frame of a block (RFC 8878); Node 20 has none of its own. */
export async function openZstd(): Promise<(block: Uint8Array) => Uint8Array> {
  await loaded;
  return (block) => compress(block, LEVEL);
}
