import { wrapWords } from "../../core/text.ts";

/** A line of a list: a name and its meaning. */
export type HelpRow = readonly [name: string, meaning: string];

/** A part of a help page: a paragraph, a list, names on as few lines as possible, or lines that keep their breaks. */
export type HelpSection =
  | string
  | readonly HelpRow[]
  | { readonly names: readonly string[] }
  | { readonly lines: string };

const NARROWEST_MEANING = 30;
/** Number of columns by which help indents the text below a heading. */
export const INDENT = 2;

/**
 * Renders a section of a help page.
 * @param width columns of a paragraph
 * @param rowWidth columns of a row of a list; infinite in a pipe, so that `grep` finds a whole row
 */
export function renderSection(section: HelpSection, width: number, rowWidth: number): string {
  if (typeof section === "string") return wrapWords(section, width).join("\n");
  if ("lines" in section) return indent(section.lines.split("\n"), INDENT).join("\n");
  if ("names" in section) {
    return indent(wrapWords(section.names.join(", "), width - INDENT, ", "), INDENT).join("\n");
  }
  const gap = Math.max(...section.map(([name]) => name.length)) + INDENT;
  const room = rowWidth - INDENT - gap;
  return section
    .flatMap(([name, meaning]) => {
      // If the column for the meaning would be too narrow, the meaning goes below the name.
      if (room < NARROWEST_MEANING) {
        return [...indent([name], INDENT), ...indent(wrapWords(meaning, rowWidth - 3 * INDENT), 3 * INDENT)];
      }
      const [first = "", ...more] = wrapWords(meaning, room);
      return [...indent([name.padEnd(gap) + first], INDENT), ...indent(more, INDENT + gap)];
    })
    .join("\n");
}

/** Indents lines, except for empty ones. */
export function indent(lines: readonly string[], count: number): readonly string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(count) + line));
}
