/** The first position at which text is not valid JSON. */
export interface JsonFault {
  /** Line and column, both counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The token that JSON would allow at this position, as a noun phrase. */
  readonly expected: string;
}

type Expected = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end" | "nothing";

const WORDS: Readonly<Record<Expected, string>> = {
  value: "a value",
  "value or end": "a value or `]`",
  name: "a name in double quotes",
  "name or end": "a name in double quotes or `}`",
  colon: "`:`",
  "comma or end": "`,` or the end of the object or list",
  nothing: "the end",
};

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\]:,]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Returns the first error in text that should be JSON; null for valid JSON. Takes linear time. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  while (true) {
    at += lengthAt(SPACE, text, at);
    if (at === text.length) return expected === "nothing" ? null : faultAt(text, at, expected);
    const token = text.slice(at, at + lengthAt(TOKEN, text, at));
    const next = after(token, expected, open);
    if (next === null) return faultAt(text, at, expected);
    expected = next;
    at += token.length;
  }
}

/** Returns what must follow a token; null for a token that does not belong there. */
function after(token: string, expected: Expected, open: ("{" | "[")[]): Expected | null {
  const isValue = expected === "value" || expected === "value or end";
  const isName = expected === "name" || expected === "name or end";
  const inner = open.at(-1);
  if (token === "{" || token === "[") {
    if (!isValue) return null;
    open.push(token);
    return token === "{" ? "name or end" : "value or end";
  }
  if (token === "}" || token === "]") {
    const isEnd =
      expected === "comma or end" || expected === (token === "}" ? "name or end" : "value or end");
    if (!isEnd || inner !== (token === "}" ? "{" : "[")) return null;
    open.pop();
    return open.length === 0 ? "nothing" : "comma or end";
  }
  if (token === ":") return expected === "colon" ? "value" : null;
  if (token === ",") return expected === "comma or end" ? (inner === "{" ? "name" : "value") : null;
  if (isName) return token.startsWith('"') ? "colon" : null;
  if (!isValue || token === "") return null;
  return open.length === 0 ? "nothing" : "comma or end";
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function faultAt(text: string, at: number, expected: Expected): JsonFault {
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, expected: WORDS[expected] };
}
