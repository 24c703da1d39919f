import { printable } from "../../core/text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * Escapes text for an element or a quoted attribute. Characters that XML 1.0 does not allow (section 2.2:
 * controls, lone surrogates, U+FFFE and U+FFFF) become the replacement character.
 */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(/[\ud800-\udfff\ufffe\uffff]/gu, "\u{FFFD}")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
