import { appendFile } from "node:fs/promises";
import { outputFailure } from "../../../../core/files/file-failure.ts";
import { writeNamedFile } from "../../../../core/files/write-named-file.ts";
import type { Random } from "../../../../core/random.ts";
import { renderGithub } from "../../../../output/reports/github.ts";
import { renderHtml } from "../../../../output/reports/html/page.ts";
import { renderJunit } from "../../../../output/reports/junit.ts";
import { renderMarkdown } from "../../../../output/reports/markdown.ts";
import type { Report } from "../../../../output/reports/report.ts";
import { renderSarif } from "../../../../output/reports/sarif.ts";
import type { ReportOption } from "../../../flags/report-option.ts";

const RENDERERS: Readonly<Record<ReportOption["kind"], (report: Report) => string>> = {
  junit: renderJunit,
  sarif: renderSarif,
  markdown: renderMarkdown,
  html: renderHtml,
  github: renderGithub,
};

interface ReportDestinations {
  readonly random: Random;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  /** Writes annotations to the log, never to the stream of the result. */
  readonly log: (text: string) => Promise<void>;
  /** Hides command-line words that look like secrets. */
  readonly hide: (text: string) => string;
  /**
   * The Markdown file to which all commands of a workflow step append (`GITHUB_STEP_SUMMARY`); null outside GitHub
   * Actions.
   */
  readonly stepSummary: string | null;
}

/**
 * Writes every requested report atomically. Renders all of them before writing the first, and writes the others
 * even when one can't be written.
 * @throws OutputError `output.write` for the first file that can't be written
 */
export async function writeReports(
  report: Report,
  options: readonly ReportOption[],
  { random, userId, log, hide, stepSummary }: ReportDestinations,
): Promise<void> {
  const rendered = options.map(({ kind, file }) => ({ file, text: hide(RENDERERS[kind](report)) }));
  const failures: unknown[] = [];
  for (const { file, text } of rendered) {
    try {
      if (file === null) await log(text);
      // Other commands may have written to the summary already.
      else if (file === stepSummary) await write(file, () => appendFile(file, text));
      else await write(file, () => writeNamedFile(file, text, { random, userId }));
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function write(file: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    throw outputFailure(file, cause, { what: "the report" });
  }
}
