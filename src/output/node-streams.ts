import { fstatSync, writeSync } from "node:fs";
import type { Environment } from "../core/child-environment.ts";
import { decodeText } from "../core/decode-text.ts";
import { InterruptedError, OutputError } from "../core/errors.ts";
import type { Io, OutputStream } from "../core/io.ts";
import { isDiskFull, reasonOf, systemCode } from "../core/system-error.ts";
import { grouped } from "../core/text.ts";
import { guardedWrites } from "./guarded-writes.ts";
import { shareTerminal } from "./shared-terminal.ts";
import { isWorkflowLog } from "./workflow-commands.ts";

/**
 * Thrown when the reader of the pipe is gone (`| head`). This is not a failure, but no more output is possible. A
 * stdout that the shell closed (`>&-`) causes no error. At start-up, Node opens the null device in its place, and
 * genscope cannot distinguish that from `>/dev/null`.
 */
export class ClosedPipe extends Error {}

type Streams = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr">;

/**
 * Adapts the process's streams to the `Io` port. Opens each stream on first use, because opening one takes a few
 * milliseconds, and most runs need only stdout.
 */
export function nodeIo(streams: Streams, env: Environment, signal: AbortSignal): Io {
  const activity: Io["activity"] = { current: null };
  const terminal = shareTerminal();
  const open = (name: "stdout" | "stderr") =>
    outputStream(
      once(() => listened(streams[name])),
      env,
      { activity, isMessages: name === "stderr", startWriting: () => terminal.startWriting(name) },
    );
  return {
    stdout: open("stdout"),
    stderr: open("stderr"),
    activity,
    stdin: {
      get isTerminal() {
        return streams.stdin.isTTY === true;
      },
      readText: async (maxBytes) => await readText(streams.stdin, maxBytes, signal),
      lines: (signal) => readLines(streams.stdin, signal),
    },
  };
}

/**
 * Adds a listener for errors to a stream. Node reports a broken pipe both to the callback of a write and as an event,
 * and an event without a listener would end the process.
 */
function listened(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on("error", () => {});
}

function once<Value>(open: () => Value): () => Value {
  let opened: Value | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** State that the two output streams share, and the purpose of this one. */
interface SharedState {
  readonly activity: Io["activity"];
  /** Whether the stream carries messages instead of data. A message that cannot be written changes no result. */
  readonly isMessages: boolean;
  /** Records that the stream writes to a terminal. Returns whether the other stream wrote last. */
  readonly startWriting: () => boolean;
}

function outputStream(
  open: () => NodeJS.WriteStream,
  env: Environment,
  { activity, isMessages, startWriting }: SharedState,
): OutputStream {
  const isTerminal = () => open().isTTY === true;
  // A terminal of unknown size may report 0, which allows no layout and no cursor movement.
  const hasWidth = () => open().columns > 0;
  const fileOf = once(() => regularFileOf(open()));
  const writes = guardedWrites({
    isTerminal,
    isWorkflowLog: isWorkflowLog(env),
    write: async (data) => {
      // Both streams share one terminal, so a line on either must not continue the progress line.
      const line = isTerminal() ? activity.current : null;
      line?.hide();
      const file = fileOf();
      try {
        if (file === null) await writeToStream(open(), data);
        else writeToFile(file, data);
      } catch (error) {
        if (!isMessages) throw describeWriteFailure(error);
      } finally {
        line?.show();
      }
    },
  });
  return {
    get isTerminal() {
      return isTerminal();
    },
    get columns() {
      return isTerminal() && hasWidth() ? open().columns : null;
    },
    get colourLevel() {
      return colourLevel(isTerminal(), env);
    },
    isUnicode: isUnicode(env),
    get terminal() {
      return isTerminal() && hasWidth() && env["CI"] === undefined && env["TERM"] !== "dumb" ? open() : null;
    },
    // An empty line separates messages for a person from the output of the other stream, such as a note from a
    // table.
    write: async (text) => await writes.write(isTerminal() && startWriting() ? `\n${text}` : text),
    writeExact: async (data) => {
      if (isTerminal()) startWriting();
      await writes.writeExact(data);
    },
  };
}

/**
 * Returns the descriptor of a stream that is redirected to a regular file; null for a terminal, a pipe or a
 * device.
 */
function regularFileOf(stream: NodeJS.WriteStream): number | null {
  const { fd } = stream as { readonly fd?: number };
  try {
    return fd !== undefined && fstatSync(fd).isFile() ? fd : null;
  } catch {
    return null;
  }
}

/**
 * Writes the whole text. A disk that fills up accepts only part of a write, and Node's own stream silently
 * drops the rest.
 */
function writeToFile(fd: number, text: string | Uint8Array): void {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
}

async function writeToStream(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}

/** Returns the error for a failed write: `ClosedPipe` when the reader is gone, after which a command ends with 0. */
export function describeWriteFailure(error: unknown): ClosedPipe | OutputError {
  if (systemCode(error) === "EPIPE") return new ClosedPipe("closed pipe", { cause: error });
  // No hint, because one line says everything about a full disk.
  return isDiskFull(error)
    ? new OutputError("output.disk_full", "no space left for the output", { cause: error })
    : new OutputError("output.write", `the output cannot be written: ${reasonOf(error)}`, { cause: error });
}

/** Returns the color level: `NO_COLOR` (no-color.org) and `FORCE_COLOR` (0 to 3) override the terminal's. */
function colourLevel(isTerminal: boolean, env: Environment): 0 | 1 | 2 | 3 {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return 0;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) {
    return forced === "0" || forced === "false" ? 0 : forced === "2" ? 2 : forced === "3" ? 3 : 1;
  }
  if (!isTerminal || env["TERM"] === "dumb") return 0;
  return env["COLORTERM"] === "truecolor" ? 3 : env["TERM"]?.includes("256") === true ? 2 : 1;
}

/**
 * Returns whether the locale is UTF-8: the first variable that is set determines it (POSIX, 8.2). Windows has
 * no such variables and supports Unicode.
 */
function isUnicode(env: Environment): boolean {
  const names = ["LC_ALL", "LC_CTYPE", "LANG"].flatMap((name) => env[name] || []);
  return /utf-?8/i.test(names[0] ?? "") || env["OS"] === "Windows_NT";
}

/**
 * Reads the stream to its end. An interruption destroys it, which also ends the wait for a writer that sends nothing.
 */
async function readText(stream: NodeJS.ReadStream, maxBytes: number, signal: AbortSignal): Promise<string> {
  const destroy = () => stream.destroy(new InterruptedError("interrupted", "interrupted"));
  signal.addEventListener("abort", destroy, { once: true });
  try {
    if (signal.aborted) destroy();
    return await readAll(stream, maxBytes);
  } finally {
    signal.removeEventListener("abort", destroy);
  }
}

async function readAll(stream: NodeJS.ReadStream, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) {
      throw new OutputError("input.too_large", `standard input is larger than ${grouped(maxBytes)} bytes`);
    }
    chunks.push(bytes);
  }
  return decodeText(Buffer.concat(chunks));
}

async function* readLines(stream: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<string> {
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: stream });
  const close = () => reader.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    if (!signal.aborted) yield* reader;
  } finally {
    signal.removeEventListener("abort", close);
    reader.close();
    // A terminal that is still being read keeps the process alive.
    stream.unref?.();
  }
}
