import { type HelpRow, INDENT, indent } from "./section.ts";

/** Matches a quoted or plain word of a command. */
const WORD = /"[^"]*"|'[^']*'|\S+/g;
/**
 * Matches a word at which a line may begin: a flag, a URL, a pipe, a redirection or an operator that joins commands.
 */
const OPENING = /^(?:--[a-z]|https?:|\||&&|>)/;
/** Number of columns that ` \` takes at the end of a line. */
const BACKSLASH = 2;

/**
 * Renders commands to paste, with their meanings. If a command and its meaning do not fit side by side, the meaning
 * becomes a comment above the command, and a long command continues after a backslash.
 * @param columns width of the terminal; null in a pipe, where each command is one line
 */
export function renderExamples(examples: readonly HelpRow[], columns: number | null): string {
  const gap = Math.max(...examples.map(([command]) => command.length)) + INDENT;
  const rows = examples.map(([command, meaning]) => command.padEnd(gap) + meaning);
  const isWide = columns === null || rows.every((row) => INDENT + row.length <= columns);
  const lines = isWide
    ? rows
    : examples.flatMap(([command, meaning]) => [`# ${meaning}`, ...continueLines(command, columns - INDENT)]);
  return indent(lines, INDENT).join("\n");
}

/** Breaks a command that is longer than `room` into lines for a shell, each ending with a backslash. */
export function continueLines(command: string, room: number): readonly string[] {
  if (command.length <= room) return [command];
  const lines: string[] = [];
  for (const piece of piecesOf(command)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= room - BACKSLASH) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else {
      lines.push(lines.length === 0 ? piece : `  ${piece}`);
    }
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** Returns the parts of a command that stay on one line, such as a flag with its value. */
function piecesOf(command: string): readonly string[] {
  const pieces: string[] = [];
  for (const [word] of command.matchAll(WORD)) {
    const last = pieces.at(-1);
    if (last === undefined || OPENING.test(word)) pieces.push(word);
    else pieces[pieces.length - 1] = `${last} ${word}`;
  }
  return pieces;
}
