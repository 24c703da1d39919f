import type { OutputStream } from "../core/io.ts";
import { printable } from "../core/text.ts";
import { breakWorkflowCommands } from "./workflow-commands.ts";

export interface RawStream {
  readonly isTerminal: () => boolean;
  /** Whether GitHub Actions or Azure Pipelines reads the stream and runs the commands in it. */
  readonly isWorkflowLog: boolean;
  readonly write: (data: string | Uint8Array) => Promise<void>;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of our own colors, see style.ts
const OWN_COLOR = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/;

/**
 * Returns the two ways to write to a stream. Everything that reaches a terminal passes through one of them, so
 * no command can forget that text may come from a service or a file.
 */
export function guardedWrites({
  isTerminal,
  isWorkflowLog,
  write,
}: RawStream): Pick<OutputStream, "write" | "writeExact"> {
  const clean = dataCleaner();
  return {
    write: async (text) => {
      const shown = isTerminal() ? printableInColor(text) : text;
      await write(isWorkflowLog ? breakWorkflowCommands(shown) : shown);
    },
    writeExact: async (data) => await write(isTerminal() ? clean(data) : data),
  };
}

/** Returns text with control characters replaced, except for the escape sequences of our own colors. */
export function printableInColor(text: string): string {
  return text
    .split(OWN_COLOR)
    .map((piece, index) => (index % 2 === 1 ? piece : printable(piece)))
    .join("");
}

/**
 * Returns a function that makes a stream of data printable, one chunk at a time. A character or a CRLF may be
 * split between two chunks.
 */
function dataCleaner(): (data: string | Uint8Array) => string {
  const decoder = new TextDecoder();
  let held = "";
  return (data) => {
    const text = `${held}${typeof data === "string" ? data : decoder.decode(data, { stream: true })}`;
    held = text.endsWith("\r") ? "\r" : "";
    return text
      .slice(0, text.length - held.length)
      .split("\r\n")
      .map(printable)
      .join("\r\n");
  };
}
