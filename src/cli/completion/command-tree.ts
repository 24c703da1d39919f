import { readFileSync } from "node:fs";

/** A word that a shell can insert, with its meaning. The description may be empty. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
  /** Whether this is only the beginning of a word, so that no space follows it. */
  readonly isPart?: boolean;
}

export function candidateOf(value: string): Candidate {
  return { value, description: "" };
}

/** The kind of value that a flag or an operand accepts. */
export interface TakenValue {
  /**
   * `file`, `profile`, `dataset`, …: the placeholder in the help, or the flag's own name if the placeholder is `name`.
   */
  readonly kind: string;
  /** Every allowed value; empty when the kind determines the values. */
  readonly choices: readonly string[];
  /** Whether more values may follow. */
  readonly isList: boolean;
}

export interface FlagNode {
  /** The long name with its hyphens, such as `--profile`. */
  readonly long: string;
  readonly short: string | null;
  readonly description: string;
  /** The value that the flag takes; null for a flag without a value. */
  readonly value: TakenValue | null;
}

export interface CommandNode {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly FlagNode[];
  readonly operands: readonly TakenValue[];
  readonly commands: readonly CommandNode[];
}

/** The values that the flags accept for one query. */
export interface QueryWords {
  readonly metric: readonly string[];
  /** Dimensions to group by. */
  readonly dimension: readonly string[];
  /** Dimensions to filter by. */
  readonly filter: readonly string[];
  /** Values of the dimensions that are enumerations. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Everything about the program that completion needs. The build derives it from the program itself. */
export interface CommandTree {
  readonly program: CommandNode;
  /** Fixed names by kind: `scenario`, `dataset`, `query`, `region`, … */
  readonly names: Readonly<Record<string, readonly Candidate[]>>;
  /** The values that the flags accept for each query and dataset, by name. */
  readonly queryWords: Readonly<Record<string, QueryWords>>;
  /**
   * Ids of the operations whose method is misleading: a POST that only reads, a GET that does more. Every other
   * GET and HEAD reads, and every other method changes something.
   */
  readonly misleadingMethods: readonly string[];
}

/**
 * Reads the tree that the build wrote next to the bundle.
 * @throws the system's error when it is missing
 */
export function readCommandTree(): CommandTree {
  return JSON.parse(readFileSync(new URL("./data/completion.json", import.meta.url), "utf8")) as CommandTree;
}
