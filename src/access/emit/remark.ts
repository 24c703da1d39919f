import { oneLine, wrapWords } from "../../core/text.ts";

/** Longest comment; a path of a file may be long. */
const LONGEST = 400;
/** Columns of a comment. A longer word has a line of its own. */
const WIDTH = 78;

/** Returns a text as lines of one comment, whatever characters it contains. */
export function remark(sign: string, text: string): readonly string[] {
  return wrapWords(oneLine(text, LONGEST), WIDTH - sign.length - 1).map((line) => `${sign} ${line}`);
}
