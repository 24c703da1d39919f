import type { FileHandle } from "node:fs/promises";
import { decodeText, isUtf16 } from "../../core/decode-text.ts";
import { openForReading } from "../../core/files/open-file.ts";
import { reasonOf } from "../../core/system-error.ts";

/** The text of a file, or the reason why it is not scanned. */
export type SourceRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "skipped"; readonly reason: string }
  /** Not source code, so no message is needed. */
  | { readonly kind: "binary" };

/** Maximum size of a source file. A larger one must be generated, because no person would write it. */
export const LARGEST_SOURCE_BYTES = 8 * 1024 * 1024;
/** Minimum length of a line that only a minifier can have written. */
const FEWEST_CHARACTERS = 20_000;
const LONGEST_MEAN_LINE = 400;
/** Number of bytes to search for a zero byte in order to recognize a binary file, as git does. */
const SAMPLE_BYTES = 8000;

/** Reads a file for a scan. Never throws: an unreadable file is skipped with a reason. */
export async function readSource(path: string): Promise<SourceRead> {
  let file: FileHandle | null = null;
  try {
    file = await openForReading(path);
    const status = await file.stat();
    if (!status.isFile()) return { kind: "skipped", reason: "is a pipe, a device or a socket" };
    if (status.size > LARGEST_SOURCE_BYTES) {
      return { kind: "skipped", reason: `larger than ${LARGEST_SOURCE_BYTES >> 20} MB` };
    }
    const read = decode(await file.readFile());
    return read.kind === "text" && /\.(?:[cm]?js|css)$/i.test(path) && isMinified(read.text)
      ? { kind: "skipped", reason: "minified" }
      : read;
  } catch (error) {
    return { kind: "skipped", reason: `cannot be read: ${reasonOf(error)}` };
  } finally {
    await file?.close();
  }
}

/** Decodes UTF-8, or UTF-16 with a byte order mark; a zero byte elsewhere makes a file binary. */
function decode(bytes: Buffer): SourceRead {
  if (isUtf16(bytes)) return { kind: "text", text: decodeText(bytes) };
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) {
    return isBinaryPlan(bytes) ? { kind: "skipped", reason: BINARY_PLAN } : { kind: "binary" };
  }
  return { kind: "text", text: bytes.toString("utf8") };
}

const BINARY_PLAN = "a binary plan; scan the output of `terraform show -json FILE` instead";

/**
 * Returns whether a file is the output of `terraform plan -out`: a ZIP archive with an entry named `tfplan` near its
 * start.
 */
function isBinaryPlan(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, 4).toString("latin1") === "PK\u0003\u0004" &&
    bytes.subarray(0, SAMPLE_BYTES).includes("tfplan")
  );
}

function isMinified(text: string): boolean {
  if (text.length < FEWEST_CHARACTERS) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return text.length / lines > LONGEST_MEAN_LINE;
}
