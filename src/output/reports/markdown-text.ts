import { oneLine } from "../../core/text.ts";

const LONGEST_LINE = 2_000;

/**
 * Text of the service or of a file as Markdown that shows it and nothing else: characters that mean something
 * are written as numeric references, which can't take part in structure (CommonMark 2.5), also inside table
 * cells. What stands between backticks stays code.
 */
export function escapeMarkdown(text: string): string {
  const parts = oneLine(text, LONGEST_LINE).split("`");
  const isPaired = parts.length % 2 === 1;
  return isPaired
    ? parts.map((part, index) => (index % 2 === 1 ? wrapInCode(part) : reference(part))).join("")
    : reference(parts.join("`"));
}

/** The whole text as code. */
export function markdownCode(text: string): string {
  return wrapInCode(oneLine(text, LONGEST_LINE));
}

function wrapInCode(text: string): string {
  return `<code>${reference(text)}</code>`;
}

function reference(text: string): string {
  return (
    text
      .replace(/[&<>`*_[\]#!|\\~@]/g, (character) => `&#${character.charCodeAt(0)};`)
      // Addresses would become links without any further sign.
      .replace(/:\/\//g, "&#58;//")
      .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}&#46;`)
  );
}
