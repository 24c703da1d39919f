import type { CommandNode, FlagNode, TakenValue } from "./command-tree.ts";

/** A command line up to the word that is being typed. */
export interface TypedLine {
  /** The commands on the line, starting with the program. */
  readonly path: readonly CommandNode[];
  /** The operands before the word. */
  readonly operands: readonly string[];
  /** The long names of the flags before the word. */
  readonly flags: ReadonlySet<string>;
  /** The word that is being typed. */
  readonly place: TypedPlace;
}

/** The role of the word that is being typed. `prefix` is the part of the word before `text`. */
export type TypedPlace =
  | { readonly kind: "flag"; readonly text: string }
  | { readonly kind: "operand"; readonly text: string }
  | {
      readonly kind: "value";
      readonly value: TakenValue;
      /** `--format=` when flag and value are one word, otherwise empty. */
      readonly prefix: string;
      readonly text: string;
    };

/** Parses the words after the program's name; the last one is being typed. Unknown words are skipped. */
export function readTypedLine(program: CommandNode, words: readonly string[]): TypedLine {
  const path = [program];
  const operands: string[] = [];
  const flags = new Set<string>();
  let expected: TakenValue | null = null;
  /** The list option that still accepts values. */
  let list: TakenValue | null = null;
  let mayBeFlag = true;
  for (const word of words.slice(0, -1)) {
    if (expected !== null) {
      list = expected.isList ? expected : null;
      expected = null;
    } else if (mayBeFlag && word === "--") {
      mayBeFlag = false;
      list = null;
    } else if (mayBeFlag && isHyphenated(word)) {
      const [name = ""] = word.split("=", 1);
      const flag = findFlag(path, name);
      list = null;
      if (flag === undefined) continue;
      flags.add(flag.long);
      expected = name === word ? flag.value : null;
    } else if (list === null) {
      const named = operands.length === 0 ? commandNamed(path, word) : undefined;
      if (named === undefined) operands.push(word);
      else path.push(named);
    }
  }
  // PowerShell passes an empty word as a space.
  const text = (words.at(-1) ?? "").trimStart();
  return { path, operands, flags, place: placeOf(path, text, { expected, list, mayBeFlag }) };
}

/** Returns the flags that the commands on a path accept, those of the last command first. */
export function flagsOn(path: readonly CommandNode[]): readonly FlagNode[] {
  // Keeps only one flag per name, because every command has a help flag.
  return path
    .toReversed()
    .flatMap(({ flags }) => flags)
    .filter(isFirst);
}

function isFirst({ long }: FlagNode, index: number, all: readonly FlagNode[]): boolean {
  return all.findIndex((other) => other.long === long) === index;
}

function placeOf(
  path: readonly CommandNode[],
  text: string,
  before: {
    readonly expected: TakenValue | null;
    readonly list: TakenValue | null;
    readonly mayBeFlag: boolean;
  },
): TypedPlace {
  if (before.expected !== null) return { kind: "value", value: before.expected, prefix: "", text };
  if (before.mayBeFlag && text.startsWith("-")) {
    const [name = ""] = text.split("=", 1);
    const value = name === text ? null : (findFlag(path, name)?.value ?? null);
    const prefix = `${name}=`;
    return value === null
      ? { kind: "flag", text }
      : { kind: "value", value, prefix, text: text.slice(prefix.length) };
  }
  if (before.list !== null) return { kind: "value", value: before.list, prefix: "", text };
  return { kind: "operand", text };
}

function findFlag(path: readonly CommandNode[], name: string): FlagNode | undefined {
  return flagsOn(path).find(({ long, short }) => long === name || short === name);
}

function commandNamed(path: readonly CommandNode[], word: string): CommandNode | undefined {
  return path.at(-1)?.commands.find(({ name }) => name === word);
}

/**
 * Returns whether a word begins with a hyphen. A lone `-` does not count, because it means standard input or output.
 */
function isHyphenated(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}
