// Renders the pages of the manual as one reference in Markdown.

/** @param pages the pages of `manual-pages.mjs` */
export function renderReference(pages, version) {
  const contents = pages.map(({ title, name, summary }) => `- [${title}](#${name}): ${escapeText(summary)}`);
  return `${[`# Reference of genscope ${version}`, contents.join("\n"), ...pages.map(renderPage)].join("\n\n")}\n`;
}

function renderPage({ title, name, summary, sections }) {
  return [
    `<a id="${name}"></a>`,
    `## ${title}`,
    escapeText(summary),
    ...sections.flatMap(({ heading, blocks }) => [`### ${heading}`, ...blocks.map(renderBlock)]),
  ].join("\n\n");
}

function renderBlock({ text, rows, lines, commands }) {
  if (text !== undefined) return escapeText(text);
  if (rows !== undefined) {
    return rows.map(([term, meaning]) => `- \`${term.trim()}\`: ${escapeText(meaning)}`).join("\n");
  }
  if (commands === undefined) return `\`\`\`text\n${lines}\n\`\`\``;
  return `\`\`\`sh\n${commands.map(([command, meaning]) => `# ${meaning}\n${command}`).join("\n\n")}\n\`\`\``;
}

/** Escapes characters that Markdown would read as markup, except inside backquotes. */
function escapeText(text) {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<>*_[\]]/g, "\\$&")))
    .join("");
}
