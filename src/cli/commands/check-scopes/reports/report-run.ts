import { OutputError } from "../../../../core/errors.ts";
import { lineOf } from "../../../../core/text.ts";
import type { Report } from "../../../../output/reports/report.ts";
import type { Context } from "../../../context.ts";
import { findReportOptions, type ReportOption } from "../../../flags/report-option.ts";
import type { CheckScopesResult } from "../result.ts";
import { type ReportOptions, toFailureReport, toReport } from "./to-report.ts";
import { writeReports } from "./write-reports.ts";

/** Writes the reports of a check. @throws OutputError `output.write` */
export async function reportResult(
  context: Context,
  result: CheckScopesResult,
  options: readonly ReportOption[],
  given: Pick<ReportOptions, "failOn" | "catalogue">,
): Promise<void> {
  const { version, clock, env, workingDirectory } = context;
  const sources = { directory: workingDirectory, root: env["GITHUB_WORKSPACE"] ?? workingDirectory };
  const report = toReport(result, { toolVersion: version, generatedAtMs: clock.now(), sources, ...given });
  await writeIn(context, report, options);
}

/**
 * Writes the reports of a run that checked nothing, so that a later step of a pipeline finds every file. A file that
 * can't be written is reported on stderr, because the first failure determines the exit code.
 * @param words the words on the command line, which may be invalid
 */
export async function reportFailure(
  context: Context,
  words: readonly string[],
  error: unknown,
  command = "check-scopes",
): Promise<void> {
  const { version, clock, env, io } = context;
  const report = toFailureReport(error, command, { toolVersion: version, generatedAtMs: clock.now() });
  try {
    await writeIn(context, report, findReportOptions(words, env));
  } catch (failure) {
    if (!(failure instanceof OutputError)) throw failure;
    await io.stderr.write(`warning: ${lineOf(failure.message)}\n`);
  }
}

/** Writes a report to its destinations. @throws OutputError `output.write` */
export async function writeIn(
  { random, userId, io, env }: Context,
  report: Report,
  options: readonly ReportOption[],
): Promise<void> {
  const log = async (text: string) => await io.stderr.writeExact(text);
  await writeReports(report, options, {
    random,
    userId,
    log,
    hide: (text) => io.typedSecrets?.hide(text) ?? text,
    stepSummary: env["GITHUB_STEP_SUMMARY"] ?? null,
  });
}
