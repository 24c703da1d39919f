import { CommanderError } from "@commander-js/extra-typings";
import { AppError, InterruptedError, OutputError, UsageError } from "../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import { ClosedPipe } from "../output/node-streams.ts";
import { presentError } from "../output/present.ts";
import { concludeUnwritten } from "../output/unwritten.ts";
import { type BoundWords, bindValues } from "./arguments/bind-values.ts";
import { CommandExit } from "./command-exit.ts";
import type { Context } from "./context.ts";
import { HELP_TOPICS } from "./help-topics.ts";
import { addCommands } from "./program.ts";
import { createRoot, translateCommanderError } from "./root.ts";

/**
 * Runs one command line and returns the exit code of the process. Never throws: every failure is shown and
 * turned into an exit code here, and nowhere else.
 */
export async function run(argv: readonly string[], context: Context, version: string): Promise<ExitCode> {
  const root = createRoot(context.io, version);
  let typed: Pick<BoundWords, "flags" | "called" | "words"> = { flags: new Set(), called: null, words: [] };
  try {
    const topic = argv[0] === "help" ? HELP_TOPICS.find(({ name }) => name === argv[1]) : undefined;
    if (topic !== undefined) {
      await context.io.stdout.write(await topic.read());
      return EXIT_CODES.ok;
    }
    await addCommands(root, context, (name) => argv.includes(name));
    if (argv.length === 0) {
      await context.io.stdout.write(root.helpInformation());
      return EXIT_CODES.ok;
    }
    const bound = bindValues(helpOfSubcommand(argv), root);
    typed = bound;
    if (bound.attached !== null) {
      throw new UsageError("usage.arguments", `\`${bound.attached}\` takes its value from the next word`, {
        hint: `write \`${bound.attached} VALUE\``,
      });
    }
    if (bound.hyphenated.length > 0) {
      const { checkListWords } = await import("./arguments/check-list-words.ts");
      await checkListWords(bound.hyphenated, context.workingDirectory);
    }
    await root.parseAsync([...bound.words], { from: "user" });
    return EXIT_CODES.ok;
  } catch (thrown) {
    // Read from the words, not from commander: its own errors must respect these flags too.
    const options = {
      json: typed.flags.has("--json"),
      color: !typed.flags.has("--no-color"),
      verbose: typed.flags.has("--verbose"),
    };
    const told = async (error: unknown) =>
      await root.failureListeners.get(typed.called ?? "")?.(error, typed.words);
    const about = { written: root.takeWritten(), called: typed.called, listener: told };
    return await conclude(thrown, about, context, options);
  }
}

/** Returns `catalog show --help` for `help catalog show`, because commander's `help` accepts only one word. */
function helpOfSubcommand(argv: readonly string[]): readonly string[] {
  const [first, ...words] = argv;
  return first === "help" && words.length > 1 ? [...words, "--help"] : argv;
}

async function conclude(
  thrown: unknown,
  {
    written,
    called,
    listener,
  }: {
    readonly written: string;
    readonly called: string | null;
    readonly listener: (error: unknown) => Promise<void>;
  },
  context: Context,
  options: {
    readonly json: boolean;
    readonly color: boolean;
    readonly verbose: boolean;
  },
): Promise<ExitCode> {
  if (thrown instanceof CommandExit) return thrown.exitCode;
  if (thrown instanceof ClosedPipe) return EXIT_CODES.ok;
  const usage = thrown instanceof CommanderError ? translateCommanderError(thrown, called) : null;
  const isOurs = thrown instanceof AppError || thrown instanceof CommanderError;
  const isInterrupted = context.signal.aborted && !isOurs;
  const error =
    usage ?? (isInterrupted ? new InterruptedError("interrupted", "interrupted", { cause: thrown }) : thrown);
  try {
    if (error instanceof CommanderError) {
      await context.io.stdout.write(written);
      return EXIT_CODES.ok;
    }
    await listener(error);
    await presentError(context.io, options, error);
  } catch (failure) {
    // The reader of the output has gone; the exit code still reports the result.
    if (failure instanceof ClosedPipe) return exitCodeOfError(error);
    const isIncomplete = error instanceof AppError && error.exit === "incomplete";
    // An unwritten error says more than the closed stream does.
    const first = error instanceof OutputError ? error : failure;
    const exitCode = await concludeUnwritten(context.io, first);
    return isIncomplete ? EXIT_CODES.incomplete : exitCode;
  }
  return exitCodeOfError(error);
}

/** Returns whether the error is a request for help, which is no failure. */
function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof CommanderError) return EXIT_CODES.ok;
  return EXIT_CODES[error instanceof AppError ? error.exit : "bug"];
}
