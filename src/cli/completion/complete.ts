import type { SortedLines } from "../../catalogue/facts/text/sorted-lines.ts";
import { ownValue } from "../../core/own-value.ts";
import {
  type Candidate,
  type CommandNode,
  type CommandTree,
  candidateOf,
  type TakenValue,
} from "./command-tree.ts";
import {
  idsFrom,
  methodNamed,
  methodsIn,
  pathsFrom,
  permissionsFrom,
  type TakesOperation,
  topicsFrom,
} from "./operation-names.ts";
import { isQueryWord, queryWords } from "./query-words.ts";
import { flagsOn, readTypedLine, type TypedLine, type TypedPlace } from "./typed-line.ts";

/** Data that may change between two runs. Each part is read only when the completion of a word needs it. */
export interface CompletionSources {
  /** Names of this user's profiles. */
  profiles(): Promise<readonly string[]>;
  /** Returns the lines of the catalog's operations. */
  operations(): SortedLines;
  /** Returns the names of the notification topics. */
  topics(): readonly string[];
}

/** The possible completions of the word that is being typed. */
export interface Completion {
  /** The part of the word before the file name; null when no file is expected. */
  readonly filesAfter: string | null;
  readonly candidates: readonly Candidate[];
}

const FILES: Completion = { filesAfter: "", candidates: [] };
const NOTHING: Completion = { filesAfter: null, candidates: [] };
const FILE_KINDS: ReadonlySet<string> = new Set(["file", "path", "catalog"]);

/** Returns the completions of the last word. @param words the words after the program's name */
export async function complete(
  tree: CommandTree,
  words: readonly string[],
  sources: CompletionSources,
): Promise<Completion> {
  const line = readTypedLine(tree.program, words);
  const { place } = line;
  switch (place.kind) {
    case "flag":
      return matching(flagCandidates(line), place.text);
    case "value":
      return isQueryWord(place.value.kind)
        ? completeQueryWord(tree, line.operands, place)
        : await completeValue(tree, place, sources);
    case "operand":
      return await completeOperand(tree, line, place.text, sources);
  }
}

function matching(candidates: readonly Candidate[], text: string): Completion {
  return { filesAfter: null, candidates: candidates.filter(({ value }) => value.startsWith(text)) };
}

/**
 * Returns the flags of the commands on the line, without switches that were already typed. A flag with a value may be
 * repeatable.
 */
function flagCandidates({ path, flags }: TypedLine): readonly Candidate[] {
  return flagsOn(path)
    .filter(({ long, value }) => value !== null || !flags.has(long))
    .map(({ long, description }) => ({ value: long, description }));
}

/** Completes a metric, a grouping or a filter for the query that the line names. */
function completeQueryWord(
  tree: CommandTree,
  operands: readonly string[],
  { value: { kind }, prefix, text }: TypedPlace & { kind: "value" },
): Completion {
  if (!isQueryWord(kind)) return NOTHING;
  const { candidates } = matching(queryWords(tree, kind, operands, text), text);
  return {
    filesAfter: null,
    candidates: candidates.map((candidate) => ({ ...candidate, value: prefix + candidate.value })),
  };
}

async function completeValue(
  tree: CommandTree,
  { value, prefix, text }: TypedPlace & { kind: "value" },
  sources: CompletionSources,
): Promise<Completion> {
  if (value.kind === "kind=file" && text.includes("=")) {
    return { ...FILES, filesAfter: `${prefix}${text.slice(0, text.indexOf("=") + 1)}` };
  }
  if (FILE_KINDS.has(value.kind)) return { ...FILES, filesAfter: prefix };
  const { candidates } = matching(await valuesOf(tree, value, text, sources), text);
  return {
    filesAfter: null,
    candidates: candidates.map((candidate) => ({ ...candidate, value: prefix + candidate.value })),
  };
}

async function valuesOf(
  tree: CommandTree,
  { kind, choices }: TakenValue,
  text: string,
  sources: CompletionSources,
): Promise<readonly Candidate[]> {
  if (choices.length > 0) return choices.map(candidateOf);
  if (kind === "profile") return (await sources.profiles()).map(candidateOf);
  if (kind === "permission") return permissionsFrom(sources.operations(), text);
  return ownValue(tree.names, kind) ?? [];
}

