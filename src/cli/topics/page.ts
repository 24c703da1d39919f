/** A line of a list: a name and its meaning. */
export type TopicRow = readonly [name: string, meaning: string];

/** A paragraph, a list, or lines that keep their breaks. */
export type TopicSection = string | readonly TopicRow[] | { readonly lines: string };

/** A page of help that is about no single command. */
export interface TopicPage {
  readonly sections: readonly TopicSection[];
  /** Commands to paste, each with its meaning. */
  readonly examples: readonly TopicRow[];
}

const WIDEST_PAGE = 100;
const NARROWEST_MEANING = 30;
const INDENT = 2;

/**
 * Renders a page as text. In a pipe, a row of a list stays one line, so that `grep` finds it whole.
 * @param columns width of the terminal; null in a pipe
 */
export function renderPage({ sections, examples }: TopicPage, columns: number | null): string {
  const width = Math.min(columns ?? WIDEST_PAGE, WIDEST_PAGE);
  const rowWidth = columns === null ? Number.POSITIVE_INFINITY : width;
  const blocks = sections.map((section) => renderSection(section, width, rowWidth));
  return `${[...blocks, `Examples:\n${renderExamples(examples)}`].join("\n\n")}\n`;
}

function renderSection(section: TopicSection, width: number, rowWidth: number): string {
  if (typeof section === "string") return wrap(section, width).join("\n");
  if ("lines" in section) return indent(section.lines.split("\n"), INDENT).join("\n");
  const gap = Math.max(...section.map(([name]) => name.length)) + INDENT;
  const room = rowWidth - INDENT - gap;
  return section
    .flatMap(([name, meaning]) => {
      // Beside a long name, the meaning would be a narrow column.
      if (room < NARROWEST_MEANING) {
        return [...indent([name], INDENT), ...indent(wrap(meaning, rowWidth - 3 * INDENT), 3 * INDENT)];
      }
      const [first = "", ...more] = wrap(meaning, room);
      return [...indent([name.padEnd(gap) + first], INDENT), ...indent(more, INDENT + gap)];
    })
    .join("\n");
}

/** Keeps every command on one line, so that it can be pasted. */
function renderExamples(examples: readonly TopicRow[]): string {
  const gap = Math.max(...examples.map(([command]) => command.length)) + INDENT;
  return indent(
    examples.map(([command, meaning]) => command.padEnd(gap) + meaning),
    INDENT,
  ).join("\n");
}

function indent(lines: readonly string[], count: number): readonly string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(count) + line));
}

/** Breaks a text at blanks. A longer word has a line of its own. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
