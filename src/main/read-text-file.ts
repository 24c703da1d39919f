import type { FileHandle } from "node:fs/promises";
import { decodeText } from "../core/decode-text.ts";
import { UsageError } from "../core/errors.ts";
import { readFailure } from "../core/files/file-failure.ts";
import { openForReading } from "../core/files/open-file.ts";
import { readAtMost } from "../core/files/read-at-most.ts";
import { grouped } from "../core/text.ts";

/**
 * Default size limit, larger than any file that a command reads whole. The API definition is about 15 MiB long.
 */
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
/** Matches paths that a shell substitutes for `<(command)`, and names of standard input. */
const OWN_DESCRIPTOR = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** Settings for reading a file. */
export interface TextFileOptions {
  /** Aborted by an interruption, which ends the wait for a pipe. */
  readonly signal: AbortSignal;
  readonly maxBytes?: number | undefined;
}

/**
 * Reads a text file that a flag or a variable names. A named pipe, a device or a socket is refused, because
 * reading it may never end; the pipe of `<(command)` is read until `signal` is aborted.
 * @param what noun for the error message
 * @throws UsageError `usage.file` when it can't be read or is larger than `maxBytes`
 */
export async function readTextFile(
  path: string,
  what: string,
  { signal, maxBytes = DEFAULT_MAX_BYTES }: TextFileOptions,
): Promise<string> {
  let file: FileHandle | null = null;
  let bytes: Buffer | null;
  try {
    file = await openForReading(path);
    bytes = await readBytes(file, path, what, { signal, maxBytes });
  } catch (cause) {
    if (cause instanceof UsageError || signal.aborted) throw cause;
    const { message, ...options } = readFailure(path, cause, { what: `the ${what} file` });
    throw new UsageError("usage.file", message, options);
  } finally {
    // The stream that reads a pipe also closes it.
    await file?.close().catch(() => {});
  }
  if (bytes !== null) return decodeText(bytes);
  throw new UsageError(
    "usage.file",
    `the ${what} file \`${path}\` is larger than ${grouped(maxBytes)} bytes`,
    {
      hint: "check that this is the right file",
    },
  );
}

async function readBytes(
  file: FileHandle,
  path: string,
  what: string,
  { signal, maxBytes }: { readonly signal: AbortSignal; readonly maxBytes: number },
): Promise<Buffer | null> {
  const status = await file.stat();
  if (status.isFile() || status.isDirectory()) return await readAtMost(file, maxBytes);
  if ((status.isFIFO() || status.isSocket()) && OWN_DESCRIPTOR.test(path)) {
    const { readPipe } = await import("./read-pipe.ts");
    return await readPipe(file.fd, maxBytes, signal);
  }
  throw new UsageError("usage.file", `the ${what} \`${path}\` is a pipe, a device or a socket, not a file`, {
    hint: "write it to a file first, and pass that file",
  });
}
