/** `module.x.genesyscloud_user.jane`, `data.genesyscloud_user.jane`: the address of a block. */
const ADDRESS = /(?<![\w/-])(data\.)?(genesyscloud_[a-z0-9_]{2,80})(?=\.[A-Za-z_])/;
/** `resource "genesyscloud_user" "jane"`: the head of a block. */
const HEAD = /\b(resource|data) "(genesyscloud_[a-z0-9_]{2,80})"/;
/** Words for what Terraform or its provider was doing. The first one in the text names the failed step. */
const STEPS = [
  ["create", /\bcreat(?:e|es|ed|ing)\b/i],
  ["update", /\b(?:updat(?:e|es|ed|ing)|modify(?:ing)?|modifications?|patch(?:ing)?)\b/i],
  ["delete", /\b(?:delet(?:e|es|ed|ing)|destroy(?:ing|ed)?|destruction)\b/i],
  [
    "read",
    /\b(?:read(?:ing)?|refresh(?:ing)?|retriev(?:e|ing)|request(?:ing)?|search(?:ing)?|find(?:ing)?|get(?:ting)?|fetch(?:ing)?)\b/i,
  ],
] as const;

/**
 * Reads the Terraform block that an error names, and what Terraform was doing with it, as `ACTION BLOCK TYPE`; null
 * when the text names none.
 */
export function readTerraformBlock(text: string): string | null {
  const [, prefix, type] = ADDRESS.exec(text) ?? [];
  const [, keyword, headed] = HEAD.exec(text) ?? [];
  const named = type ?? headed;
  if (named === undefined) return null;
  const isData = prefix !== undefined || (type === undefined && keyword === "data");
  return `${isData ? "read data" : `${stepIn(text)} resource`} ${named}`;
}

function stepIn(text: string): string {
  const found = STEPS.flatMap(([step, words]) => {
    const at = text.search(words);
    return at === -1 ? [] : [{ step, at }];
  });
  return found.toSorted((one, other) => one.at - other.at)[0]?.step ?? "unknown";
}
