// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences of the terminal that the text was copied from
const COLOUR = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** Terraform draws `│` (or `|` without Unicode) before each line of an error; compose tools write `name-1  | `. */
const GUTTER = /^[ \t]{0,8}(?:[\w.-]{1,60}[ \t]{1,8})?[│|╷╵][ \t]?/;

/** Removes decoration of a terminal or a runner: colors, gutters, carriage returns, a byte order mark. */
export function removeFrame(text: string): string {
  const plain = text
    .replace(/^\ufeff/, "")
    .replace(COLOUR, "")
    .replace(/\r\n?/g, "\n");
  if (!/^[ \t]{0,8}(?:[\w.-]{1,60}[ \t]{1,8})?[│|╷╵]/m.test(plain)) return plain;
  return plain
    .split("\n")
    .map((line) => line.replace(GUTTER, ""))
    .join("\n");
}
