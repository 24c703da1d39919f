import { type FileHandle, open } from "node:fs/promises";

/** The text of a file, or why it is not scanned. */
export type SourceRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "skipped"; readonly reason: string }
  /** No source: nothing needs to be said. */
  | { readonly kind: "binary" };

/** Nobody writes a file of source code as long as this; what is longer was generated. */
export const LARGEST_SOURCE_BYTES = 8 * 1024 * 1024;
/** As much as git looks at to tell text from other files. */
const SAMPLE_BYTES = 8000;

/** Reads a file for a scan. Never throws: what can't be read is skipped, with a word. */
export async function readSource(path: string): Promise<SourceRead> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, "r");
    const { size } = await file.stat();
    if (size > LARGEST_SOURCE_BYTES)
      return { kind: "skipped", reason: `larger than ${LARGEST_SOURCE_BYTES >> 20} MB` };
    return decode(await file.readFile());
  } catch (error) {
    return { kind: "skipped", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await file?.close();
  }
}

/** UTF-8, or UTF-16 where the file says so by its mark; a zero byte elsewhere makes it binary. */
function decode(bytes: Buffer): SourceRead {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: "text", text: bytes.toString("utf16le", 2) };
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return { kind: "binary" };
  return { kind: "text", text: bytes.toString("utf8") };
}
