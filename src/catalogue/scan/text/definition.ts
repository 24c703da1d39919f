import { splitArguments } from "./argument.ts";
import { endOfBlockAt } from "./block.ts";
import type { SourceText } from "./source-text.ts";

export interface Parameter {
  readonly name: string;
  /** Position among the arguments of a call, counted from 0. */
  readonly position: number;
  /** Whether the parameter is a key of an object that is passed in this position. */
  readonly isKey: boolean;
  /** Source of the parameter's default value; null if absent. */
  readonly fallback: string | null;
}

/** A function that the text defines. */
export interface Definition {
  readonly name: string;
  /** Offset of the name. */
  readonly start: number;
  readonly parameters: readonly Parameter[];
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Maximum number of characters to read from a function's body. A helper sends its request near the beginning. */
const LONGEST_BODY = 4000;
/** Maximum number of characters to read from a function whose body is a single expression. */
const LONGEST_EXPRESSION = 600;
/** Matches `function name`, `func (c *Client) name`, `def name`, `Function Get-Name`. */
const KEYWORD =
  /(?<![\w.$-])(?:function\*?|def|func|fun|fn|sub)[ \t]+(?:<[^<>()]{0,80}>\s*)?(?:\([^()]{0,160}\)\s*)?(?:self\.)?([A-Za-z_][\w-]*)/gi;
/** Matches `name = (`, `name: async (`, `name = function (`, `name <- function(`. */
const VALUE =
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?:=(?![=>])|:|<-)\s*(?:async\s+)?(function\b\s*\w*\s*)?(?:<[^<>()]{0,60}>\s*)?\(/g;
/** Matches the type parameters between the name of a method and its parenthesis. */
const TYPE_PARAMETERS = /<[^<>()]{0,60}>$/;
const LONGEST_TYPES = 62;
const BEFORE_METHOD = /^[\w<>[\],.?@*& \t]*$/;
/** Maximum length of the text before a method's name on its line. */
const LONGEST_HEAD = 160;
const NO_METHOD =
  /(?:^|\s)(?:if|for|foreach|while|switch|catch|return|new|await|else|throw|using|lock|function|def|func|fn|fun)\b/;
const BEHIND_METHOD = /^\s*(?::\s*[^{};=]{1,80})?(?:throws\s[\w, .]{1,80})?\s*(?:\{|=>\s)/;
const ARROW = /^\s*(?::[^=;{}]{0,80})?=>/;
const INSTANCE = /^(?:(?:self|cls|\$self|&self|&mut self|mut self|this)$|this\s+\w)/;
/** Matches a function whose body is an expression after an equals sign, as in Kotlin. */
const EXPRESSION_BODY = /^[ \t]*(?::[^={}()\n]{0,80}(?:\([^()\n]{0,80}\)[^={}()\n]{0,40})?)?=\s*/;
/**
 * Matches the end of an expression that is the body of a function: a blank line, or the beginning of the next member.
 */
const EXPRESSION_END =
  /\n[ \t]*\n|\n[ \t]*(?:\}|@|\/\/|\/\*|#|end\b|(?:(?:suspend|private|public|internal|protected|override|inline|open|implicit)\s+)*(?:fun|def|val|var|class|object)\b)/;

/** Returns whether the arrow of a function follows its parameters at `offset`. */
export function isArrowAt({ code }: SourceText, offset: number): boolean {
  return ARROW.test(code.slice(offset, offset + 100));
}

/** Finds the functions in a file of any language, with the names of their parameters. */
export function findDefinitions(source: SourceText): readonly Definition[] {
  const { code } = source;
  const found = new Map<number, Definition>();
  const add = (name: string, start: number, open: number): void => {
    const definition = definitionAt(source, name, start, open);
    if (!found.has(start)) found.set(start, definition);
  };
  for (const match of code.matchAll(KEYWORD)) {
    const name = match[1] ?? "";
    const end = match.index + match[0].length;
    const open =
      /^\s*(?:<[^<>()]{0,80}>\s*|\[[^[\]()]{0,80}\]\s*)?\(|^\s*\{\s*(?:\[[^\n]{0,100}\n\s*){0,3}param\s*\(/i.exec(
        code.slice(end, end + LONGEST_EXPRESSION),
      );
    if (open !== null) add(name, end - name.length, end + open[0].length - 1);
  }
  for (const match of code.matchAll(VALUE)) {
    const open = match.index + match[0].length - 1;
    const close = source.closerOf(open);
    const isFunction = match[2] !== undefined || isArrowAt(source, close + 1);
    if (isFunction) add(match[1] ?? "", match.index, open);
  }
  for (let open = code.indexOf("("); open !== -1; open = code.indexOf("(", open + 1)) {
    const index = startOfName(code, open);
    if (index === null) continue;
    const lineStart = source.lineStartOf(index);
    if (index - lineStart > LONGEST_HEAD) continue;
    const before = code.slice(lineStart, index);
    const name = code.slice(index, open).replace(/<.*$/s, "");
    if (!BEFORE_METHOD.test(before) || NO_METHOD.test(`${before}${name}`)) continue;
    const close = source.closerOf(open);
    const isMethod = BEHIND_METHOD.test(code.slice(close + 1, close + 200));
    if (isMethod) add(name, index, open);
  }
  return [...found.values()];
}

/**
 * Returns the start of the name before the parenthesis at `open` that may define a method: `Task<T> Name(`, `name<T>(`;
 * null for a call on an object. Reads backwards, because a pattern would try to match at every word of the file.
 */
function startOfName(code: string, open: number): number | null {
  let end = open;
  if (code[open - 1] === ">") {
    end -= TYPE_PARAMETERS.exec(code.slice(Math.max(0, open - LONGEST_TYPES), open))?.[0].length ?? 0;
  }
  let start = end;
  while (start > 0 && /[\w$]/.test(code[start - 1] ?? "")) start -= 1;
  return start === end || /\d/.test(code[start] ?? "") || code[start - 1] === "." ? null : start;
}

/** Returns the function whose parameters are in the parenthesis at `open`. */
export function definitionAt(source: SourceText, name: string, start: number, open: number): Definition {
  const close = source.closerOf(open);
  const [bodyStart, bodyEnd] = bodyBehind(source, close + 1, start);
  return { name, start, parameters: parametersBetween(source, open + 1, close), bodyStart, bodyEnd };
}

function bodyBehind(source: SourceText, from: number, start: number): readonly [start: number, end: number] {
  const { code } = source;
  const brace = /^[^{};\n]{0,120}\s*\{/.exec(code.slice(from, from + 200));
  const arrow = ARROW.exec(code.slice(from, from + 100));
  if (arrow !== null && !/^\s*\{/.test(code.slice(from + arrow[0].length, from + arrow[0].length + 20))) {
    const begin = from + arrow[0].length;
    const end = /;|\n\s*\n/.exec(code.slice(begin, begin + LONGEST_EXPRESSION))?.index ?? LONGEST_EXPRESSION;
    return [begin, Math.min(code.length, begin + end)];
  }
  const hasExpression = source.language.hole === "${" || source.language.hole === "#{";
  const assigned = hasExpression ? EXPRESSION_BODY.exec(code.slice(from, from + 220)) : null;
  if (
    assigned !== null &&
    !/^\{/.test(code.slice(from + assigned[0].length, from + assigned[0].length + 1))
  ) {
    const begin = from + assigned[0].length;
    const end =
      EXPRESSION_END.exec(code.slice(begin, begin + LONGEST_EXPRESSION))?.index ?? LONGEST_EXPRESSION;
    return [begin, Math.min(code.length, begin + end)];
  }
  if (brace !== null && source.language.blockComments.length > 0) {
    const open = from + brace[0].length - 1;
    return [open, source.closerOf(open)];
  }
  const line = code.indexOf("\n", from);
  if (line === -1) return [from, code.length];
  const closed = /\n[ \t]*end[ \t]+(?:function|sub)\b/i.exec(code.slice(from, from + LONGEST_BODY));
  if (closed !== null) return [line, from + closed.index];
  const next = /\S/.exec(code.slice(line, line + LONGEST_EXPRESSION));
  const first = next === null ? line : line + next.index;
  return source.lineStartOf(first) === source.lineStartOf(start)
    ? [from, line]
    : [line, endOfBlockAt(source, first)];
}

function parametersBetween(source: SourceText, start: number, end: number): readonly Parameter[] {
  // Python separates positional-only and keyword-only parameters with `/` and `*`.
  const given = splitArguments(source, start, end).filter((text) => text !== "*" && text !== "/");
  const isMethod = INSTANCE.test((given[0] ?? "").replace(/\s*:.*$/s, ""));
  return (isMethod ? given.slice(1) : given).flatMap((text, position): readonly Parameter[] => {
    if (text.startsWith("{")) {
      const keys = text.replace(/[{}]/g, "").split(",");
      return keys.flatMap((key) => {
        const [, name, fallback] = /^\s*([A-Za-z_]\w*)(?:\s*=\s*(.*))?/.exec(key) ?? [];
        return name === undefined
          ? []
          : [{ name, position, isKey: true, fallback: fallback?.trim() ?? null }];
      });
    }
    const name = nameOfParameter(source, text);
    const fallback = /(?<![=!<>])=(?!>)\s*(.+)$/s.exec(text)?.[1] ?? null;
    return name === null ? [] : [{ name, position, isKey: false, fallback }];
  });
}

/** Returns the name in a parameter; the type follows it in some languages and precedes it in others. */
function nameOfParameter(source: SourceText, text: string): string | null {
  const plain = text
    .replace(/\[[^\]]{0,80}\]/g, "")
    .replace(/(?<![=!<>])=(?!>).*$/s, "")
    .trim();
  const variable = /\$([A-Za-z_]\w*)/.exec(plain)?.[1];
  if (variable !== undefined) return variable;
  const isTypeBehind = source.language.backtick === "raw" || /\sas\s/i.test(plain);
  const beforeColon = /^([^:]*[\w?]\s*):(?!:)/.exec(plain)?.[1];
  const words = (beforeColon ?? plain).replace(/\?$/, "").match(/[A-Za-z_]\w*/g) ?? [];
  const own = isTypeBehind
    ? words.filter((word) => !/^(?:ByVal|ByRef|Optional)$/i.test(word))[0]
    : words.at(-1);
  return own ?? null;
}
