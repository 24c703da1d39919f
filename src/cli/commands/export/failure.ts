import { requireFound } from "../../../catalogue/lookup/require-name.ts";
import {
  AppError,
  IncompleteError,
  InterruptedError,
  OutputError,
  UsageError,
} from "../../../core/errors.ts";
import { EXIT_CODES } from "../../../core/exit-codes.ts";
import { writeNote } from "../../../output/present.ts";
import type { Api } from "../../../platform/api/api.ts";
import { ApiError } from "../../../platform/api/api-error.ts";
import { catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { diagnoseRefusal, presentRefusal } from "../check-scopes/refusal-diagnosis.ts";
import type { CheckScopesResult } from "../check-scopes/result.ts";
import type { ExportRequest } from "./request.ts";

/** Advice for an export to standard output that ended early. */
export const STDOUT_ADVICE = "export to a directory, so that `--resume` can continue the export: --out PATH";

/**
 * Returns the error that ended the export, with the command that continues it; a refusal is diagnosed first.
 */
export async function describeFailure(
  context: Context,
  options: GlobalOptions,
  error: unknown,
  about: {
    readonly api: Api;
    readonly request: ExportRequest;
    readonly resumeCommand: string;
    /** Describes the saved data; null if none exists. */
    readonly kept: string | null;
  },
): Promise<unknown> {
  const canGoOn = about.request.destination !== null;
  if (context.signal.aborted) {
    return canGoOn
      ? new InterruptedError(
          "interrupted",
          about.kept === null
            ? "interrupted before the first checkpoint"
            : `interrupted; saved so far: ${about.kept}`,
          {
            hint: `continue: ${about.resumeCommand}`,
            cause: error,
          },
        )
      : new InterruptedError("interrupted", "interrupted: the records on standard output are incomplete", {
          hint: STDOUT_ADVICE,
          cause: error,
        });
  }
  if (error instanceof ApiError && error.exit === "denied") {
    await presentRefusal(context, options, error, await diagnose(context, options, error, about.api));
    return new CommandExit(EXIT_CODES.denied);
  }
  if (error instanceof OutputError && error.code === "output.disk_full" && canGoOn) {
    const hint = `free some space, then continue: ${about.resumeCommand}`;
    const saved = about.kept !== null ? "; the fetched data is saved" : "";
    return new IncompleteError(error.code, `${error.message}${saved}`, {
      hint,
      cause: error,
    });
  }
  // The same command fails again while the export's state is damaged.
  const isDamaged = error instanceof OutputError && error.code === "output.state";
  if (error instanceof AppError && !(error instanceof UsageError) && !isDamaged && canGoOn) {
    const saved = about.kept === null ? "" : `saved so far: ${about.kept}; `;
    await writeNote(context.io, options, `${saved}continue with: ${about.resumeCommand}`);
  }
  return error;
}

/** Diagnoses a refusal with the catalog of the host; null when even the token cannot be read. */
export async function diagnose(
  context: Context,
  options: GlobalOptions,
  refusal: ApiError,
  api: Api,
): Promise<CheckScopesResult | null> {
  const catalogue = await catalogueOfHost(context, api.region.apiUrl);
  const { operation } = requireFound(catalogue, `${refusal.method} ${refusal.path}`);
  return await diagnoseRefusal(context, options, refusal, { api, catalogue, operation });
}
