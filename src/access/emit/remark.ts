import { oneLine, wrapWords } from "../../core/text.ts";

/** Maximum length of a comment, because a file path may be long. */
const LONGEST = 400;
/** Columns of a comment. A longer word gets a separate line. */
const WIDTH = 78;

/** Returns text as lines of one comment, whatever characters it contains. */
export function remark(sign: string, text: string): readonly string[] {
  return wrapWords(oneLine(text, LONGEST), WIDTH - sign.length - 1).map((line) => `${sign} ${line}`);
}
