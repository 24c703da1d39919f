import type { CommandUnknownOpts, Help } from "@commander-js/extra-typings";
import type { CommandNode, FlagNode, TakenValue } from "./command-tree.ts";

/** Describes a command with its flags, operands and subcommands, as its help shows them. */
export function describeCommand(
  command: CommandUnknownOpts,
  help: Help,
  above: readonly string[],
): CommandNode {
  const words = [...above, command.name()];
  return {
    name: command.name(),
    description: above.length === 0 ? command.description() : help.subcommandDescription(command),
    flags: help.visibleOptions(command).flatMap((option): FlagNode[] => {
      if (option.long === undefined || option.long === null) return [];
      const isTaken = option.required || option.optional;
      return [
        {
          long: option.long,
          short: option.short ?? null,
          description: option.description,
          value: isTaken
            ? taken(placeholderOf(option.flags), option.name(), option.argChoices, option.variadic)
            : null,
        },
      ];
    }),
    operands: command.registeredArguments.map((operand) =>
      // The kind of an argument depends on the command: `name` is a profile in `profile use` and a query in `query`.
      taken(operand.name(), words[1] ?? "", operand.argChoices, operand.variadic),
    ),
    commands: help.visibleCommands(command).map((inner) => describeCommand(inner, help, words)),
  };
}

function placeholderOf(flags: string): string {
  return /[<[]([^\]>.]+)/.exec(flags)?.[1] ?? "";
}

function taken(
  placeholder: string,
  owner: string,
  choices: readonly string[] | undefined,
  isList: boolean,
): TakenValue {
  return { kind: placeholder === "name" ? owner : placeholder, choices: choices ?? [], isList };
}
