import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../../../core/exit-codes.ts";
import { outputFailure } from "../../../core/files/file-failure.ts";
import { writeNamedFile } from "../../../core/files/write-named-file.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import type { ExportDocument } from "./result.ts";

/** One run of an export, for a scheduler. */
export interface ExportRun {
  readonly dataset: string;
  readonly exitCode: ExitCode;
  readonly startMs: number;
  readonly endMs: number;
  /** End of the latest complete run, possibly an earlier one; null when there was none. */
  readonly lastSuccessMs: number | null;
  /** The result; null for a run that failed before it had one. */
  readonly document: ExportDocument | null;
}

const LAST_SUCCESS = "last_success_timestamp_seconds";

/**
 * Runs an export and replaces the metrics file when it ends for any reason.
 * @param run calls its argument with the result of the export
 * @throws any error of `run`; OutputError `output.write` when the file can't be written
 */
export async function withMetrics(
  {
    clock,
    random,
    userId,
    workingDirectory,
  }: Pick<Context, "clock" | "random" | "userId" | "workingDirectory">,
  { file, dataset }: { readonly file: string; readonly dataset: string },
  run: (report: (document: ExportDocument) => void) => Promise<void>,
): Promise<void> {
  const path = resolve(workingDirectory, file);
  const startMs = clock.now();
  let document: ExportDocument | null = null;
  const write = async (exitCode: ExitCode): Promise<void> => {
    const endMs = clock.now();
    const lastSuccessMs = exitCode === EXIT_CODES.ok ? endMs : await readLastSuccess(path);
    const text = renderMetrics({ dataset, exitCode, startMs, endMs, lastSuccessMs, document });
    try {
      await writeNamedFile(path, text, { random, userId });
    } catch (error) {
      throw outputFailure(path, error, { what: "the metrics file" });
    }
  };
  try {
    await run((result) => {
      document = result;
    });
  } catch (error) {
    await write(exitCodeOfFailure(error));
    throw error;
  }
  await write(EXIT_CODES.ok);
}

function exitCodeOfFailure(error: unknown): ExitCode {
  if (error instanceof CommandExit) return error.exitCode;
  return EXIT_CODES[error instanceof AppError ? error.exit : "bug"];
}

/** Renders a run in OpenMetrics text format 1.0. */
export function renderMetrics({
  dataset,
  exitCode,
  startMs,
  endMs,
  lastSuccessMs,
  document,
}: ExportRun): string {
  const watermark = document?.watermark ?? null;
  const metrics: readonly (readonly [string, string, number | null])[] = [
    ["exit_code", "Exit code of the latest run.", exitCode],
    ["complete", "Whether the latest run left a complete export.", document?.isComplete === true ? 1 : 0],
    ["duration_seconds", "Duration of the latest run.", (endMs - startMs) / 1_000],
    ["end_timestamp_seconds", "End of the latest run.", endMs / 1_000],
    [LAST_SUCCESS, "End of the latest complete run.", lastSuccessMs === null ? null : lastSuccessMs / 1_000],
    ["records", "Records in the export.", document?.records ?? null],
    ["files", "Files in the export.", document?.files ?? null],
    ["bytes", "Size of these files.", document?.bytes ?? null],
    ["media_files", "Files of recordings in the export.", document?.media?.files ?? null],
    ["media_bytes", "Size of the files of recordings.", document?.media?.bytes ?? null],
    [
      "media_missing",
      "Recordings without a file.",
      document?.media?.missing.reduce((sum, { recordings }) => sum + recordings, 0) ?? null,
    ],
    ["gaps", "Parts that are missing.", document?.gaps.length ?? null],
    [
      "watermark_timestamp_seconds",
      "Time up to which the platform had collected all data.",
      watermark === null ? null : Date.parse(watermark) / 1_000,
    ],
  ];
  const lines = metrics.flatMap(([name, help, value]) =>
    value === null
      ? []
      : [
          `# TYPE genscope_export_${name} gauge`,
          `# HELP genscope_export_${name} ${help}`,
          `genscope_export_${name}{dataset="${escapeLabel(dataset)}"} ${value}`,
        ],
  );
  return [...lines, "# EOF", ""].join("\n");
}

/** Escapes a label value (OpenMetrics 1.0, section "Escaping"). */
function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** Returns the end of the latest complete run from the metrics file of an earlier run; null when there is none. */
async function readLastSuccess(path: string): Promise<number | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const [, seconds] =
    new RegExp(`^genscope_export_${LAST_SUCCESS}\\{[^}]*\\} ([\\d.]+)$`, "m").exec(text) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
