import type { CommandUnknownOpts, Help } from "@commander-js/extra-typings";
import { ERROR_CODES } from "../../core/error-codes.ts";
import { EXIT_CODE_MEANINGS } from "../../core/exit-code-meanings.ts";
import { EXIT_CODES, type ExitName } from "../../core/exit-codes.ts";
import type { FlagNode, TakenValue } from "../completion/command-tree.ts";
import { describeCommand } from "../completion/describe-command.ts";
import type { Context } from "../context.ts";
import { HELP_TOPICS, type HelpTopic } from "../help-topics.ts";
import { addCommands } from "../program.ts";
import { createRoot, footerOf } from "../root.ts";
import { renderTopic } from "./render-topic.ts";

/** The JSON contract of help: every command with its flags, choices, exit codes and schema. */
export interface CommandMap {
  readonly schema: "genscope/help/v1";
  readonly version: string;
  readonly description: string;
  readonly globalFlags: readonly FlagNode[];
  readonly commands: readonly MappedCommand[];
  readonly topics: readonly {
    readonly name: string;
    readonly description: string;
    /** The text of the topic if it was requested; null in a list of topics. */
    readonly text: string | null;
  }[];
  readonly exitCodes: readonly {
    readonly code: number;
    readonly name: ExitName;
    readonly meaning: string;
  }[];
  readonly errorCodes: readonly {
    readonly code: string;
    readonly exit: ExitName;
    readonly meaning: string;
  }[];
}

/** One command of the map. */
interface MappedCommand {
  /** The words of the command: `catalog search`. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly operands: readonly (TakenValue & { readonly name: string; readonly isRequired: boolean })[];
  readonly flags: readonly FlagNode[];
  readonly examples: readonly { readonly command: string; readonly meaning: string }[];
  readonly exitCodes: readonly { readonly code: number; readonly meaning: string }[];
  /** Schema name of its `--json` document; null for a command that only groups others. */
  readonly schema: string | null;
}

/**
 * Describes the commands and topics for which help was requested, from the same declarations as the help for people.
 * @param asked the topic, or the words of a command; empty for all commands
 */
export async function mapCommands(
  context: Context,
  version: string,
  asked: HelpTopic | readonly string[],
): Promise<CommandMap> {
  const root = createRoot(context.io, version);
  await addCommands(root, context, () => true);
  const help = root.createHelp();
  const { flags } = describeCommand(root, help, []);
  const commands = root.commands.flatMap((command) => mapFrom(command, help, []));
  return {
    schema: "genscope/help/v1",
    version,
    description: root.description(),
    globalFlags: flags,
    commands: "name" in asked ? [] : commands.filter(({ name }) => isWithin(name, asked)),
    topics:
      "name" in asked
        ? [{ name: asked.name, description: asked.description, text: renderTopic(asked.name, null) }]
        : HELP_TOPICS.map(({ name, description }) => ({ name, description, text: null })),
    exitCodes: (Object.keys(EXIT_CODES) as ExitName[]).map((name) => ({
      code: EXIT_CODES[name],
      name,
      meaning: EXIT_CODE_MEANINGS[name],
    })),
    errorCodes: Object.entries(ERROR_CODES).map(([code, [exit, meaning]]) => ({ code, exit, meaning })),
  };
}

function isWithin(name: string, words: readonly string[]): boolean {
  return `${name} `.startsWith(words.map((word) => `${word} `).join(""));
}

/** Returns a command and its subcommands, in the order of the help. */
function mapFrom(
  command: CommandUnknownOpts,
  help: Help,
  above: readonly string[],
): readonly MappedCommand[] {
  const words = [...above, command.name()];
  const { flags, operands } = describeCommand(command, help, ["genscope", ...above]);
  const { examples, exitCodes } = footerOf(command);
  const mapped: MappedCommand = {
    name: words.join(" "),
    summary: command.summary(),
    description: command.description(),
    operands: command.registeredArguments.flatMap((argument, index) => {
      const operand = operands[index];
      return operand === undefined
        ? []
        : [{ ...operand, name: argument.name(), isRequired: argument.required }];
    }),
    flags,
    examples: examples.map(([line, meaning]) => ({ command: line, meaning })),
    exitCodes: exitCodes.map((text) => {
      const [code = "", ...meaning] = text.split(" ");
      return { code: Number(code), meaning: meaning.join(" ") };
    }),
    schema: command.commands.length > 0 ? null : `genscope/${words.join("-")}/v1`,
  };
  return [mapped, ...command.commands.flatMap((inner) => mapFrom(inner, help, words))];
}
