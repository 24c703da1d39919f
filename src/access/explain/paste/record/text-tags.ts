/** Number of characters at the start of a record to search for its thread or request id. */
export const LONGEST_HEAD = 400;
const TAG =
  /\[([\w-]{3,40})\]|\b(?:req(?:uest)?|trace|transaction|thread|span|worker|job)[_-]?(?:id)?["']?[=:#]\s?["']?([\w-]{2,64})|\b((?:page|batch|chunk|part|day) #?\d{1,9}|(?:worker|thread|task|consumer|fetcher)[-_]\d{1,5})\b/gi;

/** Returns the ids of threads and requests in text. */
export function tagsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(TAG), ([, bracketed, named, item]) => bracketed ?? named ?? item ?? "");
}
