import { ownValue } from "../../../core/own-value.ts";
import { chooseByVerb, METHOD_OF_VERB } from "../../facts/command-verb.ts";
import type { Operation } from "../../facts/operation.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

/** A command of the official CLI in source text. */
export interface CliCommand {
  readonly offset: number;
  readonly words: readonly string[];
}

/**
 * Matches `gc`, its options such as `-p PROFILE`, and the words of the command. Every repetition is bounded, because
 * each repetition in a regular expression uses stack; no real command reaches the bounds.
 */
const COMMAND =
  /(?<![\w./\\$-])gc(?:\.exe)?(?:[ \t]{1,200}(?:(?:-p|--(?:profile|environment|clientid|clientsecret|accesstoken|inputfiletype|transform))[ =]\S{1,9999}|-i|--\w{1,200}=\S{1,9999})){0,50}((?:[ \t]{1,200}[a-z][a-z0-9]{0,99}(?![\w./=:-])){1,10})/g;
const LIST = /["']gc(?:\.exe)?["']((?:\s{0,200},\s{0,200}["'][a-z][a-z0-9]{0,99}["']){1,10})/g;
const FEWEST_WORDS = 2;
/** Matches the command that listens on a WebSocket and calls no operation. */
const LISTEN_COMMAND = /^gc notifications channels listen\b/;

/** Returns the words after each `gc` in the text, whether in a command line or in a list of arguments. */
export function findCliCommands(text: string): readonly CliCommand[] {
  return [...text.matchAll(COMMAND), ...text.matchAll(LIST)]
    .map(({ index, 1: words = "" }) => ({ offset: index, words: words.match(/[a-z][a-z0-9]*/g) ?? [] }))
    .filter(({ words }) => words.length >= FEWEST_WORDS);
}

/**
 * Classifies a command of the official CLI: the operation that it calls, or a mistake. Returns null when its
 * words match nothing.
 */
export function judgeCliCommand(
  source: SourceText,
  { offset, words }: CliCommand,
  index: ScanIndex,
): Judgement | null {
  if (!index.isRootWord(words[0] ?? "")) return null;
  const isComment = source.commentAt(offset) !== null || source.language.mode === "prose";
  const called = operationsOf(words, index);
  const shown = `gc ${words.join(" ")}`;
  if (called.length === 0) {
    if (isComment || LISTEN_COMMAND.test(shown)) return null;
    return (
      judgeVerbless(shown, words, index) ?? (isMeant(words, index) ? judgeUnknown(shown, words, index) : null)
    );
  }
  const [only, ...others] = called;
  const isOne = only !== undefined && others.length === 0;
  return judgement({
    kind: isComment ? "comment" : "cli",
    confidence: isComment ? "low" : isOne ? "high" : "medium",
    operation: isOne ? only : null,
    candidates: isOne ? [] : called,
    path: only?.path ?? null,
    message: isOne
      ? `\`${nameOf(only)}\`: command \`${shown}\``
      : `\`${shown}\` may call ${called.length} operations`,
  });
}

/**
 * Returns the operations for the longest sequence of leading words that ends in a verb. The remaining words are
 * arguments.
 */
function operationsOf(words: readonly string[], { catalogue }: ScanIndex): readonly Operation[] {
  for (let length = words.length; length >= FEWEST_WORDS; length -= 1) {
    const candidates = catalogue.findByWords(words.slice(0, length - 1).join(" "));
    const called = chooseByVerb(candidates, words[length - 1] ?? "", catalogue.commandVerbs());
    if (called.length > 0) return called;
  }
  return [];
}

/**
 * Returns whether the words are probably a command of the official CLI, possibly of another version: they contain a
 * general verb, or begin with the words of a known operation.
 */
function isMeant(words: readonly string[], { catalogue }: ScanIndex): boolean {
  return (
    words.some((word) => ownValue(METHOD_OF_VERB, word) !== undefined) ||
    words.some(
      (_, at) => at >= FEWEST_WORDS && catalogue.findByWords(words.slice(0, at).join(" ")).length > 0,
    )
  );
}

/**
 * Classifies a command whose words match operations but whose verb is not in the text, because a variable
 * contains it or the program adds it.
 */
function judgeVerbless(shown: string, words: readonly string[], { catalogue }: ScanIndex): Judgement | null {
  const named = catalogue.findByWords(words.join(" "));
  const [only, ...others] = named;
  if (only === undefined) return null;
  const isOne = others.length === 0;
  return judgement({
    kind: "cli",
    confidence: "low",
    operation: isOne ? only : null,
    candidates: isOne ? [] : named,
    path: only.path,
    message: isOne
      ? `\`${nameOf(only)}\`: the only operation of \`${shown}\`; the verb is not visible here`
      : `the verb after \`${shown}\` is not visible here; ${named.length} operations match`,
  });
}

function judgeUnknown(shown: string, words: readonly string[], index: ScanIndex): Judgement | null {
  const lookup = index.lookUpName(words.join(" "));
  if (lookup.kind === "found") return null;
  const closest = lookup.kind === "ambiguous" ? lookup.candidates : lookup.closest;
  const [first] = closest;
  const meant = first === undefined ? "" : `; the closest is \`${nameOf(first)}\``;
  return judgement({
    kind: "wrong-path",
    confidence: "low",
    closest,
    message: `\`${shown}\` matches no operation${meant}`,
  });
}
