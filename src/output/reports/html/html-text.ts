import { oneLine, printable } from "../../../core/text.ts";

const LONGEST_LINE = 2_000;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for an HTML element or a quoted attribute. Keeps line feeds. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Escapes text and puts it on one line. Text between backticks becomes code. */
export function lineHtml(text: string): string {
  const parts = oneLine(text, LONGEST_LINE).split("`");
  const isPaired = parts.length % 2 === 1;
  if (!isPaired) return escapeHtml(parts.join("`"));
  return parts.map((part, index) => (index % 2 === 1 ? codeHtml(part) : escapeHtml(part))).join("");
}

/** Escapes the whole text as code that may break after each slash or colon. */
export function codeHtml(text: string): string {
  return `<code>${breakable(text)}</code>`;
}

/** Escapes a name, such as a path, that may break after each slash or colon. */
export function breakable(text: string): string {
  return escapeHtml(oneLine(text, LONGEST_LINE)).replace(/[/:](?=\w)/g, "$&<wbr>");
}
