import { readExpression, sourceOffset } from "../text/expression.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { PathSite } from "./path-site.ts";
import { readPath } from "./path-text.ts";
import type { ScanIndex } from "./scan-index.ts";

/** A base that a name or expression stands for, and behind it a path without the API's root. */
const REST = /^((?:\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|\$\w+|\\\([^)]*\))?)(\/?)(?=([a-z]+)(?:[/?"'`$#{]|$))/;
/** Requests whose address is completed by the client that sends them, so that a lone word is a path. */
const TAKES_RELATIVE =
  /(?:RestRequest|@(?:GET|POST|PUT|PATCH|DELETE|HEAD|Get|Post|Put|Patch|Delete))\s*\(\s*$/;

/** A receiver or function whose name says that it talks to a server. */
const SENDS =
  /(?:client|http|api|rest|axios|fetch|session|conn(?:ection)?|request|genesys|purecloud|resty|\bR\(\))\w*\s*(?:<[\w<>, ]*>)?[\s\S]{0,120}\(\s*[^()]*$/i;

/**
 * Paths whose root `/api/v2` stands elsewhere: given to a client as its base (`hasRoot`), or under a name that
 * another file gives a text. Only paths that are operations, for most strings of this form are something else.
 */
export function findRootlessSites(
  source: SourceText,
  hasRoot: boolean,
  index: ScanIndex,
): readonly PathSite[] {
  if (source.language.mode !== "code") return [];
  return source.strings.flatMap((span) => {
    const word = REST.exec(source.text.slice(span.contentStart, span.contentStart + 200))?.[3];
    return word !== undefined && index.isRootWord(word) ? siteOf(source, span, hasRoot, index) : [];
  });
}

function siteOf(source: SourceText, span: Span, hasRoot: boolean, index: ScanIndex): readonly PathSite[] {
  const expression = readExpression(source, span, () => null);
  const match = REST.exec(expression.value);
  if (match === null || /api\/v\d|\s/.test(expression.value)) return [];
  const [whole, base = "", slash] = match;
  const isRelative = base === "";
  if (isRelative && !hasRoot) return [];
  if (!isRelative && slash === "") return [];
  const read = readPath(expression.value, whole.length);
  const path = `/api/v2${read.path}`;
  if (isRelative && !isAsked(source, span)) return [];
  const isLone = isRelative && slash === "" && !read.path.slice(1).includes("/");
  if (isLone && !TAKES_RELATIVE.test(source.code.slice(Math.max(0, span.start - 60), span.start))) return [];
  if (!isOperation(path, index)) return [];
  return [
    {
      offset: sourceOffset(expression, whole.length),
      pathEnd: sourceOffset(expression, read.end - 1) + 1,
      start: expression.start,
      end: expression.end,
      path,
      before: base,
      after: "",
      whole: expression.value,
      base: "",
      isComment: false,
      isOpenEnded: read.hasTail || read.endsInSlash,
    },
  ];
}

/** Whether the string is given to something that sends requests, rather than to a map or a list. */
function isAsked(source: SourceText, span: Span): boolean {
  const before = source.code.slice(Math.max(0, span.start - 160), span.start);
  return TAKES_RELATIVE.test(before) || SENDS.test(before.slice(before.lastIndexOf(";") + 1));
}

/** Every word of the path is one of the operation's: none is taken for an id. */
function isOperation(path: string, index: ScanIndex): boolean {
  const parts = path.split("/");
  const [operation] = index.catalogue.findByPath(path);
  return (
    operation?.path
      .split("/")
      .every(
        (segment, at) => segment === parts[at] || (segment.startsWith("{") && /[{\d]/.test(parts[at] ?? "")),
      ) === true
  );
}
