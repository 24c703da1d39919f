import { type Expression, pieceAt, readExpression, readNamed, sourceOffset } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { assignedBy, Constants, holdsEverywhere } from "./constants.ts";
import type { PathSite } from "./path-site.ts";
import { API_ANCHOR, readPath } from "./path-text.ts";
import { findWordSites } from "./word-sites.ts";

/** Maximum depth of names that refer to names of paths. */
const MOST_ROUNDS = 3;
const AFTER = 3;
const LONGEST_BASE = 300;
/** Length of the longest text of a name, so that repeated appending takes linear time. */
const LONGEST_VALUE = 1000;
/** Number of characters of a long string around a path that belong to it. */
const REACH = 2000;
/** Matches a field in which entities of the platform carry their own address: data, not a call. */
const LINK_OF_ENTITY = /\b(?:self|next|previous|first|last|page)_?uri["']?\s*(?::|=>?)\s*$/i;
const NAME = /(?<!\w)[A-Za-z_]\w*/g;
const WORTH_A_NAME = /^https?:\/\/|api\/v\d|purecloud|pure\.cloud/;
/** Matches what separates a path from other words of the same string. */
const BASE = /(?:\$?\{\{?[^{}\n]*\}\}?|#\{[^}\n]*\}|<[^<>\n]*>|[^\s"'`(|,<>{}])*$/;

/**
 * Places of a source text that contain a path of the API, and the names that refer to the root of the API.
 */
export interface PathSites {
  readonly sites: readonly PathSite[];
  /** Whether a name refers to the root alone; a client with that base takes paths without the root. */
  readonly hasRoot: boolean;
  /** Starts of the expressions to which others append more of a path. */
  readonly extended: ReadonlySet<number>;
}

/**
 * Finds the paths of a source text: in strings, across joined and formatted ones, in plain text and in
 * comments.
 */
export function findPathSites(source: SourceText): PathSites {
  const comments = source.comments.flatMap(({ start, end }) => findWordSites(source, start, end, true).sites);
  if (source.language.mode !== "code") {
    const isProse = source.language.mode === "prose";
    const { sites, extended } = findWordSites(source, 0, source.text.length, isProse);
    return {
      sites: [...sites.filter(({ offset }) => source.commentAt(offset) === null), ...comments],
      hasRoot: false,
      extended,
    };
  }
  const expressions = findExpressions(source);
  const sites = expressions.flatMap((expression) => sitesOfExpression(source, expression));
  const plain = findWordSites(source, 0, source.text.length, false).sites.filter(
    ({ offset }) => source.stringAt(offset) === null && source.commentAt(offset) === null,
  );
  return {
    sites: [...sites, ...plain, ...comments],
    hasRoot: expressions.some(({ value }) => /api\/v2\/?$/.test(value)),
    extended: new Set(
      expressions
        .filter((expression) => sitesOfExpression(source, expression).length > 0)
        .flatMap(({ pieces }) => pieces.flatMap(({ namedAt }) => namedAt ?? [])),
    ),
  };
}

function findExpressions(source: SourceText): readonly Expression[] {
  const constants = new Constants();
  const resolve: Resolve = (expression, offset) => constants.resolve(expression, offset);
  const worthy = source.strings.filter((span) => WORTH_A_NAME.test(contentOf(source, span)));
  let found: readonly Expression[] = [];
  for (let round = 0, known = -1; round < MOST_ROUNDS && constants.size !== known; round += 1) {
    known = constants.size;
    const direct = readAll(source, worthy, resolve);
    for (const expression of direct) nameExpression(source, expression, constants);
    found = withoutDuplicates([...direct, ...expressionsOfNames(source, constants, resolve)]);
  }
  return found;
}

/** Yields each expression once, even when several of its strings contain a path. */
function readAll(source: SourceText, spans: readonly Span[], resolve: Resolve): readonly Expression[] {
  const found: Expression[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last === undefined || span.start >= last.end) found.push(readExpression(source, span, resolve));
  }
  return found;
}

/** Yields the expressions that contain a name of the root of the API. */
function expressionsOfNames(
  source: SourceText,
  constants: Constants,
  resolve: Resolve,
): readonly Expression[] {
  const names = constants.rootNames();
  if (names.size === 0) return [];
  // Named immediately, because a later statement may append to what this one assigns.
  const named = (expression: Expression): Expression => {
    nameExpression(source, expression, constants);
    return expression;
  };
  return Array.from(source.text.matchAll(NAME)).flatMap((match): Expression[] => {
    if (!names.has(match[0])) return [];
    const string = source.stringAt(match.index);
    if (string !== null) {
      return isHole(source.text, match.index) ? [named(readExpression(source, string, resolve))] : [];
    }
    if (source.commentAt(match.index) !== null) return [];
    const formatted = stringFormattedWith(source, match.index);
    if (formatted !== null) return [named(readExpression(source, formatted, resolve))];
    const end = match.index + match[0].length;
    const receivers = /[\w$.>:?@-]*$/.exec(source.code.slice(Math.max(0, match.index - 60), match.index));
    const expression = readNamed(source, match.index - (receivers?.[0].length ?? 0), end, resolve);
    // A name alone uses the path of another place and does not count as a place.
    if (expression.pieces.length < 2) return [];
    return [named(expression)];
  });
}

function stringFormattedWith(source: SourceText, offset: number): Span | null {
  const enclosure = source.enclosureOf(offset);
  const before = source.code.slice(Math.max(0, offset - 200), offset);
  const modulo = /(["'])\s*%\s*\(?\s*$/.exec(before);
  if (modulo !== null) return source.stringAt(offset - before.length + modulo.index);
  if (enclosure === null || enclosure.open !== "(") return null;
  const callee = source.code.slice(Math.max(0, enclosure.start - 40), enclosure.start);
  const ofString = /(["'])\s*\.(?:format|formatted)\s*$/.exec(callee);
  if (ofString !== null) return source.stringAt(enclosure.start - callee.length + ofString.index);
  return /(?:printf|format!?|Format)\s*$/.test(callee)
    ? (source.strings.find(({ start, end }) => start > enclosure.start && end < offset) ?? null)
    : null;
}

function sitesOfExpression(source: SourceText, expression: Expression): readonly PathSite[] {
  const { value } = expression;
  const before = source.text.slice(Math.max(0, expression.start - 40), expression.start);
  if (LINK_OF_ENTITY.test(before)) return [];
  let pathEnd = 0;
  return Array.from(value.matchAll(API_ANCHOR)).flatMap((match): PathSite[] => {
    // A root within a path belongs to that path.
    if (match.index < pathEnd) return [];
    const { path, end, endsInSlash, hasTail } = readPath(value, match.index);
    pathEnd = end;
    if (/^\/api\/v2$/.test(path)) return [];
    const base = value.slice(Math.max(0, match.index - REACH), match.index);
    const offset = placeOfPath(expression, match.index, end, hasTail);
    if (offset === null) return [];
    return [
      {
        offset,
        pathEnd: sourceOffset(expression, end - 1) + 1,
        start: expression.start,
        end: expression.end,
        path,
        before: base,
        after: value.slice(end, end + AFTER),
        whole: base + value.slice(match.index, end + REACH),
        base: BASE.exec(base.slice(-LONGEST_BASE))?.[0] ?? "",
        isComment: false,
        isOpenEnded: hasTail || endsInSlash,
      },
    ];
  });
}

/**
 * Returns the start of the path in the expression's own text, because its root may be elsewhere; null when
 * the whole path is.
 */
function placeOfPath(expression: Expression, index: number, end: number, hasTail: boolean): number | null {
  const { pieces, pieceStarts } = expression;
  for (let position = pieceAt(expression, index); position < pieces.length; position += 1) {
    const piece = pieces[position];
    const at = pieceStarts[position] ?? 0;
    if (piece === undefined || at >= end) return null;
    const from = Math.max(at, index);
    const isOfPath = from < Math.min(at + piece.text.length, end) && piece.namedAt === null;
    if (isOfPath && (piece.isLiteral || !hasTail)) {
      return piece.isLiteral ? piece.offset + from - at : piece.offset;
    }
  }
  return null;
}

function nameExpression(source: SourceText, expression: Expression, constants: Constants): void {
  const assigned = assignedBy(source, expression.start);
  if (
    assigned === null ||
    !assigned.isDirect ||
    expression.value.length > LONGEST_VALUE ||
    /\s/.test(expression.value.replace(/\$\{[^}]{0,300}\}/g, ""))
  ) {
    return;
  }
  constants.add({
    name: assigned.name,
    value: expression.value,
    offset: expression.start,
    isMember: assigned.isMember,
    isWide: holdsEverywhere(source, expression.start, assigned),
  });
}

function withoutDuplicates(expressions: readonly Expression[]): readonly Expression[] {
  return [...new Map(expressions.map((expression) => [expression.start, expression])).values()];
}

function isHole(text: string, index: number): boolean {
  return /[{$(.>@]\s*$/.test(text.slice(Math.max(0, index - 12), index));
}

function contentOf(source: SourceText, span: Span): string {
  return source.text.slice(span.contentStart, span.contentEnd);
}
