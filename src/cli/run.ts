import { CommanderError } from "@commander-js/extra-typings";
import { AppError, InterruptedError, OutputError, UsageError } from "../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import { ClosedPipe } from "../output/node-streams.ts";
import { present, presentError } from "../output/present.ts";
import { concludeUnwritten } from "../output/unwritten.ts";
import { type BoundWords, bindValues } from "./arguments/bind-values.ts";
import { CommandExit } from "./command-exit.ts";
import type { Context } from "./context.ts";
import type { HelpTopic } from "./help-topics.ts";
import { addCommands } from "./program.ts";
import { createRoot, type Root } from "./root.ts";

/** The codes of the errors that commander throws after printing help for `--help`, or the version. */
const HELP_SHOWN = "commander.helpDisplayed";
const VERSION_SHOWN = "commander.version";

/** The JSON contract of `--version`. */
interface VersionResult {
  readonly schema: "genscope/version/v1";
  readonly version: string;
}

/**
 * Runs one command line and returns the exit code of the process. Never throws: every failure is shown and
 * converted to an exit code here, and nowhere else.
 */
export async function run(argv: readonly string[], given: Context, version: string): Promise<ExitCode> {
  const context = await withoutTypedSecrets(argv, given);
  const root = createRoot(context.io, version);
  let typed: BoundWords | null = null;
  try {
    await addCommands(root, context, (name) => argv.includes(name));
    if (argv.length === 0) {
      root.outputHelp();
      await context.io.stdout.write(await root.takeWritten());
      return EXIT_CODES.ok;
    }
    const bound = bindValues(withoutComment(argv), root);
    typed = bound;
    const [first, ...words] = bound.words.filter((word) => !word.startsWith("-"));
    if (first === "help") return await showHelp(context, root, words, { bound, version });
    if (bound.attached !== null) {
      throw new UsageError(
        "usage.arguments",
        `\`${bound.attached}\` must be followed by its value as a separate word`,
        {
          hint: `write \`${bound.attached} VALUE\``,
        },
      );
    }
    if (bound.hyphenated.length > 0) {
      const { checkListWords } = await import("./arguments/check-list-words.ts");
      await checkListWords(bound.hyphenated, context.workingDirectory);
    }
    if (bound.words.some((word) => /=\s*$/.test(word))) {
      const { checkEmptyValues } = await import("./arguments/check-empty-values.ts");
      checkEmptyValues(bound.words, bound.called, root);
    }
    await root.parseAsync([...bound.words], { from: "user" });
    return EXIT_CODES.ok;
  } catch (thrown) {
    return await conclude(thrown, { root, typed, version }, context);
  }
}

/**
 * Hides secrets that were typed by mistake on the command line or in a setting. A word is suspect if it is long and
 * contains a digit, or if it is the scheme in front of a credential, such as `Bearer`.
 */
async function withoutTypedSecrets(argv: readonly string[], context: Context): Promise<Context> {
  const words = [...argv, ...SETTINGS.flatMap((name) => context.env[name] ?? [])];
  const isSuspect = words.some(
    (word) => SCHEME.test(word) || word.match(LONG_WORD)?.some((long) => /\d/.test(long)),
  );
  return isSuspect ? (await import("./hide-typed-secrets.ts")).hideTypedSecrets(words, context) : context;
}

const SCHEME = /^(?:basic|bearer)\b/i;
const LONG_WORD = /[\w+-]{12,}/g;
const SETTINGS = ["GENESYSCLOUD_REGION", "GENESYSCLOUD_OAUTHCLIENT_ID", "GENSCOPE_PROFILE", "GENSCOPE_STORE"];

/**
 * Removes a comment, because zsh passes it to the program when a person pastes a line that ends in one. Only a separate
 * word begins a comment, and the words of another program after `--` stay unchanged.
 */
function withoutComment(argv: readonly string[]): readonly string[] {
  const start = argv.indexOf("#");
  const end = argv.indexOf("--");
  return start < 0 || (end >= 0 && end < start) ? argv : argv.slice(0, start);
}

