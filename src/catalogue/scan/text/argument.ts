import type { SourceText } from "./source-text.ts";

export interface Argument {
  /**
   * Name of the argument: `path` for `path="/users"` or `-Path /users`, in lower case; null if absent.
   */
  readonly name: string | null;
  /** Start and end (exclusive) of the value in the source. */
  readonly start: number;
  readonly end: number;
}

const MOST_ARGUMENTS = 16;
const LONGEST_LINE = 600;
const NAMED = /^([A-Za-z_]\w*)\s*(?:=(?![=>])|:(?!:))\s*/;
/** Matches the opening of a call, with its type arguments. */
const OPENS = /^\s{0,2}(?:::)?(?:<[\w<>, .?[\]]{0,80}>|\[[\w[\], .*{}]{0,80}\])?\(/;
/** Matches a word of a command line, with its quotes. */
const WORD = /"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s"'|;&)]{1,300}/g;

/** Returns the arguments of the call whose name ends at `end`; null when it is not called there. */
export function argumentsOf(source: SourceText, end: number): readonly Argument[] | null {
  const open = OPENS.exec(source.code.slice(end, end + 90));
  if (open !== null) {
    const start = end + open[0].length;
    return argumentsBetween(source, start, source.closerOf(start - 1));
  }
  if (source.language.hole === "#{") return argumentsOfStatement(source, end);
  return source.language.hasCommands ? argumentsOfCommand(source, end) : null;
}

/** Returns the arguments of a call without parentheses in Ruby: `get "/users", page: 1`. */
function argumentsOfStatement(source: SourceText, end: number): readonly Argument[] | null {
  const line = source.code.slice(end, end + LONGEST_LINE).split("\n", 1)[0] ?? "";
  if (!/^[ \t]+["':\w@[{*]/.test(line) || /^[ \t]+(?:if|unless|do|and|or|then|rescue|while)\b/.test(line)) {
    return null;
  }
  const last = /[ \t](?:if|unless|do|and|or|rescue)\b|[ \t]\{ ?\||[;})]/.exec(line)?.index ?? line.length;
  return argumentsBetween(source, end, end + last);
}

/** Returns the arguments between two offsets, separated by commas outside brackets. */
export function argumentsBetween(source: SourceText, start: number, end: number): readonly Argument[] {
  return boundsOfArguments(source, start, end).map((bounds) => {
    const named = NAMED.exec(source.code.slice(bounds.start, bounds.end));
    return {
      name: named?.[1]?.toLowerCase() ?? null,
      start: bounds.start + (named?.[0].length ?? 0),
      end: bounds.end,
    };
  });
}

/** Returns the source text of each argument between two offsets. */
export function splitArguments(source: SourceText, start: number, end: number): readonly string[] {
  return boundsOfArguments(source, start, end).map((bounds) => source.text.slice(bounds.start, bounds.end));
}

function boundsOfArguments(
  source: SourceText,
  start: number,
  end: number,
): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = start;
  const add = (to: number): void => {
    const text = source.text.slice(from, to);
    const begin = from + text.length - text.trimStart().length;
    found.push({ start: begin, end: Math.max(begin, from + text.trimEnd().length) });
    from = to + 1;
  };
  for (let at = start; at < end; at += 1) {
    const character = source.code[at] ?? "";
    if ("([{".includes(character)) at = Math.min(end, source.closerOf(at));
    else if (character === ",") add(at);
  }
  if (source.text.slice(from, end).trim() !== "") add(end);
  return found;
}

/** Returns the words after the name of a command, to the end of the command. */
function argumentsOfCommand({ text }: SourceText, end: number): readonly Argument[] | null {
  const line = text.slice(end, end + LONGEST_LINE).split("\n", 1)[0] ?? "";
  if (!/^[ \t]+\S/.test(line)) return null;
  const command = line.search(/[|;&)](?=\s|$)/);
  const words = Array.from((command === -1 ? line : line.slice(0, command)).matchAll(WORD)).slice(
    0,
    MOST_ARGUMENTS,
  );
  const found: Argument[] = [];
  let name: string | null = null;
  for (const { index, 0: word } of words) {
    const option = /^--?([A-Za-z]\w*):?$/.exec(word)?.[1];
    if (option !== undefined) {
      name = option.toLowerCase();
      continue;
    }
    found.push({ name, start: end + index, end: end + index + word.length });
    name = null;
  }
  return found;
}
