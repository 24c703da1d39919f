import { OutputError } from "../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import type { Io } from "../core/io.ts";
import { oneLine } from "../core/text.ts";
import { ClosedPipe } from "./node-streams.ts";

/**
 * Ends a run whose last output could not be written: at most one line on stderr, if that still accepts it,
 * and never a stack trace.
 */
export async function concludeUnwritten(io: Pick<Io, "stderr">, failure: unknown): Promise<ExitCode> {
  if (failure instanceof ClosedPipe) return EXIT_CODES.ok;
  const isOutput = failure instanceof OutputError;
  const message = failure instanceof Error ? failure.message : String(failure);
  await io.stderr.write(`error: ${isOutput ? "" : "internal fault: "}${oneLine(message)}\n`).catch(() => {});
  return isOutput ? EXIT_CODES.error : EXIT_CODES.bug;
}
