import { ownValue } from "../../../core/own-value.ts";
import { chooseByVerb, METHOD_OF_VERB } from "../../facts/command-verb.ts";
import type { Operation } from "../../facts/operation.ts";
import { lookUpOperation } from "../../lookup/look-up-operation.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

/** A command of the official CLI in a text. */
export interface CliCommand {
  readonly offset: number;
  readonly words: readonly string[];
}

/** Options between the program and its words, as `-p PROFILE`, belong to neither. */
const COMMAND =
  /(?<![\w./\\$-])gc(?:\.exe)?(?:[ \t]+(?:(?:-p|--(?:profile|environment|clientid|clientsecret|accesstoken|inputfiletype|transform))[ =]\S+|-i|--\w+=\S+))*((?:[ \t]+[a-z][a-z0-9]*(?![\w./=:-])){1,10})/g;
const LIST = /["']gc(?:\.exe)?["']((?:\s*,\s*["'][a-z][a-z0-9]*["']){1,10})/g;
const FEWEST_WORDS = 2;
/** Commands that the program answers itself, or by a socket. */
const OWN_COMMAND = /^gc notifications channels listen\b/;

/** The words behind every `gc` of a text, whether a command line or a list of arguments. */
export function findCliCommands(text: string): readonly CliCommand[] {
  return [...text.matchAll(COMMAND), ...text.matchAll(LIST)]
    .map(({ index, 1: words = "" }) => ({ offset: index, words: words.match(/[a-z][a-z0-9]*/g) ?? [] }))
    .filter(({ words }) => words.length >= FEWEST_WORDS);
}

/** What a command of the official CLI calls; null when its words are none of an operation. */
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
    if (isComment || OWN_COMMAND.test(shown)) return null;
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

/** The longest beginning of the words that ends in a verb of operations; the rest are its arguments. */
function operationsOf(words: readonly string[], { catalogue }: ScanIndex): readonly Operation[] {
  for (let length = words.length; length >= FEWEST_WORDS; length -= 1) {
    const candidates = catalogue.findByWords(words.slice(0, length - 1).join(" "));
    const called = chooseByVerb(candidates, words[length - 1] ?? "", catalogue.commandVerbs());
    if (called.length > 0) return called;
  }
  return [];
}

/** Words that are an operation's and a verb of some kind behind them, as of another version of the program. */
function isMeant(words: readonly string[], { catalogue }: ScanIndex): boolean {
  return (
    words.some((word) => ownValue(METHOD_OF_VERB, word) !== undefined) ||
    words.some(
      (_, at) => at >= FEWEST_WORDS && catalogue.findByWords(words.slice(0, at).join(" ")).length > 0,
    )
  );
}

/** All the words of operations, and the verb out of sight: in a variable, or left to the program. */
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
      ? `\`${nameOf(only)}\`: the only operation of \`${shown}\`, whose verb can't be seen here`
      : `the verb behind \`${shown}\` can't be seen here: it fits ${named.length} operations`,
  });
}

function judgeUnknown(shown: string, words: readonly string[], { catalogue }: ScanIndex): Judgement | null {
  const lookup = lookUpOperation(catalogue, words.join(" "));
  if (lookup.kind === "found") return null;
  const closest = lookup.kind === "ambiguous" ? lookup.candidates : lookup.closest;
  const [first] = closest;
  const meant = first === undefined ? "" : `; the closest is \`${nameOf(first)}\``;
  return judgement({
    kind: "wrong-path",
    confidence: "low",
    closest,
    message: `\`${shown}\` is no command for an operation${meant}`,
  });
}
