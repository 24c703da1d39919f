/**
 * Matches the sequences that programs use to color text, move the cursor and mark links. In a copied JSON string, the
 * escape character is spelled out.
 */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of the terminal that the text was copied from
  /(?:\u001b|\^\[|\\{1,4}(?:u001[bB]|x1[bB]|(?:033|e)(?=\[)))(?:\[[0-9;?]{0,20}[A-Za-z]|\][^\u0007\u001b\n]{0,2000}(?:\u0007|\u001b\\))/g;
const MAYBE = /\^\[\[|\\(?:u001b|x1b|033|e)\[/i;
/**
 * Matches color codes whose escape character was lost on a web page. Such text also contains the code that ends a
 * color.
 */
const BARE_COLORS = /\[(?:0|[1-9]\d?)(?:;\d{1,3}){0,4}m(?![\]\s]|in|on|il)|\[(?:0|39|49)m/g;
const BARE_END = /\[(?:0|39|49)m/;

/** Matches characters without a width, which web pages insert where a line may break. */
const INVISIBLE = /[\u200b\u2060\ufeff]/g;

/**
 * Removes colors, invisible characters, the byte order mark and carriage returns from text that a terminal or a CI
 * runner showed.
 */
export function withoutTerminalCodes(text: string): string {
  const lines = text.replace(/^ï»¿/, "").replace(INVISIBLE, "").replace(/\r\n?/g, "\n");
  const plain = lines.includes("\u001b") || MAYBE.test(lines) ? lines.replace(SEQUENCES, "") : lines;
  return BARE_END.test(plain) ? plain.replace(BARE_COLORS, "") : plain;
}
