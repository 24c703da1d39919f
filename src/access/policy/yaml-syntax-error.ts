import { oneLine } from "../../core/text.ts";

/** What to do about the mistakes that are made most often, by the parser's code. */
const ADVICE: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent a line in YAML: use spaces",
  BAD_INDENT: "this line is indented neither like the one above nor like any before: align it",
  BLOCK_AS_IMPLICIT_KEY: "a second `key: value` on one line: put quotes around the text, or start a new line",
  TAG_RESOLVE_FAILED: "tags such as `!name` mean nothing in a policy",
};

/** A parser's complaint in words that say what to do; `offset` is where in the text it was raised. */
export function describeSyntaxError(code: string, message: string, text: string, offset: number): string {
  if (isPathInFlow(text, offset))
    return "a `{` inside of `[ ]` or `{ }` starts a mapping: put quotes around the path";
  return ADVICE[code] ?? `not YAML: ${oneLine(lowerFirst(message), 200)}`;
}

/** Whether an unquoted API path with a parameter stands in a bracketed list on the line before `offset`. */
function isPathInFlow(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? undefined : end);
  return /[[{,][^"']*\/[^"'\s]*\{/.test(line);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
