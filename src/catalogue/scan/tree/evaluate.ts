import { isTransparent } from "../method/callee-method.ts";
import { placeholderName } from "../read/path-text.ts";
import { argumentsBetween } from "../text/argument.ts";
import { type Expression, readExpression, readNamed } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import { calleeBefore, endOfOperand } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** Matches a list: `["a", b]`, `[]string{"a", b}`, `array("a", $b)`, `new[] { "a", b }`, `listOf("a", b)`. */
const LIST = /^(?:\[\]string|new\s*(?:string)?\s*\[\]\s*|array|listOf|List\.of|arrayOf|vec!|&)*\s*(?=[[{(])/;
const NAME_AHEAD = /^(?:[&*]|\bawait\s+)*[$@A-Za-z_]/;
/** Matches calls that return their argument unchanged. */
const CONVERTS =
  /(?:^|[.:>])(?:str|String|encodeURI|trim|ltrim|rtrim|f|Some|from|Uri|URI|URL|parse|create|of|quote)$/;

/** Reads the part of a source that may be a path: an expression, a name, a call, or a list of segments. */
export function evaluate(
  source: SourceText,
  { start, end }: { readonly start: number; readonly end: number },
  resolve: Resolve,
): Expression | null {
  const string = stringIn(source, start, end);
  if (string !== null) {
    const expression = readExpression(source, string, resolve);
    if (expression.start >= start - 1 && expression.end <= end) return expression;
  }
  const code = source.code.slice(start, end);
  if (source.language.mode === "lines") return wordAt(source, start, end);
  if (source.language.hasCommands && !/^[$({@"']/.test(code)) return wordAt(source, start, end);
  const list = LIST.exec(code);
  if (
    list !== null &&
    /^[[{]|[(]/.test(code.slice(list[0].length, list[0].length + 1)) &&
    (list[0] !== "" || code.startsWith("["))
  ) {
    return listAt(source, start + list[0].length, resolve);
  }
  if (code.startsWith("(")) {
    const close = source.closerOf(start);
    return close === end - 1 ? evaluate(source, { start: start + 1, end: close }, resolve) : null;
  }
  if (!NAME_AHEAD.test(code)) return null;
  const from = start + (/^(?:[&*]|await\s+)*/.exec(code)?.[0].length ?? 0);
  const operandEnd = Math.min(end, endOfOperand(source, from));
  const expression = readNamed(source, from, operandEnd, resolve);
  const isKnown =
    expression.pieces.length > 1 ||
    expression.pieces[0]?.text !== `\${${source.text.slice(from, operandEnd).replace(/[{}]/g, "")}}`;
  return isKnown && expression.end <= end ? expression : null;
}

/**
 * Returns the string in an argument, directly or inside a call that formats or wraps it:
 * `&format!("/users/{}", id)`.
 */
function stringIn(source: SourceText, start: number, end: number): Span | null {
  const code = source.code.slice(start, end);
  const quote = code.search(/["'`]/);
  if (quote === -1) return null;
  const before = code.slice(0, quote).replace(/[a-z$@]{1,2}$/i, "");
  if (/^[&(]*$/.test(before)) return source.stringAt(start + quote);
  if (!before.endsWith("(") || !/^&?[\w.:!>-]+\($/.test(before)) return null;
  const callee = calleeBefore(source, start + before.length - 1);
  return isTransparent(callee) || CONVERTS.test(callee) ? source.stringAt(start + quote) : null;
}

function wordAt({ text }: SourceText, start: number, end: number): Expression | null {
  const value = text.slice(start, end).replace(/^["']|["']$/g, "");
  if (value === "" || value.startsWith("$(") || /\s/.test(value)) return null;
  return {
    start,
    end,
    value,
    pieces: [{ text: value, offset: start, isLiteral: true, namedAt: null }],
    pieceStarts: [0],
  };
}

function listAt(source: SourceText, open: number, resolve: Resolve): Expression | null {
  const elements = argumentsBetween(source, open + 1, source.closerOf(open));
  const [first] = elements;
  if (first === undefined) return null;
  // A list that the code joins with slashes is read as one expression.
  const whole = evaluate(source, { start: first.start, end: elements.at(-1)?.end ?? first.end }, resolve);
  if (whole !== null && whole.end > first.end) return whole;
  const parts = elements.map(
    (element) =>
      evaluate(source, element, resolve)?.value ??
      `\${${placeholderName(source.text.slice(element.start, element.end))}}`,
  );
  const value = parts.join("/");
  const end = elements.at(-1)?.end ?? open + 1;
  return {
    start: elements[0]?.start ?? open,
    end,
    value,
    pieces: [{ text: value, offset: elements[0]?.start ?? open, isLiteral: false, namedAt: null }],
    pieceStarts: [0],
  };
}
