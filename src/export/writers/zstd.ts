import { versions } from "node:process";
import * as zlib from "node:zlib";

/**
 * Version of zstd in the package. The same version of zstd always produces the same bytes. A file therefore does not
 * depend on the version of Node, even when an export is resumed with a different one.
 */
const VERSION = "1.5.7";

/**
 * Functions of Node 22.15 and newer. `@types/node` lacks them, because it describes the oldest Node that genscope
 * supports.
 */
interface NativeZstd {
  readonly zstdCompressSync?: (
    block: Uint8Array,
    options: { readonly params: Readonly<Record<number, number>> },
  ) => Uint8Array;
  readonly zstdDecompressSync?: (frame: Uint8Array) => Uint8Array;
  readonly constants: { readonly ZSTD_c_compressionLevel?: number };
}

/**
 * Settles when the package's WebAssembly is ready. It is shared, because a second `init` would replace the memory of
 * open compressors.
 */
let loaded: Promise<void> | null = null;

/**
 * Returns a compressor that turns a block into one frame (RFC 8878). Uses Node's own zstd if it has the same
 * version, because it takes a third of the time. Otherwise uses WebAssembly.
 * @param level compression level, from 1 to 22
 */
export async function openZstd(
  level: number,
  { zstdCompressSync, constants }: NativeZstd = zlib as NativeZstd,
  version: string | undefined = versions["zstd"],
): Promise<(block: Uint8Array) => Uint8Array> {
  const parameter = constants.ZSTD_c_compressionLevel;
  if (zstdCompressSync !== undefined && parameter !== undefined && version === VERSION) {
    return (block) => zstdCompressSync(block, { params: { [parameter]: level } });
  }
  const { compress } = await loadPackage();
  return (block) => compress(block, level);
}

/** Returns a function that decompresses one frame. */
export async function openUnzstd(
  { zstdDecompressSync }: NativeZstd = zlib as NativeZstd,
): Promise<(frame: Uint8Array) => Uint8Array> {
  if (zstdDecompressSync !== undefined) return (frame) => zstdDecompressSync(frame);
  const { decompress } = await loadPackage();
  return (frame) => decompress(frame);
}

async function loadPackage() {
  const names = await import("@bokuweb/zstd-wasm");
  // Node detects the exported names of a CommonJS module by parsing it. If the parser fails, as it once did under heavy
  // load, only `default` is available.
  const zstd = names.init === undefined ? names.default : names;
  loaded ??= zstd.init();
  await loaded;
  return zstd;
}
