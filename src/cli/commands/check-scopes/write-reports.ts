import { appendFile } from "node:fs/promises";
import { OutputError } from "../../../core/errors.ts";
import type { Random } from "../../../core/random.ts";
import { replaceFile } from "../../../core/replace-file.ts";
import { renderGithub } from "../../../output/reports/github.ts";
import { renderJunit } from "../../../output/reports/junit.ts";
import { renderMarkdown } from "../../../output/reports/markdown.ts";
import type { Report } from "../../../output/reports/report.ts";
import { renderSarif } from "../../../output/reports/sarif.ts";
import type { ReportOption } from "../../flags/report-option.ts";

const RENDERERS: Readonly<Record<ReportOption["kind"], (report: Report) => string>> = {
  junit: renderJunit,
  sarif: renderSarif,
  markdown: renderMarkdown,
  github: renderGithub,
};

interface ReportDestinations {
  readonly random: Random;
  /** Where annotations go: the log, never the stream of the result. */
  readonly log: (text: string) => Promise<void>;
  /** The page that all commands of a workflow's step add to (`GITHUB_STEP_SUMMARY`); null where there is none. */
  readonly stepSummary: string | null;
}

/**
 * Writes every report that was asked for, each file whole or not at all. All of them are rendered before the
 * first is written.
 * @throws OutputError `output.write` for the first file that can't be written
 */
export async function writeReports(
  report: Report,
  options: readonly ReportOption[],
  { random, log, stepSummary }: ReportDestinations,
): Promise<void> {
  const rendered = options.map(({ kind, file }) => ({ file, text: RENDERERS[kind](report) }));
  for (const { file, text } of rendered) {
    if (file === null) await log(text);
    // Others may have written to the summary before us.
    else if (file === stepSummary) await write(file, () => appendFile(file, text));
    else await write(file, () => replaceFile(file, text, { random }));
  }
}

async function write(file: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    throw new OutputError("output.write", `the report \`${file}\` can't be written`, {
      hint: "is there room on the disk, and may you write to that directory?",
      cause,
    });
  }
}