async function completeOperand(
  tree: CommandTree,
  { path, operands }: TypedLine,
  text: string,
  sources: CompletionSources,
): Promise<Completion> {
  const command = path.at(-1) ?? tree.program;
  const operand = command.operands[operands.length] ?? command.operands.at(-1);
  if (command.commands.length > 0) {
    return operands.length === 0 ? matching(nodeCandidates(command.commands), text) : NOTHING;
  }
  if (operand === undefined || (operands.length >= command.operands.length && !operand.isList)) {
    return command.name === "help" ? matching(helpCandidates(tree, operands), text) : NOTHING;
  }
  switch (operand.kind) {
    case "command":
      return matching(helpCandidates(tree, operands), text);
    case "operations":
      return text.startsWith("v2.")
        ? { filesAfter: null, candidates: topicsFrom(sources.topics(), text) }
        : completeOperation(sources.operations(), operands, text, () => true);
    case "query":
      return completeQuery(tree, operands, text, sources);
    case "dataset":
      return matching(nextWords(ownValue(tree.names, "dataset") ?? [], operands, text), text);
    default:
      return await completeValue(tree, { kind: "value", value: operand, prefix: "", text }, sources);
  }
}

function nodeCandidates(nodes: readonly CommandNode[]): readonly Candidate[] {
  return nodes.map(({ name, description }) => ({ value: name, description }));
}

/** Returns the words that may follow `help`: a command or a topic. */
function helpCandidates({ program, names }: CommandTree, words: readonly string[]): readonly Candidate[] {
  let nodes = program.commands;
  for (const word of words) nodes = nodes.find(({ name }) => name === word)?.commands ?? [];
  const topics = words.length === 0 ? (ownValue(names, "topic") ?? []) : [];
  return [...nodeCandidates(nodes), ...topics];
}

/** Completes an operation: a path, a method and a path, or an operation id. */
function completeOperation(
  operations: SortedLines,
  operands: readonly string[],
  text: string,
  takes: TakesOperation,
): Completion {
  const method = methodNamed(operands.at(-1));
  if (method !== null) {
    const isMethod: TakesOperation = (other, id) => other === method && takes(other, id);
    return { filesAfter: null, candidates: pathsFrom(operations, text, isMethod) };
  }
  if (text.startsWith("/")) return { filesAfter: null, candidates: pathsFrom(operations, text, takes) };
  const methods = matching(methodsIn(operations, takes), text).candidates;
  return { filesAfter: null, candidates: [...methods, ...idsFrom(operations, text, takes)] };
}

/** Completes the operands of `query`: an operation that reads, or the words of a query's name. */
function completeQuery(
  tree: CommandTree,
  operands: readonly string[],
  text: string,
  sources: CompletionSources,
): Completion {
  const named = matching(nextWords(ownValue(tree.names, "query") ?? [], operands, text), text);
  const isOperation = operands.length === 0 || (operands.length === 1 && methodNamed(operands[0]) !== null);
  if (!isOperation) return named;
  const misleading = new Set(tree.misleadingMethods);
  const isRead: TakesOperation = (method, id) =>
    (method === "GET" || method === "HEAD") !== misleading.has(id);
  const { candidates } = completeOperation(sources.operations(), operands, text, isRead);
  return { filesAfter: null, candidates: [...named.candidates, ...candidates] };
}

/**
 * Returns the words that can follow `typed` in names that consist of several words. Offers whole names when the current
 * word is quoted and contains several words.
 */
function nextWords(
  names: readonly Candidate[],
  typed: readonly string[],
  text: string,
): readonly Candidate[] {
  if (typed.length === 0 && text.includes(" ")) return names;
  const next = new Map<string, Candidate>();
  for (const { value, description } of names) {
    const words = value.split(" ");
    const word = words[typed.length];
    if (word === undefined || !typed.every((each, index) => each === words[index])) continue;
    const isLast = words.length === typed.length + 1;
    if (isLast || !next.has(word)) next.set(word, { value: word, description: isLast ? description : "" });
  }
  return [...next.values()];
}
