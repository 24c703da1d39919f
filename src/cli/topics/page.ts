import { renderExamples } from "../layout/example-list.ts";
import { type HelpRow, type HelpSection, renderSection } from "../layout/section.ts";

/** A help page that is not about a single command. */
export interface TopicPage {
  readonly sections: readonly HelpSection[];
  /** Commands to paste, each with its meaning. */
  readonly examples: readonly HelpRow[];
}

const WIDEST_PAGE = 100;

/**
 * Renders a page as text. In a pipe, a row of a list stays one line, so that `grep` finds it whole.
 * @param columns width of the terminal; null in a pipe
 */
export function renderPage({ sections, examples }: TopicPage, columns: number | null): string {
  const width = Math.min(columns ?? WIDEST_PAGE, WIDEST_PAGE);
  const rowWidth = columns === null ? Number.POSITIVE_INFINITY : width;
  const blocks = sections.map((section) => renderSection(section, width, rowWidth));
  return `${[...blocks, `Examples:\n${renderExamples(examples, columns)}`].join("\n\n")}\n`;
}
