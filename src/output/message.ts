import { oneLine, printable } from "../core/text.ts";
import { escapeMarkdown } from "./reports/markdown-text.ts";

/** A message from one person to another, printed by `--request`. Text between backticks is code. */
export interface Message {
  readonly subject: string;
  readonly greeting: string;
  readonly sections: readonly MessageSection[];
  readonly closing: string;
}

export interface MessageSection {
  readonly title: string;
  readonly isNumbered: boolean;
  readonly items: readonly MessageItem[];
}

export interface MessageItem {
  readonly text: string;
  readonly details: readonly string[];
  /** A command to paste, on a separate line. */
  readonly command: string | null;
}

const LONGEST_LINE = 2_000;

/** Renders a message in Markdown for a ticket, a chat or a pull request. */
export function renderMessageAsMarkdown({ subject, greeting, sections, closing }: Message): string {
  const parts = [
    `**${escapeMarkdown(subject)}**`,
    escapeMarkdown(greeting),
    ...sections.map(({ title, isNumbered, items }) =>
      [
        `**${escapeMarkdown(title)}**\n`,
        ...items.flatMap((item, index) => {
          const marker = isNumbered ? `${index + 1}. ` : "- ";
          const indent = " ".repeat(marker.length);
          return [
            `${marker}${escapeMarkdown(item.text)}`,
            ...item.details.map((line) => `${indent}- ${escapeMarkdown(line)}`),
            ...(item.command === null ? [] : fence(item.command).map((line) => `${indent}${line}`.trimEnd())),
          ];
        }),
      ].join("\n"),
    ),
    escapeMarkdown(closing),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Renders a message in plain text for email. */
export function renderMessageAsText({ subject, greeting, sections, closing }: Message): string {
  const parts = [
    `Subject: ${plain(subject)}`,
    plain(greeting),
    ...sections.map(({ title, isNumbered, items }) =>
      [
        `${plain(title)}:`,
        ...items.flatMap((item, index) => {
          const marker = isNumbered ? `  ${index + 1}. ` : "  - ";
          const indent = " ".repeat(marker.length);
          return [
            `${marker}${plain(item.text)}`,
            ...item.details.map((line) => `${indent}${plain(line)}`),
            ...(item.command === null ? [] : [`${indent}${printable(item.command)}`]),
          ];
        }),
      ].join("\n"),
    ),
    plain(closing),
  ];
  return `${parts.join("\n\n")}\n`;
}

function plain(text: string): string {
  return oneLine(text, LONGEST_LINE).replaceAll("`", "");
}

/** Returns a fence longer than any run of backticks inside (CommonMark 4.5). */
function fence(command: string): readonly string[] {
  const text = oneLine(command, LONGEST_LINE);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return ["", `${marks}sh`, text, marks];
}
