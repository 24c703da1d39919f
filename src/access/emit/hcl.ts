/**
 * Quotes text as an HCL string: escapes quotes, backslashes and line breaks, and keeps `${` and `%{` from
 * starting a template (HCL syntax specification, "Template Expressions" and "String Literals").
 */
export function quoteHcl(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, "\\$&")
    .replace(/[$%]{1,99}(?=\{)/g, (run) => (run.length === 1 ? run + run : [...run].map(unicode).join("")))
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replace(UNPRINTABLE, unicode);
  return `"${escaped}"`;
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern exists to match control characters
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Renders strings as an HCL list: `["add", "edit"]`. */
export function quoteHclList(texts: readonly string[]): string {
  return `[${texts.map(quoteHcl).join(", ")}]`;
}

/** Converts text to a resource label of letters, digits and underscores that does not start with a digit. */
export function hclLabel(text: string): string {
  const word = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return word === "" ? "genscope" : /^[0-9]/.test(word) ? `_${word}` : word;
}

/** Renders the attributes of a block with aligned equals signs, as `terraform fmt` does. */
export function hclAttributes(attributes: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...attributes.map(([name]) => name.length));
  return attributes.map(([name, value]) => `${name.padEnd(width)} = ${value}`);
}
