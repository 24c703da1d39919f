// Renders a page of the manual with the macros of man(7).

/**
 * @param page a page of `manual-pages.mjs`
 * @param edition the version and the date of the program
 */
export function renderMan({ name, section, summary, sections, seeAlso }, { version, date }) {
  const lines = [
    `.TH ${quote(name.toUpperCase())} ${section} "${date}" ${quote(`genscope ${version}`)} "genscope manual"`,
    ".SH NAME",
    `${escapeText(name)} \\- ${plain(summary)}`,
    ...sections.flatMap(({ heading, blocks }) => [
      `.SH ${quote(heading.toUpperCase())}`,
      ...blocks.flatMap((block, index) => renderBlock(block, index === 0)),
    ]),
    ".SH SEE ALSO",
    ...seeAlso.map(
      ([other, volume], index) =>
        `.BR ${escapeText(other)} (${volume})${index === seeAlso.length - 1 ? "" : ","}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function renderBlock({ text, rows, lines, commands }, isFirst) {
  if (text !== undefined) return [...(isFirst ? [] : [".PP"]), guard(plain(text))];
  if (rows !== undefined) {
    return rows.flatMap(([term, meaning]) => [
      ".TP",
      guard(`\\fB${escapeText(term.trim())}\\fR`),
      guard(plain(meaning)),
    ]);
  }
  if (commands !== undefined) {
    return commands.flatMap(([command, meaning], index) => [
      ...(isFirst && index === 0 ? [] : [".PP"]),
      guard(`${plain(meaning)}${/[.?!]$/.test(meaning) ? "" : ":"}`),
      ".PP",
      ...renderLines(command),
    ]);
  }
  return [...(isFirst ? [] : [".PP"]), ...renderLines(lines)];
}

function renderLines(text) {
  return [".nf", ".RS", ...text.split("\n").map((line) => guard(escapeText(line))), ".RE", ".fi"];
}

/** Escapes prose, in which backquotes mark what the user types. */
function plain(text) {
  return escapeText(text).replace(/`([^`]+)`/g, (_, typed) => `\\fB${typed}\\fR`);
}

function escapeText(text) {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replaceAll("'", "\\(aq")
    .replaceAll("\t", "        ")
    .replace(
      /[^\n\x20-\x7e]/gu,
      (sign) => `\\[u${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

/** A line that begins with a dot would be a macro. */
function guard(line) {
  return line.startsWith(".") ? `\\&${line}` : line;
}

function quote(text) {
  return `"${escapeText(text).replaceAll('"', "\\(dq")}"`;
}
