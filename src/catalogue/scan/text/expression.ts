import { appendAll } from "../../../core/lists/append-all.ts";
import { endOfAppender } from "./append.ts";
import { literalPieces, type Piece, type Resolve } from "./literal.ts";
import { calleeBefore, endOfOperand, joinsPaths, startOfOperand } from "./operand.ts";
import { lastNotAfter, type SourceText } from "./source-text.ts";
import type { Span } from "./span.ts";

/** A string built from literals and expressions, to the extent that the source shows it. */
export interface Expression {
  /** Start and end in the source, including operands; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Value of the string. Each expression appears as `${source}`, or as its value if that is known. */
  readonly value: string;
  readonly pieces: readonly Piece[];
  /** Offsets in the value where the pieces begin. */
  readonly pieceStarts: readonly number[];
}

interface Operand {
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly end: number;
  readonly isString: boolean;
}

const MOST_OPERANDS = 24;
/** Maximum length of an operator or opening call that appends: `.push_str(`. */
const LONGEST_APPENDER = 10;
const STRING_PREFIX = /[A-Za-z$@&]{1,2}$/;

/** Returns the whole expression that contains the string `span`. */
export function readExpression(source: SourceText, span: Span, resolve: Resolve): Expression {
  return readFrom(source, stringOperand(source, span, resolve), resolve);
}

/** Returns the expression that begins with the name at `start`, with everything that is joined to it. */
export function readNamed(source: SourceText, start: number, end: number, resolve: Resolve): Expression {
  return readFrom(source, codeOperand(source, start, end, resolve), resolve);
}

function readFrom(source: SourceText, operand: Operand, resolve: Resolve): Expression {
  const operands = [operand];
  while (operands.length < MOST_OPERANDS) {
    const before = operandBefore(source, operands[0] ?? operand, resolve);
    if (before === null) break;
    operands.unshift(before);
  }
  const separator = separatorOf(source, operands[0]?.start ?? 0, operands.at(-1)?.end ?? 0);
  const pieces = operands.flatMap((known) => known.pieces);
  let end = operand.end;
  for (let count = operands.length; count < MOST_OPERANDS; count += 1) {
    const next = operandAfter(source, end, resolve, separator !== null);
    if (next === null) break;
    if (next.isArgument) {
      pieces.push({ text: "/", offset: next.operand.start, isLiteral: false, namedAt: null });
    }
    appendAll(pieces, next.operand.pieces);
    end = next.operand.end;
  }
  const joined = withoutDoubleSlashes(pieces);
  const value = joined.map(({ text }) => text).join("");
  return {
    start: operands[0]?.start ?? operand.start,
    end,
    value,
    pieces: joined,
    pieceStarts: startsOf(joined),
  };
}

/** Returns the offset in the source of the character at `index` of an expression's value. */
export function sourceOffset(expression: Expression, index: number): number {
  const { pieces, pieceStarts, start, value } = expression;
  if (index >= value.length) return pieces.at(-1)?.offset ?? start;
  const at = pieceAt(expression, index);
  const piece = pieces[at];
  if (piece === undefined) return start;
  return piece.isLiteral ? piece.offset + index - (pieceStarts[at] ?? 0) : piece.offset;
}

/** Returns the index of the piece that contains the character at `index` of the value. */
export function pieceAt({ pieceStarts }: Pick<Expression, "pieceStarts">, index: number): number {
  return lastNotAfter(pieceStarts, index);
}

function startsOf(pieces: readonly Piece[]): readonly number[] {
  let length = 0;
  return pieces.map(({ text }) => {
    const start = length;
    length += text.length;
    return start;
  });
}

/** Removes a slash where a piece begins with one and the piece before it ends with one: a base URL and a path. */
function withoutDoubleSlashes(pieces: readonly Piece[]): readonly Piece[] {
  let before = "";
  return pieces.map((piece) => {
    const isDouble = before.endsWith("/") && !before.endsWith("://") && piece.text.startsWith("/");
    if (piece.text !== "") before = piece.text;
    return isDouble ? { ...piece, text: piece.text.slice(1), offset: piece.offset + 1 } : piece;
  });
}

/**
 * Returns `/` when the operands are arguments of a call that joins paths, or elements of a list that is joined with
 * slashes; otherwise null.
 */
function separatorOf(source: SourceText, start: number, end: number): "/" | null {
  const enclosure = source.enclosureOf(start);
  return enclosure !== null && enclosure.end >= end && joinsPaths(source, enclosure) ? "/" : null;
}

function operandBefore(source: SourceText, operand: Operand, resolve: Resolve): Operand | null {
  const end = skipBlanksBack(source.code, operand.start);
  const joinStart = joinerEndingAt(source, end) ?? appenderEndingAt(source, end);
  if (joinStart === null) {
    const joinsAdjacent = source.language.joinsAdjacentStrings && operand.isString;
    const quoteEnd = joinsAdjacent ? source.stringAt(end - 1) : null;
    return quoteEnd !== null && quoteEnd.end === end && end > 0
      ? stringOperand(source, quoteEnd, resolve)
      : null;
  }
  const operandEnd = skipBlanksBack(source.code, joinStart);
  const string = source.stringAt(operandEnd - 1);
  if (string !== null && string.end === operandEnd) return stringOperand(source, string, resolve);
  const operandStart = startOfOperand(source, operandEnd);
  return operandStart === operandEnd ? null : codeOperand(source, operandStart, operandEnd, resolve);
}

