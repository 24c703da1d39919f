import type { Io, OutputStream } from "../core/io.ts";

/** Streams for a command that another command runs, and the text that was written to them. */
export interface CollectedOutput {
  readonly io: Io;
  stdout(): string;
  stderr(): string;
}

/**
 * Creates streams that show nothing and collect everything.
 * @param input the standard input
 */
export function collectOutput(input = ""): CollectedOutput {
  const stdout = collectStream();
  const stderr = collectStream();
  return {
    io: {
      stdin: {
        isTerminal: false,
        readText: async () => input,
        lines: async function* () {
          yield* input.split("\n");
        },
      },
      activity: { current: null },
      stdout: stdout.stream,
      stderr: stderr.stream,
    },
    stdout: stdout.text,
    stderr: stderr.text,
  };
}

function collectStream(): { readonly stream: OutputStream; text(): string } {
  const written: string[] = [];
  const keep = async (data: string | Uint8Array) => {
    written.push(typeof data === "string" ? data : new TextDecoder().decode(data));
  };
  return {
    stream: {
      write: keep,
      writeExact: keep,
      isTerminal: false,
      columns: null,
      colourLevel: 0,
      isUnicode: false,
      terminal: null,
    },
    text: () => written.join(""),
  };
}
