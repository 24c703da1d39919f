import { oneLine, wrapWords } from "../../core/text.ts";

/** Maximum number of characters in a comment, which may contain a long file path. */
const LONGEST = 400;
/** Maximum width of a comment line. A longer word gets a line to itself. */
const WIDTH = 78;

/** Formats text as comment lines. Works for any characters, including line breaks. */
export function remark(sign: string, text: string): readonly string[] {
  return wrapWords(oneLine(text, LONGEST), WIDTH - sign.length - 1).map((line) => `${sign} ${line}`);
}
