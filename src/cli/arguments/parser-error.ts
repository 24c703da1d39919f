import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { ownValue } from "../../core/own-value.ts";
import { plural } from "../../core/text.ts";
import { footerOf } from "../root.ts";
import { refuseOperand, refuseValue, requireValue } from "./refused-value.ts";

const MOST_MISTAKES = 2;
const SHORTEST_PREFIX = 3;

/** Commands that people know from other programs, and the corresponding commands in genscope. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  auth: "login",
  get: "query GET",
  scan: "check-scopes --scan",
  status: "whoami",
  version: "--version",
};

/** An error from the command-line library, and the command whose words caused it. */
interface ParserMistake {
  /** The first line of the error's message, without values that may be secret. */
  readonly text: string;
  readonly command: CommandUnknownOpts;
  /** The command as it is typed, such as `genscope catalog show`. */
  readonly name: string;
  readonly root: CommandUnknownOpts;
}

/**
 * Translates an error from commander into genscope's own words, with the allowed values and a line to paste.
 * @param called the words of the command that was called; empty when there is no command
 */
export function translateCommanderError(
  error: CommanderError,
  root: CommandUnknownOpts,
  called: readonly string[],
): UsageError {
  const command = called.reduce<CommandUnknownOpts>(
    (outer, word) => outer.commands.find((inner) => inner.name() === word) ?? outer,
    root,
  );
  const [text = ""] = withoutValues(error.message.replace(/^error: /, "")).split("\n");
  const mistake = { text, command, name: ["genscope", ...called].join(" "), root };
  switch (error.code) {
    // Commander's message for this error contains only the name of a method.
    case "commander.help":
      return usage(
        "no command given",
        "list the commands with `genscope --help`, for a program with `genscope --help --json`",
      );
    case "commander.unknownCommand":
      return refuseCommand(mistake);
    case "commander.unknownOption":
      return refuseFlag(mistake);
    case "commander.missingArgument":
      return requireOperand(mistake);
    case "commander.excessArguments":
      return refuseSurplus(mistake);
    case "commander.optionMissingArgument":
      return requireValue(text, [...command.options, ...root.options]) ?? untranslated(mistake);
    case "commander.invalidArgument":
      return (
        refuseValue(text, [...command.options, ...root.options]) ??
        refuseOperand(text, command, mistake.name) ??
        untranslated(mistake)
      );
    default:
      return untranslated(mistake);
  }
}

function usage(message: string, hint: string): UsageError {
  return new UsageError("usage.arguments", message, { hint });
}

function refuseCommand({ text, root }: ParserMistake): UsageError {
  const [, word = ""] = QUOTED.exec(text) ?? [];
  // Commander's list lacks its own `help` command.
  const names = [...root.commands.map((command) => command.name()), "help"];
  const limit = Math.min(MOST_MISTAKES, Math.max(1, Math.floor(word.length / 3)));
  const [near] = [
    ...(ownValue(ELSEWHERE, word) === undefined ? [] : [ownValue(ELSEWHERE, word)]),
    ...closest(word, names, 1, limit),
    ...startingWith(word, names),
  ];
  return usage(
    `unknown command \`${word}\``,
    near === undefined
      ? "list the commands with `genscope --help`"
      : `did you mean \`genscope ${near}\`? All commands: \`genscope --help\``,
  );
}

function refuseFlag({ text, command, root, name }: ParserMistake): UsageError {
  const [, flag = ""] = QUOTED.exec(text) ?? [];
  const known = [...command.options, ...root.options].flatMap(({ long, hidden }) =>
    long == null || hidden ? [] : [long],
  );
  const [near] = [...closest(flag, known, 1, MOST_MISTAKES), ...startingWith(flag, known)];
  const list = command === root ? "`genscope --help` and `genscope COMMAND --help`" : `\`${name} --help\``;
  return usage(`unknown option \`${flag}\``, adviseFlag());

  function adviseFlag(): string {
    if (SECRET.test(flag)) return SECRET_ADVICE;
    if (near !== undefined) return `did you mean \`${near}\`? All options: ${list}`;
    return command.name() === "record"
      ? `put the program and its options after \`--\`: ${name} -- PROGRAM`
      : `list the options with ${list}`;
  }
}

function requireOperand({ command, name }: ParserMistake): UsageError {
  const missing = command.registeredArguments.find(({ required }) => required);
  const word = missing?.name() ?? "argument";
  const wanted =
    missing?.variadic === true && word.endsWith("s") ? word : `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
  const choices = missing?.argChoices ?? [];
  const [[example] = [`${name} --help`]] = footerOf(command).examples;
  return usage(
    `\`${name}\` needs ${wanted}`,
    choices.length > 0
      ? `choose one of ${choices.join(", ")}: ${name} ${choices[0]}`
      : `for example: ${example}`,
  );
}

function refuseSurplus({ text, name }: ParserMistake): UsageError {
  const [, expected = "0", found = ""] = SURPLUS.exec(text) ?? [];
  const most = Number(expected);
  return usage(
    `\`${name}\` takes ${most === 0 ? "no arguments" : plural(most, "argument")}, but ${found} ${found === "1" ? "was" : "were"} given`,
    most === 0
      ? `list its arguments with \`${name} --help\``
      : `put a value that contains spaces in quotes, or list its arguments with \`${name} --help\``,
  );
}

/** Keeps the library's message for an error that none of genscope's commands causes today. */
function untranslated({ text, name }: ParserMistake): UsageError {
  return usage(text.replaceAll("'", "`").replace(/\.$/, ""), `list its options with \`${name} --help\``);
}

const QUOTED = /'([^']*)'/;
const SURPLUS = /Expected (\d+) arguments? but got (\d+)/;
const SECRET_ADVICE =
  "flags are visible to other programs, so pass the secret in the environment or on standard input: set `GENESYSCLOUD_OAUTHCLIENT_SECRET` or `GENESYSCLOUD_ACCESS_TOKEN`, or pipe it to `genscope login --client-secret-stdin`";
const SECRET = /^--[\w-]*(secret|password|token)/;

/** Removes the value of an unknown flag from the message, because it may be a secret. */
function withoutValues(message: string): string {
  return message.replace(/^(unknown option '(?:--[^='\s]+|-[^-'\s]))[^']*'/, "$1'");
}

/** Returns the only name that begins with the word; empty when several do, or when the word is too short. */
function startingWith(word: string, names: readonly string[]): readonly string[] {
  const found =
    word.replace(/^-+/, "").length < SHORTEST_PREFIX ? [] : names.filter((name) => name.startsWith(word));
  return found.length === 1 ? found : [];
}
