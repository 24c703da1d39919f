import { plural } from "../../core/text.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";
import {
  countVerdicts,
  explainFailure,
  type Report,
  type ReportFinding,
  type ReportLocation,
  type ReportResult,
  titleOfReport,
  VERDICT_MARKS,
  worstFirst,
} from "./report.ts";

/**
 * Maximum length of a page. GitHub refuses a job summary of more than one mebibyte entirely, and a character may take
 * several bytes.
 */
const MOST_CHARACTERS = 300_000;

const HEAD = "| | operation | verdict | layer | where |\n|---|---|---|---|---|";

/**
 * Renders a page for a job summary: a table of the failed checks, collapsed details, and the number of other checks.
 * The page of a check that could not run contains the reason.
 */
export function renderMarkdown(report: Report): string {
  if (report.failure !== null) return renderFailure(report, report.failure);
  const { subject, results, findings, warnings } = report;
  const ordered = worstFirst(results);
  const notable = ordered.filter(({ verdict }) => verdict !== "allowed");
  const allowed = ordered.filter(({ verdict }) => verdict === "allowed");
  return joinSections([
    `## genscope: ${titleOfReport(report)}`,
    `${escapeMarkdown(countVerdicts(results, report.words) || "nothing was checked")}, as ${escapeMarkdown(subject)}`,
    ...warnings.map((warning) => `**Warning:** ${escapeMarkdown(warning)}`),
    ...(notable.length === 0 ? [] : [[HEAD, ...notable.map(renderRow)].join("\n")]),
    ...(findings.length === 0 ? [] : [findings.map(renderFinding).join("\n")]),
    ...notable.map(renderDetails),
    ...(allowed.length === 0
      ? []
      : [fold(`✔ ${plural(allowed.length, "check")} allowed`, [HEAD, ...allowed.map(renderRow)].join("\n"))]),
    renderOrigin(report),
  ]);
}

function renderFailure(report: Report, failure: NonNullable<Report["failure"]>): string {
  return joinSections([
    `## genscope: ${titleOfReport(report)} (${escapeMarkdown(failure.code)})`,
    escapeMarkdown(failure.message),
    ...explainFailure(failure).map(escapeMarkdown),
    renderOrigin(report),
  ]);
}

function renderOrigin({ toolVersion, generatedAtMs }: Report): string {
  return `<sub>genscope ${escapeMarkdown(toolVersion)}, ${new Date(generatedAtMs).toISOString()}</sub>`;
}

function renderRow({ name, verdict, layer, location }: ReportResult): string {
  const where = location === null ? "" : markdownCode(place(location));
  return `| ${VERDICT_MARKS[verdict]} | ${markdownCode(name)} | ${verdict} | ${escapeMarkdown(layer)} | ${where} |`;
}

function renderFinding({ level, message, location }: ReportFinding): string {
  const where = location === null ? "" : ` (${markdownCode(place(location))})`;
  return `- **${level}** ${escapeMarkdown(message)}${where}`;
}

function renderDetails(result: ReportResult): string {
  const { name, verdict, layer, summary, remedies } = result;
  const help = remedies.map(({ text, menuPath, command }, index) =>
    [
      `${index + 1}. ${escapeMarkdown(text)}`,
      ...(menuPath === null ? [] : [`   <br>${escapeMarkdown(menuPath)}`]),
      ...(command === null ? [] : [`   <br>${markdownCode(command)}`]),
    ].join("\n"),
  );
  return fold(
    `${VERDICT_MARKS[verdict]} ${markdownCode(name)}: ${verdict} (${escapeMarkdown(layer)})`,
    [
      summary.map((line) => `- ${escapeMarkdown(line)}`).join("\n"),
      ...(help.length === 0 ? [] : [`Fixes, smallest first:\n\n${help.join("\n")}`]),
    ].join("\n\n"),
  );
}

function fold(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Omits whole sections from the end when the page is too large, and adds a note. */
function joinSections(sections: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const section of sections) {
    length += section.length;
    if (length <= MOST_CHARACTERS) kept.push(section);
  }
  const missing = sections.length - kept.length;
  if (missing > 0) {
    kept.push(`*${plural(missing, "section")} omitted: GitHub limits the size of a job summary.*`);
  }
  return `${kept.join("\n\n")}\n`;
}

function place({ file, line }: ReportLocation): string {
  return `${file}:${line}`;
}
