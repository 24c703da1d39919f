import { UsageError } from "../../core/errors.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Root } from "../root.ts";

/** Placeholders of values for which an empty text would silently mean the working directory or a default. */
const NEVER_EMPTY = /<(file|path|region)(?:\.\.\.)?>$/;
const EMPTY_VALUE = /^(--[a-z-]+)=\s*$/;

/**
 * Refuses an empty or blank path or region, which is usually the value of a shell variable that is not set. Without this check,
 * `--out "$DIR"` would export into the working directory.
 * @param words the words of the command line, with each value attached to its option
 * @throws UsageError `usage.arguments`
 */
export function checkEmptyValues(words: readonly string[], called: readonly string[], root: Root): void {
  const options = optionsOf(root, called);
  for (const word of words) {
    if (word === "--") return;
    const [, name] = EMPTY_VALUE.exec(word) ?? [];
    const option = options.find(({ long }) => long === name);
    const [, kind] = NEVER_EMPTY.exec(option?.flags ?? "") ?? [];
    if (name === undefined || kind === undefined) continue;
    throw new UsageError("usage.arguments", `the value of \`${name}\` is empty`, {
      hint: `write \`${name} ${kind.toUpperCase()}\`; a shell variable in the value may be unset`,
    });
  }
}

/** Returns the options that the called command accepts, with those of the commands above it. */
function optionsOf(root: Root, called: readonly string[]) {
  const options = [...root.options];
  let commands = root.commands;
  for (const name of called) {
    const command = commands.find((each) => each.name() === name);
    if (command === undefined) break;
    appendAll(options, command.options);
    commands = command.commands;
  }
  return options;
}
