import type { KnownError } from "./known-error.ts";

/** Pattern source for the page or list in which administrators look for a permission. */
const EDITOR =
  "(?:list|role editor|editor|org\\w{0,12}|tenant|environment|UI|admin(?: UI| console)?|role (?:page|list|settings))\\b(?! (?:of|in) (?:the (?:docs|documentation)|our (?!org)\\w))";
/**
 * Pattern source for a permission as the subject of a clause: `the permission`, or `it` and the like in a later clause,
 * or `permissions that ..., but` before the verb.
 */
const PERMISSION =
  "(?<!\\b(?:without|another|other|one) (?:the |this |that |any )?)\\bpermissions?\\b(?:(?:(?!\\b(?:but|and|so|because|when|while)\\b)[^.?\\n,]){0,60}?|[^.?\\n]{0,200}?\\b(?:it|they|these|(?:this|that) (?:one|permission))\\b[^.?\\n,]{0,12}?|[^.?\\n]{0,120}?,? but (?=do))";
const EXIST = `do(?:es)? ?(?:n['’]t|not)(?: even| seem to)? (?:exist|appear|show up)\\b[^.\\n]{0,30}\\b${EDITOR}`;
const LISTED = `(?:is|are|was|were) ?(?:n['’]t|not)(?: even)? (?:(?:listed|available|offered|shown|visible|present|to be found) )?(?:in|on|by)\\b[^.\\n]{0,16}\\b${EDITOR}`;
const FOUND = `\\b(?:can(?:not|['’]t)|could(?: not|n['’]t)|unable to|do(?: not|n['’]t)) (?:find|see|locate) (?:it|them|(?:this|that|these|the|any such)(?: permissions?)?) (?:anywhere )?(?:in|on) (?:the |our |my )?${EDITOR}`;
const IN_EDITOR =
  "\\brole editor\\b[^.?\\n]{0,60}\\b(?:(?:is|are) ?(?:n['’]t|not) (?:there|listed|in it)|do(?:es)? ?(?:n['’]t|not) (?:list|show|offer|have) (?:it|this|that|them|these|any))\\b";

/**
 * Recognizes a report that the role editor does not offer a permission. The platform refuses calls that need such a
 * permission in the same way as for any role without it.
 */
export const UNLISTED_PERMISSION: KnownError = {
  pattern: new RegExp(
    `(?<!\\b(?:if|whether|unless)\\b[^.\\n]{0,60})(?:${PERMISSION}\\b(?:${EXIST}|${LISTED})|\\bpermissions?\\b[^?\\n]{0,200}?${FOUND}|${IN_EDITOR}|\\bno such permission\\b[^.\\n]{0,30}\\b${EDITOR})`,
    "i",
  ),
  isAnswer: false,
  layer: "product",
  meaning:
    "a permission that the role editor does not list belongs to a product, license or beta that the organization does not have; even a role with every permission does not help",
  remedies: [
    {
      kind: "buy-product",
      summary:
        "request the product, license or beta that the permission belongs to, or avoid the calls that need it",
    },
  ],
};
