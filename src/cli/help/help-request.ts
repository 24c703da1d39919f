import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import { HELP_TOPICS, type HelpTopic } from "../help-topics.ts";

const LONGEST_WORD = 60;
const MOST_MISTAKES = 2;

/** The subject of the requested help: a topic or a command. `words` is empty for the program itself. */
export type HelpRequest =
  | { readonly kind: "topic"; readonly topic: HelpTopic }
  | { readonly kind: "command"; readonly words: readonly string[]; readonly command: CommandUnknownOpts };

/**
 * Parses the words after `help`: a topic, or the words of a command.
 * @throws UsageError `usage.arguments` for a word that is neither
 */
export function readHelpRequest(words: readonly string[], root: CommandUnknownOpts): HelpRequest {
  const [first, ...more] = words;
  const topic = HELP_TOPICS.find(({ name }) => name === first);
  if (topic !== undefined) {
    const [surplus] = more;
    if (surplus === undefined) return { kind: "topic", topic };
    throw new UsageError(
      "usage.arguments",
      `help topic \`${topic.name}\` takes no arguments, but \`${oneLine(surplus, LONGEST_WORD)}\` was given`,
      { hint: `run \`genscope help ${topic.name}\`` },
    );
  }
  if (first === "help") return { kind: "command", words: [], command: root };
  let command = root;
  for (const [index, word] of words.entries()) {
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (next === undefined) throw refuse(word, words.slice(0, index), command);
    command = next;
  }
  return { kind: "command", words, command };
}

function refuse(word: string, above: readonly string[], command: CommandUnknownOpts): UsageError {
  const names = command.commands.map((inner) => inner.name());
  const isProgram = above.length === 0;
  const known = isProgram ? [...names, ...HELP_TOPICS.map(({ name }) => name)] : names;
  const [near] = closest(word, known, 1, MOST_MISTAKES);
  const shown = oneLine(word, LONGEST_WORD);
  const list = ["genscope", ...above, "--help"].join(" ");
  return new UsageError(
    "usage.arguments",
    isProgram
      ? `\`${shown}\` is neither a command nor a help topic`
      : `\`${above.join(" ")}\` has no command \`${shown}\``,
    {
      hint:
        near === undefined
          ? `list ${isProgram ? "the commands and topics" : "its commands"} with \`${list}\``
          : `run \`${["genscope", "help", ...above, near].join(" ")}\`; \`${list}\` lists everything`,
    },
  );
}
