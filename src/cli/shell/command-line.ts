import { shellWord } from "../../core/shell-word.ts";

/** The members of a Commander command that hold what the user typed. */
interface TypedCommand {
  readonly options: readonly {
    readonly flags: string;
    readonly long?: string | null;
    attributeName(): string;
    readonly negate: boolean;
  }[];
  getOptionValue(name: string): unknown;
  getOptionValueSource(name: string): string | undefined;
  readonly parent: TypedCommand | null;
}

/**
 * Returns the typed command line, quoted for a POSIX shell: the words, then the flags. A word that begins with a hyphen
 * follows `--`, so that it is not parsed as a flag when pasted.
 * @param without flags to omit
 */
export function commandLineOf(
  name: string,
  words: readonly string[],
  command: TypedCommand,
  more: readonly string[],
  without: readonly string[] = [],
): string {
  const typed = [...flagsOf(command), ...(command.parent === null ? [] : flagsOf(command.parent))];
  const flags = typed.filter((flag) => !without.includes(flag));
  const missing = more.filter((flag) => !flags.includes(flag));
  const operands = words.some((word) => word.startsWith("-")) ? ["--", ...words] : null;
  return ["genscope", name, ...(operands === null ? words : []), ...flags, ...missing, ...(operands ?? [])]
    .map(shellWord)
    .join(" ");
}

function flagsOf(command: TypedCommand): readonly string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== "cli" || option.long === undefined || option.long === null) {
      return [];
    }
    const value = command.getOptionValue(name);
    if (typeof value === "boolean") return value === !option.negate ? [option.long] : [];
    return (Array.isArray(value) ? value : [value]).flatMap((item) =>
      flagWords(option.long as string, textOf(option.flags, item)),
    );
  });
}

/** Returns the text of a flag's value. A duration has been parsed into milliseconds, so it needs its unit again. */
function textOf(flags: string, value: unknown): string {
  return typeof value === "number" && flags.includes("<duration>") ? `${value}ms` : String(value);
}

/** Returns a flag and its value as words of a command line: one word when the value looks like a flag. */
export function flagWords(flag: string, value: string): readonly string[] {
  return value.startsWith("-") ? [`${flag}=${value}`] : [flag, value];
}
