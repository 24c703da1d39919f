/** Matches the address of a Terraform block: `module.x.genesyscloud_user.jane`, `data.genesyscloud_user.jane`. */
const ADDRESS = /(?<![\w/-])(data\.)?(genesyscloud_[a-z0-9_]{2,80})(?=\.[A-Za-z_])/;
/** Matches the first line of a Terraform block: `resource "genesyscloud_user" "jane"`. */
const HEAD = /\b(resource|data) "(genesyscloud_[a-z0-9_]{2,80})"/;
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
 * Null when the text names no block.
 */
export function readTerraformBlock(text: string): string | null {
  const [, prefix, type] = ADDRESS.exec(text) ?? [];
  const [, keyword, headed] = HEAD.exec(text) ?? [];
  const named = type ?? headed;
  if (named === undefined) return null;
  const isData = prefix !== undefined || (type === undefined && keyword === "data");
  return `${isData ? "read data" : `${stepIn(text)} resource`} ${named}`;
}

/** Returns the action that the text mentions first; `unknown` when it mentions none. */
export function stepIn(text: string): string {
  const found = STEPS.flatMap(([step, words]) => {
    const at = text.search(words);
    return at === -1 ? [] : [{ step, at }];
  });
  return found.toSorted((one, other) => one.at - other.at)[0]?.step ?? "unknown";
}
