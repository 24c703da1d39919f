import {
  Command,
  type CommandUnknownOpts,
  Help,
  type HelpConfiguration,
  Option,
} from "@commander-js/extra-typings";
import type { Io } from "../core/io.ts";
import type { Context } from "./context.ts";
import type { HelpFooter } from "./layout/footer.ts";

/** The program with its global flags, to which commands are added. */
export type Root = ReturnType<typeof createRoot>;

/** Adds one command and its subcommands to the program. */
export type Register = (root: Root, context: Context) => void | Promise<void>;

/** Headings under which the help of the program lists its commands. */
export const GROUPS = {
  logIn: "Log in:",
  diagnose: "Diagnose a refusal:",
  read: "Read data:",
  setUp: "Set up and try out:",
} as const;

const EXAMPLES: HelpFooter["examples"] = [
  ["genscope login --region eu-central-1 --client-id ID", "log in with the browser"],
  ["genscope check-scopes postAnalyticsConversationsDetailsQuery", "find out why a call returns 403"],
  ["genscope export conversations details --interval 2026-10 --out october", "export a month"],
];

const HELP_SETTINGS: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => command.name(),
  // Replaces commander's own description, which would list the choices a second time.
  optionDescription: (option) =>
    new Help().optionDescription(
      option.argChoices?.every((choice) => option.description.includes(choice)) === true
        ? Object.create(option, { argChoices: { value: undefined } })
        : option,
    ),
};

/**
 * Handles the failure of a command before it is shown. Receives the words of the command line, with each value attached
 * to its option.
 */
type FailureListener = (error: unknown, words: readonly string[]) => Promise<void>;

/**
 * Creates the program without commands: global flags, output through the given streams, and errors that are
 * thrown instead of exiting. Requested help goes to stdout; the caller renders usage errors.
 */
export function createRoot(io: Io, version: string) {
  const written: string[] = [];
  let shown: CommandUnknownOpts | null = null;
  const root = new Command("genscope")
    .description(
      "diagnose why a Genesys Cloud Platform API call returns 403, and export the data once it returns 200",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .commandsGroup(GROUPS.setUp)
    .helpCommand("help [command...]", "show help for a command or a topic")
    .option("-p, --profile <name>", "named profile to use")
    .option("--region <region>", "AWS region id, domain, URL, or base URL of a gateway or sandbox")
    .option("--json", "print one JSON document on stdout, even on failure")
    .option("-q, --quiet", "hide progress and hints on stderr")
    .option("-v, --verbose", "show requests and the causes of an error on stderr, without secrets")
    .addOption(new Option("--no-color", "disable color, even if the terminal supports it"))
    .addOption(new Option("--no-input", "never prompt; fail instead"))
    .option("--timeout <duration>", "timeout per request, e.g. 30s")
    .option("--ca-cert <file>", "PEM file of an additional certificate authority to trust")
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp(helpFooter(EXAMPLES, []))
    .addHelpText("afterAll", ({ command }) => {
      shown = command;
      return "";
    })
    .configureOutput({
      writeOut: (text) => written.push(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    });
  return Object.assign(root, {
    /**
     * Returns the requested version or help. Loads the help footer lazily, because commands do not need it.
     */
    takeWritten: async () => {
      const text = written.splice(0).join("");
      if (shown === null) return text;
      const { renderFooter } = await import("./layout/footer.ts");
      return text + renderFooter(footerOf(shown), shown.parent === null, io.stdout.columns);
    },
    /** Listeners by command name. Errors in the command line of a command call its listener too. */
    failureListeners: new Map<string, FailureListener>(),
  });
}

/** Returns a command's help settings with its footer, which the command keeps as data for `--help --json`. */
export function helpFooter(
  examples: HelpFooter["examples"],
  exitCodes: HelpFooter["exitCodes"],
  addition: HelpFooter["addition"] = null,
): HelpConfiguration & HelpFooter {
  return { ...HELP_SETTINGS, examples, exitCodes, addition };
}

/** Returns the footer that `helpFooter` added to a command; empty for a command without one. */
export function footerOf(command: CommandUnknownOpts): HelpFooter {
  const settings: HelpConfiguration & Partial<HelpFooter> = command.configureHelp();
  const { examples = [], exitCodes = [], addition = null } = settings;
  return { examples, exitCodes, addition };
}
