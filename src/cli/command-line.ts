import { shellWord } from "./shell-word.ts";

/** A command of the command line library, as far as it tells what was typed. */
interface TypedCommand {
  readonly options: readonly {
    readonly long?: string | null;
    attributeName(): string;
    readonly negate: boolean;
  }[];
  getOptionValue(name: string): unknown;
  getOptionValueSource(name: string): string | undefined;
  readonly parent: TypedCommand | null;
}

/** The command line that was typed, put together again for a POSIX shell: the words, then the flags. */
export function commandLineOf(
  name: string,
  words: readonly string[],
  command: TypedCommand,
  more: readonly string[],
): string {
  const flags = [...flagsOf(command), ...(command.parent === null ? [] : flagsOf(command.parent))];
  const missing = more.filter((flag) => !flags.includes(flag));
  return ["genscope", name, ...words, ...flags, ...missing].map(shellWord).join(" ");
}

function flagsOf(command: TypedCommand): readonly string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== "cli" || option.long === undefined || option.long === null)
      return [];
    const value = command.getOptionValue(name);
    if (typeof value === "boolean") return value === !option.negate ? [option.long] : [];
    return (Array.isArray(value) ? value : [value]).flatMap((item) => [option.long as string, String(item)]);
  });
}
