import type { Io, OutputStream } from "../../src/core/io.ts";
import { guardedWrites } from "../../src/output/guarded-writes.ts";

/** Streams that keep their output in memory. They behave like pipes, or like a terminal of some width. */
export interface MemoryIo {
  readonly io: Io;
  stdout(): string;
  stderr(): string;
}

export function createMemoryIo({
  input = "",
  columns = null as number | null,
  isWorkflowLog = false,
} = {}): MemoryIo {
  const out: string[] = [];
  const err: string[] = [];
  return {
    io: {
      stdout: keepIn(out, columns, isWorkflowLog),
      stderr: keepIn(err, columns, isWorkflowLog),
      activity: { current: null },
      stdin: { isTerminal: false, readText: async () => input, lines: () => linesOf(input) },
    },
    stdout: () => out.join(""),
    stderr: () => err.join(""),
  };
}

function keepIn(written: string[], columns: number | null, isWorkflowLog: boolean): OutputStream {
  return {
    isTerminal: columns !== null,
    columns,
    colourLevel: 0,
    isUnicode: false,
    terminal: null,
    ...guardedWrites({
      isTerminal: () => columns !== null,
      isWorkflowLog,
      write: async (text) => {
        written.push(typeof text === "string" ? text : new TextDecoder().decode(text));
      },
    }),
  };
}

async function* linesOf(input: string): AsyncGenerator<string> {
  yield* input.split("\n").filter((line) => line !== "");
}
