import stringWidth from "string-width";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_START = 8;
/** The indent of every line of a cell but the first. */
const INDENT = "  ";

/** Returns the width of text on a terminal in columns, ignoring color. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/**
 * Returns the cells of one column with shortened UUIDs, but only if no two of them become equal. A cell is shortened
 * when it contains nothing but UUIDs, separated by commas.
 */
export function withShortIds(cells: readonly string[]): readonly string[] {
  const shortOf = new Map<string, string>();
  for (const id of cells.flatMap((cell) => cell.split(", "))) {
    if (UUID.test(id)) shortOf.set(id, `${id.slice(0, UUID_START)}…`);
  }
  if (new Set(shortOf.values()).size < shortOf.size) return cells;
  return cells.map((cell) => {
    const parts = cell.split(", ");
    return parts.every((part) => shortOf.has(part))
      ? parts.map((part) => shortOf.get(part)).join(", ")
      : cell;
  });
}

/** Returns the parts of a cell between which a line may break: after a space, and after a slash in a path. */
function partsOf(cell: string): readonly string[] {
  return cell.split(/(?<=[ /])/);
}

/** Returns the width that the longest part of a cell needs, including the indent of a second line. */
export function longestPart(cell: string): number {
  const longest = partsOf(cell).reduce((most, part) => Math.max(most, widthOf(part.trimEnd())), 0);
  return INDENT.length + longest;
}

/**
 * Breaks a cell into lines of at most `width`; a part that is longer than a line stays whole. All lines but the first
 * are indented, so that no text from outside can look like a separate row.
 */
export function wrapCell(cell: string, width: number): string {
  if (widthOf(cell) <= width) return cell;
  const lines: string[] = [];
  let line = "";
  for (const part of partsOf(cell)) {
    if (line.trim() !== "" && widthOf(line + part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = INDENT + part;
    } else {
      line += part;
    }
  }
  return [...lines, line.trimEnd()].join("\n");
}

/** Returns the text truncated to at most `width` columns, with an ellipsis if anything is missing. */
export function cutCell(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = "";
  let used = 1;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
