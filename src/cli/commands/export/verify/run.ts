import { resolve } from "node:path";
import { EXIT_CODES } from "../../../../core/exit-codes.ts";
import { plural } from "../../../../core/text.ts";
import { verifyExport } from "../../../../export/verify/verify-export.ts";
import { present, writeNote } from "../../../../output/present.ts";
import { withProgress } from "../../../../output/progress/progress.ts";
import { CommandExit } from "../../../command-exit.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { type ExportVerifyDocument, viewVerification } from "./view.ts";

/**
 * Compares a finished export with its manifest and shows every difference.
 * @throws UsageError when there is no manifest; CommandExit `incomplete` for a difference
 */
export async function verify(context: Context, path: string, options: GlobalOptions): Promise<void> {
  const { io, signal } = context;
  const temporaryDirectory = await context.temporaryDirectory();
  const out = resolve(context.workingDirectory, path);
  const found = await withProgress(context, options, "verifying", async ({ say }) =>
    verifyExport({
      path: out,
      temporaryDirectory,
      signal,
      onFile: (done, total) => say(`verifying file ${done + 1} of ${total}`),
    }),
  );
  const document: ExportVerifyDocument = {
    schema: "genscope/export-verify/v1",
    out,
    isIntact: found.differences.length === 0,
    ...found,
  };
  await present(io, options, document, viewVerification);
  if (found.unread.length > 0) {
    const files = plural(found.unread.length, "file");
    await writeNote(
      io,
      options,
      `compared only the size and hash of ${files}: reading zstd requires Node 22.15 or newer`,
    );
  }
  if (document.isIntact) return;
  // Repeating the export never removes a file that the export did not write.
  const areForeign = found.differences.every(({ kind }) => kind === "foreign-file");
  await writeNote(
    io,
    options,
    areForeign
      ? "hint: move the unlisted files out of the directory"
      : "hint: run the export again with --resume; it fetches missing and changed parts again",
  );
  throw new CommandExit(EXIT_CODES.incomplete);
}