/** Shows the help that `help WORDS` requests, for a topic or a command. */
async function showHelp(
  context: Context,
  root: Root,
  words: readonly string[],
  { bound, version }: { readonly bound: BoundWords; readonly version: string },
): Promise<ExitCode> {
  const { readHelpRequest } = await import("./help/help-request.ts");
  const asked = readHelpRequest(words, root);
  if (bound.flags.has("--json")) {
    await showMap(context, version, asked.kind === "topic" ? asked.topic : asked.words);
  } else if (asked.kind === "topic") {
    const { renderTopic } = await import("./help/render-topic.ts");
    await context.io.stdout.write(renderTopic(asked.topic.name, context.io.stdout.columns));
  } else {
    asked.command.outputHelp();
    await context.io.stdout.write(await root.takeWritten());
  }
  return EXIT_CODES.ok;
}

async function showMap(
  context: Context,
  version: string,
  asked: HelpTopic | readonly string[],
): Promise<void> {
  const { mapCommands } = await import("./help/command-map.ts");
  await present(context.io, { json: true }, await mapCommands(context, version, asked), () => []);
}

async function conclude(
  thrown: unknown,
  {
    root,
    typed,
    version,
  }: { readonly root: Root; readonly typed: BoundWords | null; readonly version: string },
  context: Context,
): Promise<ExitCode> {
  // The flags are read from the words and not from commander, because commander's own errors must respect them too.
  const { flags = new Set(), called = [], words = [] } = typed ?? {};
  const options = {
    json: flags.has("--json"),
    color: !flags.has("--no-color"),
    quiet: flags.has("--quiet"),
    verbose: flags.has("--verbose"),
  };
  if (thrown instanceof CommandExit) return thrown.exitCode;
  if (thrown instanceof ClosedPipe) return EXIT_CODES.ok;
  const usage = thrown instanceof CommanderError ? await inOurWords(thrown, root, called) : null;
  const isOurs = thrown instanceof AppError || thrown instanceof CommanderError;
  const isInterrupted = context.signal.aborted && !isOurs;
  const error =
    usage ?? (isInterrupted ? new InterruptedError("interrupted", "interrupted", { cause: thrown }) : thrown);
  try {
    if (error instanceof CommanderError) {
      if (options.json && error.code === HELP_SHOWN) {
        await showMap(context, version, called);
      } else if (options.json && error.code === VERSION_SHOWN) {
        const result: VersionResult = { schema: "genscope/version/v1", version };
        await present(context.io, options, result, () => []);
      } else {
        await context.io.stdout.write(await root.takeWritten());
      }
      return EXIT_CODES.ok;
    }
    await root.failureListeners.get(called[0] ?? "")?.(error, words);
    await presentError(context.io, options, error);
  } catch (failure) {
    // Nothing reads the output any longer, but the exit code still reports the result.
    if (failure instanceof ClosedPipe) return exitCodeOfError(error);
    const isIncomplete = error instanceof AppError && error.exit === "incomplete";
    // An error about output that could not be written is more informative than one about a closed stream.
    const first = error instanceof OutputError ? error : failure;
    const exitCode = await concludeUnwritten(context.io, first);
    return isIncomplete ? EXIT_CODES.incomplete : exitCode;
  }
  return exitCodeOfError(error);
}

/**
 * Converts an error from the parser into one of genscope's own errors; null for help or a version, which is not a
 * failure. Loads the translation lazily, because help does not need it.
 */
async function inOurWords(
  error: CommanderError,
  root: Root,
  called: readonly string[],
): Promise<UsageError | null> {
  if (error.exitCode === 0) return null;
  const { translateCommanderError } = await import("./arguments/parser-error.ts");
  return translateCommanderError(error, root, called);
}

/** Returns the exit code of an error. A request for help is not a failure. */
function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof CommanderError) return EXIT_CODES.ok;
  return EXIT_CODES[error instanceof AppError ? error.exit : "bug"];
}
