/** The properties of an option that determine its values, as the command-line library declares them. */
interface BindableOption {
  readonly short?: string | null | undefined;
  readonly long?: string | null | undefined;
  readonly required: boolean;
  readonly optional: boolean;
  readonly variadic: boolean;
}

/** A command as the command-line library declares it, with its names, options and subcommands. */
interface BindableCommand {
  readonly options: readonly BindableOption[];
  readonly commands: readonly BindableCommand[];
  name(): string;
  aliases(): readonly string[];
}

/** A command line in which no value can be mistaken for an option. */
export interface BoundWords {
  /** The words as typed, with each value attached to its option by `=`. */
  readonly words: readonly string[];
  /** The long names of the options that were typed as options, such as `--json`. */
  readonly flags: ReadonlySet<string>;
  /** The words of the command that was called, such as `catalog` and `show`; empty when there is no command. */
  readonly called: readonly string[];
  /** The words that begin with a hyphen and are inside or at the end of a list of paths. */
  readonly hyphenated: readonly HyphenatedWord[];
  /** A short flag with a value in the same word, such as `-p` in `-pNAME`; null when none exists. */
  readonly attached: string | null;
}

/** A word with a leading hyphen after a list option: one of its paths, or the flag that ends the list. */
export interface HyphenatedWord {
  readonly list: string;
  readonly word: string;
  readonly isFlag: boolean;
}

/**
 * Attaches each value to its option, so that the root command never parses a subcommand's value as an option of its
 * own. The word after an option that takes a value is its value, whatever it looks like. A list (`--scan a b`) ends at
 * a word that is exactly a flag, or at `--`; `--flag=value` inside a list is a path, because the list may come from a
 * glob. `--scan=PATH` contains only that path.
 */
export function bindValues(argv: readonly string[], root: BindableCommand): BoundWords {
  const words: string[] = [];
  const flags = new Set<string>();
  const hyphenated: HyphenatedWord[] = [];
  let attached: string | null = null;
  let path: readonly BindableCommand[] = [root];
  let mayDescend = true;
  const find: FindOption = (name) =>
    path.flatMap(({ options }) => options).find(({ long, short }) => long === name || short === name);

  const left = [...argv];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === "--") {
      words.push(word, ...left);
      break;
    }
    if (!hasHyphen(word)) {
      const name = word;
      const next: BindableCommand | undefined = mayDescend
        ? path.at(-1)?.commands.find((command) => isNamed(command, name))
        : undefined;
      mayDescend = next !== undefined;
      if (next !== undefined) path = [...path, next];
      words.push(word);
      continue;
    }
    const option = find(word);
    if (option === undefined) {
      const cluster = splitCluster(word, find);
      if (cluster === null) words.push(word);
      else if (typeof cluster === "string") attached = cluster;
      else left.unshift(...cluster);
      continue;
    }
    const name = option.long ?? word;
    const value = option.required ? left.shift() : undefined;
    flags.add(name);
    words.push(value === undefined ? name : `${name}=${value}`);
    if (!option.variadic) continue;
    for (let item = left[0]; item !== undefined && item !== "--"; item = left[0]) {
      const isFlag = find(item) !== undefined || HELP.has(item);
      if (hasHyphen(item)) hyphenated.push({ list: name, word: item, isFlag });
      if (isFlag) break;
      words.push(`${name}=${item}`);
      left.shift();
    }
  }
  return { words, flags, called: path.slice(1).map((command) => command.name()), hyphenated, attached };
}

type FindOption = (name: string) => BindableOption | undefined;

/** The help flags, which the command-line library does not list among the options. */
const HELP: ReadonlySet<string> = new Set(["-h", "--help"]);

/**
 * Returns whether a word begins with a hyphen. A lone `-` does not count, because it means standard input or output.
 */
function hasHyphen(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}

function isNamed(command: BindableCommand, word: string): boolean {
  return command.name() === word || command.aliases().includes(word);
}

/**
 * Splits `-qv` into its flags. A value in the same word is refused, because other programs accept a password as
 * `-pWORD`.
 * @returns the flag that has a value in its word; null when a letter is not an option
 */
function splitCluster(word: string, find: FindOption): readonly string[] | string | null {
  if (word.startsWith("--") || word.length < 3) return null;
  const parts: string[] = [];
  for (let index = 1; index < word.length; index += 1) {
    const letter = `-${word[index]}`;
    const option = find(letter);
    if (option === undefined) return null;
    if (option.required && index < word.length - 1) return letter;
    parts.push(letter);
  }
  return parts;
}
