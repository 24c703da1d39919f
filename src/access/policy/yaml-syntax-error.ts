import { ownValue } from "../../core/own-value.ts";
import { oneLine } from "../../core/text.ts";

/** Advice on the most common mistakes, by the error code of the parser. */
const ADVICE: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent a line in YAML: use spaces",
  BAD_INDENT: "the indentation of this line matches no line above: align it",
  BLOCK_AS_IMPLICIT_KEY: "a second `key: value` on one line: quote the text, or start a new line",
  TAG_RESOLVE_FAILED: "a policy cannot contain tags such as `!name`",
};

/** Rewords a parser error as advice. `offset` is the position of the error in the text. */
export function describeSyntaxError(code: string, message: string, text: string, offset: number): string {
  if (isPathInFlow(text, offset)) return "a `{` inside `[ ]` or `{ }` starts a mapping: quote the path";
  return ownValue(ADVICE, code) ?? `not YAML: ${oneLine(lowerFirst(message), 200)}`;
}

/**
 * Whether the line at `offset` contains a bracketed list with an unquoted API path that has a parameter in
 * braces.
 */
function isPathInFlow(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? undefined : end);
  return line.split(/["']/).some((part) => {
    const opener = part.search(/[[{,]/);
    const words = opener === -1 ? [] : part.slice(opener + 1).split(/\s/);
    return words.some((word) => word.includes("/") && word.lastIndexOf("{") > word.indexOf("/"));
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
