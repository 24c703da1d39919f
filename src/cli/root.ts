import { Command, type CommanderError, Option } from "@commander-js/extra-typings";
import { UsageError } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import type { Context } from "./context.ts";

/** The program with its global flags; commands are hung into it. */
export type Root = ReturnType<typeof createRoot>;

/** Puts one command (and its subcommands) under the root. */
export type Register = (root: Root, context: Context) => void | Promise<void>;

/**
 * The bare program: global flags, output through our streams, and errors thrown instead of exiting.
 * Help goes to stdout because it was asked for; complaints are rendered by whoever catches them.
 */
export function createRoot(io: Io, version: string) {
  const written: string[] = [];
  const root = new Command("genscope")
    .description(
      "Says why a Genesys Cloud Platform API call answers 403, and gets the data out once it answers 200",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .option("--profile <name>", "named profile to use")
    .option("--region <region>", "AWS region id, domain, URL, or base URL of a gateway or sandbox")
    .option("--json", "one JSON document on stdout, on failure too")
    .option("--quiet", "no progress and no hints on stderr")
    .option("--verbose", "show requests on stderr, without secrets")
    .addOption(new Option("--no-color", "no colour, whatever the terminal says"))
    .addOption(new Option("--no-input", "never ask; fail instead"))
    .option("--timeout <duration>", "of one request, e.g. 30s")
    .option("--ca-cert <file>", "PEM file of a certificate authority to trust as well")
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => written.push(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    });
  return Object.assign(root, { takeWritten: () => written.splice(0).join("") });
}

/**
 * What commander's complaint means for us: null when help or the version was asked for and written.
 * @param name of the command that was called, for the hint; null when it is not known
 * @returns a UsageError with commander's words otherwise
 */
export function translateCommanderError(error: CommanderError, name: string | null): UsageError | null {
  if (error.exitCode === 0) return null;
  const [first = "", ...rest] = withoutValues(error.message.replace(/^error: /, "")).split("\n");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1");
  const message = first.replaceAll("'", "`").replace(BAD_VALUE, " is invalid: ").replace(/\.$/, "");
  return new UsageError("usage.arguments", message, {
    hint: UNKNOWN_SECRET.test(first)
      ? "a secret is never a flag's value, which other programs can see: set `GENESYSCLOUD_OAUTHCLIENT_SECRET` or `GENESYSCLOUD_ACCESS_TOKEN`, or pipe it to `genscope login --client-secret-stdin`"
      : suggestion === ""
        ? name === null
          ? "`genscope --help` lists commands, `genscope COMMAND --help` its flags"
          : `\`genscope ${name} --help\` lists its flags`
        : suggestion.replaceAll("'", "`"),
  });
}

/** Between what is wrong and what would be right, commander ends a sentence. */
const BAD_VALUE = / is invalid\. (?:Allowed choices are )?/;
const UNKNOWN_SECRET = /^unknown option '--[\w-]*(secret|password|token)/;

/** A flag that does not exist may have been given a secret: it is named without its value. */
function withoutValues(message: string): string {
  return message.replace(/^(unknown option '(?:--[^='\s]+|-[^-'\s]))[^']*'/, "$1'");
}

/** What the help of every command ends with: examples that can be pasted, and how it exits. */
export function helpFooter(
  examples: readonly (readonly [string, string])[],
  exitCodes: readonly string[],
): string {
  const width = Math.max(...examples.map(([command]) => command.length)) + 2;
  return [
    "",
    "Examples:",
    ...examples.map(([command, meaning]) => `  ${command.padEnd(width)}${meaning}`),
    "",
    `Exit codes: ${exitCodes.join(", ")} (\`genscope help exit-codes\`)`,
  ].join("\n");
}
