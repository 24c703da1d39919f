import { piecesOf } from "../core/text.ts";
import type { BarsBlock } from "./chart/bars-block.ts";
import { plainStyle, type Style } from "./style.ts";
import type { TableBlock } from "./table/table-block.ts";

/** A result to be read: a list of blocks that one renderer lays out for every command. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  /** Lines for a file or a shell, which are never wrapped. */
  | { readonly kind: "verbatim"; readonly lines: readonly string[] }
  /** Lines of a message, wrapped at words on a terminal, except for commands. */
  | { readonly kind: "message"; readonly lines: readonly string[] }
  /** Names and values in two aligned columns. A value that does not fit next to its name goes below it. */
  | {
      readonly kind: "fields";
      readonly rows: readonly (readonly [string, string])[];
    }
  | TableBlock
  | BarsBlock
  | { readonly kind: "tree"; readonly nodes: readonly TreeNode[] };

export interface TreeNode {
  readonly text: string;
  /**
   * Lines of other nodes at the same depth that have the same children. The children are shown once for all of them.
   */
  readonly alike?: readonly string[];
  readonly children?: readonly TreeNode[];
}

/** Renders a result as readable text. */
export type View<Result> = (result: Result, style: Style) => readonly Block[];

const INDENT = 2;
/**
 * Minimum width for wrapping a tree. On a narrower terminal, genscope leaves wrapping to the terminal, because indented
 * text would have no room.
 */
const NARROWEST = 24;

/** Renders the blocks as text that ends with a line feed; a null `columns` disables wrapping. */
export async function renderBlocks(
  blocks: readonly Block[],
  columns: number | null,
  style = plainStyle,
): Promise<string> {
  const parts: string[] = [];
  for (const block of blocks) parts.push(await renderBlock(block, columns, style));
  return parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
}

async function renderBlock(block: Block, columns: number | null, style: Style): Promise<string> {
  switch (block.kind) {
    case "verbatim":
      return block.lines.join("\n");
    case "message": {
      if (columns === null) return block.lines.join("\n");
      const { wrapLine } = await import("./wrap-line.ts");
      return block.lines.map((line) => wrapLine(line, columns)).join("\n");
    }
    case "text":
      return wrap(block.text, columns, 0, 0).join("\n");
    case "fields":
      return renderFields(block.rows, columns);
    case "tree":
      return block.nodes.map((node) => renderTree(node, columns, 0).join("\n")).join("\n\n");
    case "bars": {
      const { drawBars } = await import("./chart/draw-bars.ts");
      return drawBars(block, columns, style);
    }
    case "table":
      return columns === null ? separated(block) : await renderTable(block, columns, style);
  }
}

/** Writes the header and one line per row, with tabs between the cells. */
function separated({ columns, rows }: TableBlock): string {
  return [columns.map(({ name }) => name), ...rows]
    .map((row) => row.map((cell) => cell.replace(/[\t\n]+/g, " ")).join("\t"))
    .join("\n");
}

function renderFields(rows: readonly (readonly [string, string])[], columns: number | null): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + INDENT;
  const fits = rows.every(([, value]) => columns === null || width + visibleLength(value) <= columns);
  const room = (columns ?? Number.POSITIVE_INFINITY) - width;
  // An id that wraps can't be copied. If a word does not fit beside its name, every value goes below its name.
  const longestWord = Math.max(0, ...rows.flatMap(([, value]) => value.split(/\s/).map(visibleLength)));
  if (columns !== null && !fits && (room < NARROWEST || longestWord > room)) {
    return rows.flatMap(([name, value]) => [name, ...wrap(value, columns, INDENT, INDENT)]).join("\n");
  }
  return rows
    .flatMap(([name, value]) => {
      const [first = "", ...rest] = wrap(value, columns, width, width);
      return [`${name.padEnd(width)}${first.trimStart()}`, ...rest];
    })
    .join("\n");
}

function renderTree(node: TreeNode, columns: number | null, depth: number): string[] {
  const indent = depth * INDENT;
  return [
    ...[node.text, ...(node.alike ?? [])].flatMap((text) => wrap(text, columns, indent, indent + INDENT)),
    ...(node.children ?? []).flatMap((child) => renderTree(child, columns, depth + 1)),
  ];
}

/** Renders a table for a terminal. On a terminal that is too narrow, each row becomes a list. */
async function renderTable(block: TableBlock, columns: number, style: Style): Promise<string> {
  const { layOutTable } = await import("./table/lay-out-table.ts");
  const text = layOutTable(block, columns, style);
  if (text !== null) {
    return [text.above, text.table, text.below]
      .flatMap((part) =>
        part === null ? [] : part === text.table ? part : wrap(part, columns, 0, 0).join("\n"),
      )
      .join("\n\n");
  }
  return block.rows
    .map((row) =>
      renderFields(
        block.columns.map(({ name }, index) => [name, row[index] ?? ""]),
        columns,
      ),
    )
    .join("\n\n");
}

/** Wraps text to `columns` visible characters; a longer word or command stays whole, so that it can be copied. */
function wrap(text: string, columns: number | null, firstIndent: number, restIndent: number): string[] {
  return text.split("\n").flatMap((line, index) => {
    const indent = index === 0 ? firstIndent : restIndent;
    if (columns === null || columns - restIndent < NARROWEST) return [`${" ".repeat(indent)}${line}`];
    const lines: string[] = [];
    let current = "";
    let width = indent;
    for (const word of piecesOf(line)) {
      const length = visibleLength(word);
      if (current !== "" && width + 1 + length > columns) {
        lines.push(`${" ".repeat(lines.length === 0 ? indent : restIndent)}${current}`);
        current = word;
        width = restIndent + length;
      } else {
        width += (current === "" ? 0 : 1) + length;
        current = current === "" ? word : `${current} ${word}`;
      }
    }
    lines.push(`${" ".repeat(lines.length === 0 ? indent : restIndent)}${current}`);
    return lines;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of genscope's own colors
const COLOUR = /\u001b\[[0-9;]*m/g;

function visibleLength(text: string): number {
  return text.replace(COLOUR, "").length;
}
