import { oneLine } from "../../core/text.ts";

const LONGEST_LINE = 2_000;

/**
 * Escapes text from the service or a file for Markdown. Special characters become numeric references, which can't form
 * Markdown syntax (CommonMark 2.5), even inside table cells. Text between backticks stays code.
 */
export function escapeMarkdown(text: string): string {
  const parts = oneLine(text, LONGEST_LINE).split("`");
  const isPaired = parts.length % 2 === 1;
  return isPaired
    ? parts.map((part, index) => (index % 2 === 1 ? wrapInCode(part) : reference(part))).join("")
    : reference(parts.join("`"));
}

/** Renders the whole text as code. */
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
      // URLs would become links even without markup.
      .replace(/:\/\//g, "&#58;//")
      .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}&#46;`)
  );
}
