/** A command in backticks, and one to paste at the start of a line or at the end of a sentence. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colors may stand before a command
const WHOLE = [/`[^`]+`/g, /(?:^ *(?:\u001b\[\d+m)*|: )genscope .+$/g];
/** Stands for a blank at which a line must not end. */
const HELD = "\u0000";

/** Splits a line at its blanks, except for those inside a command, so that a command can be copied as one line. */
export function piecesOf(line: string): readonly string[] {
  const held = WHOLE.reduce((text, whole) => text.replace(whole, hold), line);
  return held.split(" ").map((piece) => piece.replaceAll(HELD, " "));
}

function hold(command: string): string {
  const start = command.startsWith(": ") ? ": " : (/^ */.exec(command)?.[0] ?? "");
  return start + command.slice(start.length).replaceAll(" ", HELD);
}
