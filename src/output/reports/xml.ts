import { printable } from "../../core/text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * Text as it may stand in an element or a quoted attribute. What XML 1.0 can't hold at all (section 2.2:
 * controls, lone surrogates, U+FFFE and U+FFFF) becomes the replacement character.
 */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(/[\ud800-\udfff\ufffe\uffff]/gu, "\u{FFFD}")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
