import { type Expression, pieceAt, sourceOffset } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import type { SourceText } from "../text/source-text.ts";
import { findExpressions } from "./find-expressions.ts";
import type { PathSite } from "./path-site.ts";
import { API_ANCHOR, readPath } from "./path-text.ts";
import { findWordSites, rootsInWords } from "./word-sites.ts";

const AFTER = 3;
const NO_ROOTS: ReadonlyMap<string, string> = new Map();
const LONGEST_BASE = 300;
/** Number of characters to read on each side of a path in a long string. */
const REACH = 2000;
/**
 * Matches a field such as `selfUri`, in which the platform's entities contain an address. That is data and not a call.
 */
const LINK_OF_ENTITY = /\b(?:self|next|previous|first|last|page)_?uri["']?\s*(?::|=>?)\s*$/i;
/** Matches the text directly before a path in the same string, such as its scheme and host. */
const BASE = /(?:\$?\{\{?[^{}\n]*\}\}?|#\{[^}\n]*\}|<[^<>\n]*>|[^\s"'`(|,<>{}])*$/;

/**
 * The locations in source text that contain a path of the API, and the names that refer to the root of the API.
 */
export interface PathSites {
  readonly sites: readonly PathSite[];
  /** Whether a name refers to the root alone; a client with that base takes paths without the root. */
  readonly hasRoot: boolean;
  /** Starts of the expressions whose path other expressions extend. */
  readonly extended: ReadonlySet<number>;
  /** Returns the string assigned to a name. */
  readonly resolve: Resolve;
  /** Names that hold the root of the API in the whole file, with their values. */
  readonly roots: ReadonlyMap<string, string>;
}

/**
 * Finds the paths in source text: in strings (including concatenated and formatted ones), plain text and comments.
 */
export function findPathSites(
  source: SourceText,
  treeRoots: ReadonlyMap<string, string> = NO_ROOTS,
): PathSites {
  const comments = source.comments.flatMap(
    ({ start, end }) => findWordSites(source, { from: start, to: end, isComment: true }).sites,
  );
  const whole = { from: 0, to: source.text.length };
  if (source.language.mode !== "code") {
    const isProse = source.language.mode === "prose";
    const { sites, extended } = findWordSites(source, { ...whole, isComment: isProse, treeRoots });
    return {
      sites: [...sites.filter(({ offset }) => source.commentAt(offset) === null), ...comments],
      hasRoot: false,
      extended,
      resolve: () => null,
      roots: isProse ? NO_ROOTS : rootsInWords(source),
    };
  }
  const { expressions, constants, resolve } = findExpressions(source, treeRoots);
  const found = expressions.map((expression) => ({
    expression,
    sites: sitesOfExpression(source, expression),
  }));
  const isPlain = (offset: number): boolean =>
    source.stringAt(offset) === null && source.commentAt(offset) === null;
  const plain = findWordSites(source, { ...whole, isComment: false, isPlain }).sites;
  return {
    sites: [...found.flatMap(({ sites }) => sites), ...plain, ...comments],
    hasRoot: expressions.some(({ value }) => /api\/v2\/?$/.test(value)),
    extended: new Set(
      found
        .filter(({ sites }) => sites.length > 0)
        .flatMap(({ expression }) => expression.pieces.flatMap(({ namedAt }) => namedAt ?? [])),
    ),
    resolve,
    roots: constants.wideRoots(),
  };
}

function sitesOfExpression(source: SourceText, expression: Expression): readonly PathSite[] {
  const { value } = expression;
  const before = source.text.slice(Math.max(0, expression.start - 40), expression.start);
  if (LINK_OF_ENTITY.test(before)) return [];
  let pathEnd = 0;
  return Array.from(value.matchAll(API_ANCHOR)).flatMap((match): PathSite[] => {
    // `/api/v2` within a path does not begin another path.
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
 * Returns the offset at which the path starts inside this expression, because its root may be assigned elsewhere;
 * null when the whole path is elsewhere.
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
