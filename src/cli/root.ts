import {
  Command,
  type CommanderError,
  type CommandUnknownOpts,
  type HelpConfiguration,
  Option,
} from "@commander-js/extra-typings";
import { UsageError } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Context } from "./context.ts";

/** The program with its global flags, to which commands are added. */
export type Root = ReturnType<typeof createRoot>;

/** Adds one command and its subcommands to the program. */
export type Register = (root: Root, context: Context) => void | Promise<void>;

const HELP_SETTINGS: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => command.name(),
};

/** Handles the failure of a command before it is shown. Receives the words of the command line, each value attached. */
type FailureListener = (error: unknown, words: readonly string[]) => Promise<void>;

/**
 * Creates the program without commands: global flags, output through the given streams, and errors that are
 * thrown instead of exiting. Requested help goes to stdout; the caller renders usage errors.
 */
export function createRoot(io: Io, version: string) {
  const written: string[] = [];
  const root = new Command("genscope")
    .description(
      "diagnose why a Genesys Cloud Platform API call answers 403, and export the data once it answers 200",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command, `exit-codes` or `errors`")
    .option("-p, --profile <name>", "named profile to use")
    .option("--region <region>", "AWS region id, domain, URL, or base URL of a gateway or sandbox")
    .option("--json", "print one JSON document on stdout, even on failure")
    .option("-q, --quiet", "hide progress and hints on stderr")
    .option("-v, --verbose", "show requests and the causes of an error on stderr, without secrets")
    .addOption(new Option("--no-color", "disable color, whatever the terminal supports"))
    .addOption(new Option("--no-input", "never prompt; fail instead"))
    .option("--timeout <duration>", "timeout per request, e.g. 30s")
    .option("--ca-cert <file>", "PEM file of an additional certificate authority to trust")
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp(HELP_SETTINGS)
    .addHelpText("afterAll", ({ command }) => renderFooter(footerOf(command)))
    .configureOutput({
      writeOut: (text) => written.push(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    });
  return Object.assign(root, {
    takeWritten: () => written.splice(0).join(""),
    /** Listeners by the name of their command. They also hear of errors in its command line. */
    failureListeners: new Map<string, FailureListener>(),
  });
}

/**
 * Translates an error of commander. Returns null when help or the version was requested and written.
 * @param name the command that was called, for the hint; null when unknown
 * @returns a UsageError with commander's message otherwise
 */
export function translateCommanderError(error: CommanderError, name: string | null): UsageError | null {
  if (error.exitCode === 0) return null;
  // The message of this error is only the name of a method.
  if (error.code === "commander.help") {
    return new UsageError("usage.arguments", "no command given", {
      hint: "list the commands with `genscope --help`, for a program with `genscope --help --json`",
    });
  }
  const [first = "", ...rest] = withoutValues(error.message.replace(/^error: /, "")).split("\n");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1");
  const message = first
    .replaceAll("'", "`")
    .replace(BAD_OPERAND, "value $1 of $2 is invalid: ")
    .replace(BAD_VALUE, " is invalid: ")
    .replace(/\.$/, "");
  return new UsageError("usage.arguments", message, {
    hint: UNKNOWN_SECRET.test(first)
      ? "pass a secret by environment or standard input, because other programs can read flags: set `GENESYSCLOUD_OAUTHCLIENT_SECRET` or `GENESYSCLOUD_ACCESS_TOKEN`, or pipe it to `genscope login --client-secret-stdin`"
      : suggestion === ""
        ? name === null
          ? "list the commands with `genscope --help`, their flags with `genscope COMMAND --help`"
          : `list its flags with \`genscope ${name} --help\``
        : suggestion.replaceAll("'", "`"),
  });
}

/** Commander's sentence end between the invalid value and the allowed ones. */
const BAD_VALUE = / is invalid\. (?:Allowed choices are )?/;
const BAD_OPERAND =
  /^command-argument value (.{1,500}) is invalid for argument (`[\w-]+`)\. Allowed choices are /;
const UNKNOWN_SECRET = /^unknown option '--[\w-]*(secret|password|token)/;

/** Removes the value of an unknown flag from the message, because it may be a secret. */
function withoutValues(message: string): string {
  return message.replace(/^(unknown option '(?:--[^='\s]+|-[^-'\s]))[^']*'/, "$1'");
}

/** What every command adds to its help: examples to paste, each with its meaning, and exit codes with theirs. */
interface HelpFooter {
  readonly examples: readonly (readonly [string, string])[];
  readonly exitCodes: readonly string[];
}

/** Returns the help settings of a command with its footer. The command keeps it as data, for `--help --json`. */
export function helpFooter(
  examples: HelpFooter["examples"],
  exitCodes: HelpFooter["exitCodes"],
): HelpConfiguration & HelpFooter {
  return { ...HELP_SETTINGS, examples, exitCodes };
}

/** Returns the footer that `helpFooter` gave to a command, without lines when there is none. */
export function footerOf(command: CommandUnknownOpts): HelpFooter {
  const { examples = [], exitCodes = [] }: HelpConfiguration & Partial<HelpFooter> = command.configureHelp();
  return { examples, exitCodes };
}

function renderFooter({ examples, exitCodes }: HelpFooter): string {
  if (examples.length === 0) return "";
  const width = Math.max(...examples.map(([command]) => command.length)) + 2;
  return [
    "",
    "Examples:",
    ...examples.map(([command, meaning]) => `  ${command.padEnd(width)}${meaning}`),
    "",
    `Exit codes: ${exitCodes.join(", ")} (\`genscope help exit-codes\`)`,
  ].join("\n");
}
