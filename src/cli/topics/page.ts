/** A line of a list: a name and its meaning. */
export type TopicRow = readonly [name: string, meaning: string];

/** Renders the paragraphs and lists of a help topic, with its examples at the end. */
export function renderPage(
  sections: readonly (string | readonly TopicRow[])[],
  examples: readonly TopicRow[],
): string {
  const blocks = sections.map((section) => (typeof section === "string" ? section : renderRows(section)));
  return `${[...blocks, `Examples:\n${renderRows(examples)}`].join("\n\n")}\n`;
}

function renderRows(rows: readonly TopicRow[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, meaning]) => `  ${name.padEnd(width)}${meaning}`).join("\n");
}
