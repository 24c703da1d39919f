import { splitArguments } from "./argument.ts";
import type { SourceText } from "./source-text.ts";
import type { Span } from "./span.ts";

/** A string that the file assigns to a name, with its location. */
export interface NamedText {
  readonly value: string;
  readonly offset: number;
  /** Key of the named path that has this value; absent for a name that is not followed across files. */
  readonly definition?: string | undefined;
}

/** Returns the string that an expression refers to, if the file defines that string elsewhere. */
export type Resolve = (expression: string, offset: number) => NamedText | null;

/** One part of a string that is built from literals and expressions. */
export interface Piece {
  readonly text: string;
  /** Start of the part in the source. */
  readonly offset: number;
  /** Whether the part's text equals the source, character by character. */
  readonly isLiteral: boolean;
  /** Location where the string was assigned to a name; null for a literal. */
  readonly namedAt: number | null;
  /** Key of the named path that has this text; absent for other text. */
  readonly definition?: string | undefined;
}

/**
 * Matches a name or a call within a string, in the notation of any language: `${a.b}`, `${f(a)}`, `#{a}`, `{a}`,
 * `{{a}}`, `\(a)`, `$a`.
 */
const NAME_IN_STRING =
  /\$?\{\{?\s*([A-Za-z_$@][\w.$>-]*(?:\([^(){}]{0,80}\))?)\s*\}\}?|#\{\s*([\w.@]+(?:\([^(){}]{0,80}\))?)\s*\}|\\\(([\w.]+)\)|\$(?:(?:[sS]cript|[gG]lobal|[lL]ocal|[pP]rivate|using|env):)?([A-Za-z_]\w*(?:->\w+)*)/g;
const FORMAT_PLACEHOLDER = /%(?:(\d+)\$)?[sv]|\{(\d*)\}/g;
const FORMATTING_CALL = /(?:printf|format!?|Format|formatted|vsprintf)$/;

/** Returns the pieces of a string. Known values replace names and format verbs such as `%s`. */
export function literalPieces(source: SourceText, span: Span, resolve: Resolve): readonly Piece[] {
  const text = source.text.slice(span.contentStart, span.contentEnd);
  const values = [...namedValues(text, span, resolve), ...formattedValues(source, text, span, resolve)];
  const pieces: Piece[] = [];
  let end = 0;
  for (const { index, length, named } of values.toSorted((left, right) => left.index - right.index)) {
    if (index < end) continue;
    pieces.push(literal(text, span, end, index));
    // In `${base}/users`, the base may already end with a slash.
    const isDouble = named.value.endsWith("/") && text[index + length] === "/";
    pieces.push({
      text: isDouble ? named.value.slice(0, -1) : named.value,
      offset: span.contentStart + index,
      isLiteral: false,
      namedAt: named.offset,
      definition: named.definition,
    });
    end = index + length;
  }
  pieces.push(literal(text, span, end, text.length));
  return pieces.filter(({ text: piece }) => piece !== "");
}

function literal(text: string, { contentStart }: Span, from: number, to: number): Piece {
  return { text: text.slice(from, to), offset: contentStart + from, isLiteral: true, namedAt: null };
}

interface LiteralValue {
  readonly index: number;
  readonly length: number;
  readonly named: NamedText;
}

function namedValues(text: string, span: Span, resolve: Resolve): readonly LiteralValue[] {
  if (!/[${(]/.test(text)) return [];
  return Array.from(text.matchAll(NAME_IN_STRING)).flatMap((match) => {
    const name = match.slice(1).find((group) => group !== undefined) ?? "";
    const named = resolve(name, span.contentStart + match.index);
    return named === null ? [] : [{ index: match.index, length: match[0].length, named }];
  });
}

/**
 * Fills placeholders by position: `Sprintf("%s/users", base)`, `"{}/users".format(base)`, `"%s/users" %
 * base`.
 */
function formattedValues(
  source: SourceText,
  text: string,
  span: Span,
  resolve: Resolve,
): readonly LiteralValue[] {
  const placeholders = Array.from(text.matchAll(FORMAT_PLACEHOLDER));
  if (placeholders.length === 0) return [];
  const given = formatArguments(source, span);
  return placeholders.flatMap((match, position) => {
    const numbered = match[1] !== undefined ? Number(match[1]) - 1 : Number(match[2] || position);
    const expression = given[numbered];
    const named = expression === undefined ? null : resolve(expression, span.start);
    return named === null ? [] : [{ index: match.index, length: match[0].length, named }];
  });
}

function formatArguments(source: SourceText, span: Span): readonly string[] {
  const behind = /^\s*(?:\.(?:format|formatted)\s*\(|%\s*(\(?))/.exec(
    source.code.slice(span.end, span.end + 40),
  );
  if (behind !== null) {
    const start = span.end + behind[0].length;
    const hasParenthesis = behind[0].endsWith("(");
    const end = hasParenthesis ? source.closerOf(start - 1) : endOfLine(source.code, start);
    return splitArguments(source, start, end);
  }
  const enclosure = source.enclosureOf(span.start);
  if (enclosure === null || enclosure.open !== "(") return [];
  if (!isFormatted(source, enclosure.start, span)) return [];
  const after = source.code.indexOf(",", span.end);
  return after === -1 || after > enclosure.end ? [] : splitArguments(source, after + 1, enclosure.end);
}

/**
 * Returns whether the call that opens at `open` formats the string with the arguments after it. It does if it calls a
 * known formatting function, or if its first argument contains a format verb such as `%s`: `NewURI("%s/rows", base)`.
 */
export function isFormatted(source: SourceText, open: number, { start, end }: Span): boolean {
  const callee = source.code.slice(Math.max(0, open - 40), open).trimEnd();
  if (FORMATTING_CALL.test(callee)) return true;
  const isFirst = source.code.slice(open + 1, start).trim() === "";
  return isFirst && /\w$/.test(callee) && /%[sv]/.test(source.text.slice(start, end));
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}
