import type { Io, OutputStream } from "../../src/core/io.ts";

/** Streams that keep what is written, as a pipe or as a terminal of some width. */
export interface MemoryIo {
  readonly io: Io;
  stdout(): string;
  stderr(): string;
}

export function createMemoryIo({ input = "", columns = null as number | null } = {}): MemoryIo {
  const out: string[] = [];
  const err: string[] = [];
  return {
    io: {
      stdout: keepIn(out, columns),
      stderr: keepIn(err, columns),
      stdin: { isTerminal: false, readText: async () => input, lines: () => linesOf(input) },
    },
    stdout: () => out.join(""),
    stderr: () => err.join(""),
  };
}

function keepIn(written: string[], columns: number | null): OutputStream {
  return {
    isTerminal: columns !== null,
    columns,
    colourLevel: 0,
    terminal: null,
    write: async (text) => {
      written.push(typeof text === "string" ? text : new TextDecoder().decode(text));
    },
  };
}

async function* linesOf(input: string): AsyncGenerator<string> {
  yield* input.split("\n").filter((line) => line !== "");
}
