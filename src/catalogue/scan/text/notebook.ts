import { appendAll } from "../../../core/lists/append-all.ts";

/** Code of a notebook in one language. */
export interface NotebookCode {
  /** File extension for the language of the code. */
  readonly extension: string;
  readonly text: string;
  /** The offset in the notebook where each line of the code begins. */
  readonly lines: readonly number[];
}

interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Matches the command that selects a cell's language when it differs from the notebook's. */
const MAGIC = /^%%(bash|sh|script|javascript|js|html|ruby|perl|powershell|pwsh|markdown|sql)\b/;
const EXTENSION_OF: Readonly<Record<string, string>> = {
  bash: "sh",
  sh: "sh",
  script: "sh",
  javascript: "js",
  js: "js",
  html: "html",
  ruby: "rb",
  perl: "pl",
  powershell: "ps1",
  pwsh: "ps1",
  markdown: "md",
  sql: "sql",
};
/** Matches a line that a cell passes to a shell: `!curl …`, `out = !curl …`. */
const SHELL_LINE = /^(\s*(?:[A-Za-z_]\w*\s*=\s*)?)!(?=[\w./])/;
/** Matches a magic before a statement of the notebook's language: `%time x = f()`. */
const STATEMENT_MAGIC = /^(\s*)%(?:time|timeit|prun|capture)\b(?:\s+-\w+(?:\s+\d+)?)*/;
/** Matches any other magic, which is not code. */
const OTHER_MAGIC = /^\s*%{1,2}[a-z_]\w*(?:\s|$)/;
/** Bracket depth of a cell's keys: the notebook, its list of cells, the cell. */
const CELL_DEPTH = 3;

/**
 * Returns the code of a notebook by language, without outputs and prose: all cells in the notebook's own
 * language as one text, because they share their names, and each cell in another language separately. Returns
 * null for any other text.
 */
export function readNotebook(text: string): readonly NotebookCode[] | null {
  const cells = readCells(text);
  if (cells === null) return null;
  const own = /"(?:file_extension)"\s*:\s*"\.(\w{1,10})"/.exec(text)?.[1] ?? "py";
  const ownLines: Line[] = [];
  const parts: { extension: string; lines: Line[] }[] = [{ extension: own, lines: ownLines }];
  for (const lines of cells) {
    const magic = MAGIC.exec(lines[0]?.text ?? "")?.[1];
    if (magic === undefined) {
      appendAll(ownLines, lines.map(withoutMagic));
      const commands = lines.flatMap((line) => commandOf(line) ?? []);
      if (commands.length > 0) parts.push({ extension: "sh", lines: commands });
    } else {
      parts.push({ extension: EXTENSION_OF[magic] ?? "sh", lines: [...lines.slice(1)] });
    }
  }
  return parts.map(({ extension, lines }) => ({
    extension,
    text: lines.map((line) => line.text).join("\n"),
    lines: lines.map(({ offset }) => offset),
  }));
}

/** Returns the line without magics and shell commands, which are not part of the notebook's language. */
function withoutMagic({ text, offset }: Line): Line {
  const plain = SHELL_LINE.test(text)
    ? ""
    : text
        .replace(STATEMENT_MAGIC, (magic) => " ".repeat(magic.length))
        .replace(/^\s*%{1,2}[a-z_].*$/, (line) => (OTHER_MAGIC.test(line) ? "" : line));
  return { text: plain, offset };
}

function commandOf({ text, offset }: Line): Line | null {
  const before = SHELL_LINE.exec(text)?.[0];
  return before === undefined ? null : { text: text.slice(before.length), offset };
}

/** Reads the sources of the code cells, in one pass over the strings of the document. */
function readCells(text: string): readonly (readonly Line[])[] | null {
  const cells: Line[][] = [];
  let cell: { isCode: boolean; lines: Line[] } = { isCode: false, lines: [] };
  let depth = 0;
  let key = "";
  let section = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") {
      depth += 1;
      if (depth === CELL_DEPTH) cell = { isCode: false, lines: [] };
    } else if (character === "}" || character === "]") {
      if (depth === CELL_DEPTH && section === "cells" && cell.isCode) cells.push(cell.lines);
      depth -= 1;
    } else if (character === '"') {
      const end = endOfString(text, at);
      const isKey = /^\s{0,20}:/.test(text.slice(end, end + 21));
      const isOfCell = depth === CELL_DEPTH || depth === CELL_DEPTH + 1;
      if (isKey && depth === 1) section = text.slice(at + 1, end - 1);
      else if (isKey && depth === CELL_DEPTH) key = text.slice(at + 1, end - 1);
      else if (isOfCell && key === "cell_type") cell.isCode = text.slice(at, end) === '"code"';
      else if (isOfCell && key === "source") appendAll(cell.lines, linesOf(text, at, end));
      at = end - 1;
    }
  }
  return cells.length === 0 ? null : cells;
}

/**
 * Returns the lines of a string. All but the first get the location of the string, because their exact offsets
 * are unknown.
 */
function linesOf(text: string, start: number, end: number): readonly Line[] {
  try {
    const value: unknown = JSON.parse(text.slice(start, end));
    if (typeof value !== "string") return [];
    return value
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => ({ text: line, offset: start + 1 }));
  } catch {
    return [];
  }
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}
