// Draws the output of a terminal as an SVG that follows the reader's light or dark setting.

/** Text of one color and weight. */
interface Run {
  readonly column: number;
  readonly text: string;
  /** Names of CSS classes, from `CLASSES`. */
  readonly classes: readonly string[];
}

const COLUMN_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const MARGIN = 20;

/** Classes for the color codes that genscope writes. Codes 22 and 39 end them. */
const CLASSES: Readonly<Record<string, string>> = {
  "1": "strong",
  "2": "faint",
  "31": "bad",
  "32": "good",
  "33": "doubt",
  "36": "hint",
};

const STYLE = `
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
  rect { fill: #ffffff; stroke: #d1d9e0 }
  .strong { font-weight: 600 }
  .faint { fill: #59636e }
  .bad { fill: #cf222e }
  .good { fill: #1a7f37 }
  .doubt { fill: #9a6700 }
  .hint { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    rect { fill: #0d1117; stroke: #3d444d }
    .faint { fill: #9198a1 }
    .bad { fill: #f85149 }
    .good { fill: #3fb950 }
    .doubt { fill: #d29922 }
    .hint { fill: #4493f8 }
  }
`;

/**
 * Draws text that contains color codes as an SVG.
 * @param title what the picture shows, for a reader who cannot see it
 * @param columns width of the terminal that the text was formatted for
 */
export function drawTerminal(text: string, title: string, columns: number): string {
  const lines = readLines(text.trimEnd());
  const width = Math.ceil(columns * COLUMN_WIDTH) + 2 * MARGIN;
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...lines.flatMap((runs, index) => runs.map((run) => drawRun(run, index))),
    "</svg>\n",
  ].join("\n");
}

function drawRun({ column, text, classes }: Run, line: number): string {
  const x = (MARGIN + column * COLUMN_WIDTH).toFixed(1);
  const y = MARGIN + line * LINE_HEIGHT + 15;
  // The explicit length keeps the columns aligned, whatever the width of the reader's font.
  const length = (text.length * COLUMN_WIDTH).toFixed(1);
  const style = classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${style}>${escapeText(text)}</text>`;
}

/** Returns the words of each line with their columns and classes. A style can span lines. */
function readLines(text: string): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  let classes: readonly string[] = [];
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins each code
  for (const [, code, end, part = ""] of text.matchAll(/\u001b\[(\d+)m|(\n)|([^\u001b\n]+)/g)) {
    if (code === "22") classes = classes.filter((name) => name !== "strong" && name !== "faint");
    else if (code === "39") classes = classes.filter((name) => name === "strong" || name === "faint");
    else if (code !== undefined) classes = [...classes, classOf(code)];
    for (const { 0: word, index } of part.matchAll(/\S+(?: \S+)*/g)) {
      lines.at(-1)?.push({ column: column + index, text: word, classes });
    }
    column += part.length;
    if (end === undefined) continue;
    lines.push([]);
    column = 0;
  }
  return lines;
}

/** @throws for a code that the picture cannot show */
function classOf(code: string): string {
  const name = CLASSES[code];
  if (name === undefined) throw new Error(`the picture has no style for the code ${code}`);
  return name;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
