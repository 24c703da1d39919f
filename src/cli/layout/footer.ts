import { wrapWords } from "../../core/text.ts";
import { HELP_TOPICS } from "../help-topics.ts";
import { renderExamples } from "./example-list.ts";
import { type HelpRow, type HelpSection, INDENT, renderSection } from "./section.ts";

const PIPE_WIDTH = 100;
/** Placeholder for a space in a command where a line must not break. */
const NO_BREAK = "\u{A0}";

/** Everything that a command adds to its help. */
export interface HelpFooter {
  /** Commands to paste, each with its meaning. */
  readonly examples: readonly HelpRow[];
  /** Each exit code with its meaning, such as `0 done`. */
  readonly exitCodes: readonly string[];
  /** Returns a section with its heading, such as the datasets of `export`; null for a command without one. */
  readonly addition: (() => readonly [heading: string, section: HelpSection]) | null;
}

/**
 * Renders the text below the flags in the help of a command.
 * @param isProgram whether it is the help of the program, which lists the topics
 * @param columns width of the terminal; null in a pipe
 */
export function renderFooter(
  { examples, exitCodes, addition }: HelpFooter,
  isProgram: boolean,
  columns: number | null,
): string {
  const render = (heading: string, section: HelpSection) =>
    `${heading}:\n${renderSection(section, columns ?? PIPE_WIDTH, columns ?? Number.POSITIVE_INFINITY)}`;
  const parts = [
    ...(isProgram ? [render("Topics (`genscope help TOPIC`)", listTopics())] : []),
    ...(addition === null ? [] : [render(...addition())]),
    ...(examples.length === 0 ? [] : [`Examples:\n${renderExamples(examples, columns)}`]),
    ...(exitCodes.length === 0 ? [] : [renderExitCodes(exitCodes, columns)]),
  ];
  return parts.map((part) => `\n${part}\n`).join("");
}

function listTopics(): readonly HelpRow[] {
  return HELP_TOPICS.map(({ name, description }) => [name, description]);
}

function renderExitCodes(exitCodes: readonly string[], columns: number | null): string {
  const codes = exitCodes.map((code) => code.replace(" ", ": ")).join("; ");
  const text = `Exit codes: ${codes} (\`genscope help exit-codes\`)`;
  if (columns === null) return text;
  const whole = text.replace(/`[^`]+`/g, (command) => command.replaceAll(" ", NO_BREAK));
  return wrapWords(whole, columns - INDENT)
    .join(`\n${" ".repeat(INDENT)}`)
    .replaceAll(NO_BREAK, " ");
}