function operandAfter(
  source: SourceText,
  end: number,
  resolve: Resolve,
  takesArguments: boolean,
): { readonly operand: Operand; readonly isArgument: boolean } | null {
  const at = skipBlanks(source, endOfAppendingCall(source, end));
  const concat = /^\.concat\(/.exec(source.code.slice(at, at + 8));
  const joinEnd =
    concat === null ? (joinerAt(source, at) ?? endOfAppender(source, at)) : at + concat[0].length;
  const isComma = joinEnd === null && source.code[at] === ",";
  const isArgument = isComma && takesArguments;
  const isConcatenated = isComma && !takesArguments && isConcatenation(source, at);
  const next = skipBlanks(source, joinEnd ?? (isArgument || isConcatenated ? at + 1 : at));
  const string = stringStartingAt(source, next);
  const joinsAdjacent = source.language.joinsAdjacentStrings && /["'`]/.test(source.code[end - 1] ?? "");
  if (string !== null) {
    const isJoined = joinEnd !== null || isArgument || isConcatenated || joinsAdjacent;
    return isJoined ? { operand: stringOperand(source, string, resolve), isArgument } : null;
  }
  if (joinEnd === null && !isArgument && !isConcatenated) return null;
  const operandEnd = endOfOperand(source, next);
  return operandEnd === next ? null : { operand: codeOperand(source, next, operandEnd, resolve), isArgument };
}

/** Returns whether a comma separates the arguments of `"/users/".concat(id, "/queues")`. */
function isConcatenation(source: SourceText, offset: number): boolean {
  const enclosure = source.enclosureOf(offset);
  return enclosure?.open === "(" && calleeBefore(source, enclosure.start).endsWith(".concat");
}

function stringOperand(source: SourceText, span: Span, resolve: Resolve): Operand {
  const prefix = STRING_PREFIX.exec(source.code.slice(Math.max(0, span.start - 2), span.start))?.[0] ?? "";
  const pieces = literalPieces(source, span, resolve);
  return { pieces, start: span.start - prefix.length, end: span.end, isString: true };
}

function codeOperand(source: SourceText, start: number, end: number, resolve: Resolve): Operand {
  const expression = source.text.slice(start, end);
  const named = resolve(expression, start);
  const text = named?.value ?? `\${${expression.replace(/[{}]/g, "")}}`;
  const piece = {
    text,
    offset: start,
    isLiteral: false,
    namedAt: named?.offset ?? null,
    definition: named?.definition,
  };
  return { pieces: [piece], start, end, isString: false };
}

function stringStartingAt(source: SourceText, at: number): Span | null {
  const prefix = /^[A-Za-z$@]{0,2}(?=["'`])/.exec(source.code.slice(at, at + 3))?.[0] ?? null;
  const span = prefix === null ? null : source.stringAt(at + prefix.length);
  return span !== null && prefix !== null && span.start === at + prefix.length ? span : null;
}

function joinerAt(source: SourceText, at: number): number | null {
  const { joiner } = source.language;
  joiner.lastIndex = at;
  return joiner.test(source.code) ? joiner.lastIndex : null;
}

function joinerEndingAt(source: SourceText, end: number): number | null {
  for (const length of [1, 2]) {
    if (joinerAt(source, end - length) === end) return end - length;
  }
  return null;
}

/**
 * Returns the start of an operator or opening call that ends at `end` and appends the text after it; null if there is
 * none.
 */
function appenderEndingAt(source: SourceText, end: number): number | null {
  for (let start = end - 2; start >= Math.max(0, end - LONGEST_APPENDER); start -= 1) {
    if (endOfAppender(source, start) === end) return start;
  }
  return null;
}

/** Returns the end of the appending call whose argument ends at `end`; `end` itself when there is no such call. */
function endOfAppendingCall(source: SourceText, end: number): number {
  if (source.language.appendingCall === null || source.code[end] !== ")") return end;
  const open = source.enclosureOf(end);
  return open !== null && appenderEndingAt(source, open.start + 1) !== null ? end + 1 : end;
}

function skipBlanks(source: SourceText, at: number): number {
  // Skips at most 1000 characters per match, because each repetition in a regular expression uses stack.
  const blanks = /(?:\s|\\\r?\n|`\r?\n){1,1000}/y;
  let end = at;
  blanks.lastIndex = at;
  while (blanks.test(source.code)) end = blanks.lastIndex;
  return end;
}

function skipBlanksBack(code: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(code[at - 1] ?? "")) at -= 1;
  return at;
}
