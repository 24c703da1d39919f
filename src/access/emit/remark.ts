import { oneLine } from "../../core/text.ts";

/** Longest comment line; a path of a file may be long. */
const LONGEST = 400;

/** Returns a text as one comment line, whatever characters it contains. */
export function remark(sign: string, text: string): string {
  return `${sign} ${oneLine(text, LONGEST)}`;
}
