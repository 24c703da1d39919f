/** Matches the address of a Terraform block: `module.x.genesyscloud_user.jane`, `data.genesyscloud_user.jane`. */
const ADDRESS =
  /(?<![\w/-])(data\.)?(genesyscloud_[a-z0-9_]{2,80})(?=\.[A-Za-z_])(?!\.[^\s:]{1,200}: (?:Refreshing state|Reading|Read complete|Still |Creat(?:ing|ion complete)|Modif(?:ying|ications complete)|Destr(?:oying|uction complete)))/;
/** Matches the address of a provider, whose own login failed. */
const OF_PROVIDER = /\bwith provider\["/;
/** Matches the first line of a Terraform block: `resource "genesyscloud_user" "jane"`. */
const HEAD = /\b(resource|data) "(genesyscloud_[a-z0-9_]{2,80})"/;
/** Matches the summary of an error that names only the type and the object: `Failed to read genesyscloud_user Jane`. */
const SUMMARY =
  /\b(?:failed|unable|could not|cannot|error)(?: to)? [a-z]{4,12} (?:an? |the )?(?:(data source |data )|resource )?["'`]?(genesyscloud_[a-z0-9_]{2,80})\b/i;
/** Actions of Terraform or its provider and the words for them. The first such word in the text shows what failed. */
const STEPS = [
  ["create", /\bcreat(?:e|es|ed|ing)\b/i],
  ["update", /\b(?:updat(?:e|es|ed|ing)|modify(?:ing)?|modifications?|patch(?:ing)?)\b/i],
  ["delete", /\b(?:delet(?:e|es|ed|ing)|destroy(?:ing|ed)?|destruction)\b/i],
  [
    "read",
    /\b(?:read(?:ing)?|refresh(?:ing)?|retriev(?:e|ing)|(?<!bad )request(?:ing)?|search(?:ing)?|find(?:ing)?|get(?:ting)?|fetch(?:ing)?)\b/i,
  ],
] as const;

/**
 * Returns the Terraform block that an error names, with the action that failed: `create resource genesyscloud_user`.
 * Appends `object` when the object itself failed rather than a part of it. Null when the text names no block.
 */
export function readTerraformBlock(text: string): string | null {
  const [, prefix, type] = ADDRESS.exec(text) ?? [];
  const [, keyword, headed] = HEAD.exec(text) ?? [];
  const [, data, summarized] = SUMMARY.exec(text) ?? [];
  const named = type ?? headed ?? summarized;
  if (named === undefined || OF_PROVIDER.test(text)) return null;
  const isData =
    prefix !== undefined ||
    (type === undefined && (keyword === "data" || (headed === undefined && data !== undefined)));
  const block = `${isData ? "read data" : `${stepIn(text)} resource`} ${named}`;
  return summarized === named || isOfObject(text, named) ? `${block} object` : block;
}

/**
 * Whether an error says that the object itself failed, rather than a part of it: `Failed to update queue Support`, but
 * not `Failed to update queue members`.
 */
function isOfObject(text: string, type: string): boolean {
  const noun = type.slice(type.lastIndexOf("_") + 1);
  return new RegExp(
    `\\b[Ff]ailed to (?:create|read|update|delete) ${noun}\\b(?! (?:for|of|in)\\b| [a-z]{2,20}s\\b)`,
  ).test(text);
}

/** Returns the action that the text mentions first; `unknown` when it mentions none. */
export function stepIn(text: string): string {
  const found = STEPS.flatMap(([step, words]) => {
    const at = text.search(words);
    return at === -1 ? [] : [{ step, at }];
  });
  return found.toSorted((one, other) => one.at - other.at)[0]?.step ?? "unknown";
}
