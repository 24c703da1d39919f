import { readExpression, sourceOffset } from "../text/expression.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { listedName } from "./endpoint-list.ts";
import type { PathSite } from "./path-site.ts";
import { readPath } from "./path-text.ts";
import type { ScanIndex } from "./scan-index.ts";

/** Matches a name or expression that holds a base URL, followed by a path without the API's root. */
const REST = /^((?:\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|\$\w+|\\\([^)]*\))?)(\/?)(?=([a-z]+)(?:[/?"'`$#{]|$))/;
/** Matches calls that take a relative address, so that even a single word is a path: `new RestRequest("users")`. */
const TAKES_RELATIVE =
  /(?:RestRequest|@(?:GET|POST|PUT|PATCH|DELETE|HEAD|Get|Post|Put|Patch|Delete)|\.(?:Get|Post|Put|Patch|Delete)(?:String|Stream|ByteArray|FromJson|AsJson)?Async(?:<[\w<>, ?[\]]*>)?|HttpRequestMessage\s*\(\s*HttpMethod\.\w+\s*,)\s*\(?\s*\$?$/;
/** Matches calls that send a request through a client, so that even a single word is a path: `$http->get("users")`. */
const SENT_BY_CLIENT =
  /(?:(?<!redis|cache|kv)client|http|\bapi|rest|axios|guzzle|conn(?:ection)?|genesys|purecloud)\w*(?:\(\))?\s*(?:\?\.|\.|->|::)\s*(?:(?:get|post|put|patch|delete|head)(?:_?async)?\s*\(|request(?:_?async)?\s*\(\s*["'](?:GET|POST|PUT|PATCH|DELETE|HEAD)["']\s*,)\s*$/i;
/** Matches calls whose argument is a path: `web.get().uri("/users")`, `uri -> uri.path("/users")`. */
const TAKES_PATH = /\.(?:uri|path|fromPath|fromUriString|replacePath|appendPath)\(\s*$/;
/** Matches an assignment to a name for an address: `var url = `. */
const ASSIGNS_ADDRESS = /\b\w*(?:url|uri|path|endpoint)\s*(?::\s*[\w.]+\s*)?:?=\s*[$@fFrR]{0,2}$/i;

/** Matches a receiver or function whose name suggests an HTTP client. */
const SENDS =
  /(?:client|http|api|rest|axios|fetch|session|conn(?:ection)?|request|genesys|purecloud|resty|\bR\(\))\w*\s*(?:<[\w<>, ]*>)?[\s\S]{0,120}\(\s*[^()]*$/i;

/** A path without the root of the API. */
export interface RootlessSite extends PathSite {
  /** Name of the constant with the path in a list of endpoints; null for a path that is used directly. */
  readonly listedAs: string | null;
}

/**
 * Finds paths whose root `/api/v2` is elsewhere: it is the base of a client (`hasRoot`), or another file
 * assigns it to a name. Returns only paths of operations, because most strings of this form are something else.
 */
export function findRootlessSites(
  source: SourceText,
  hasRoot: boolean,
  index: ScanIndex,
): readonly RootlessSite[] {
  if (source.language.mode !== "code") return [];
  return source.strings.flatMap((span) => {
    const word = REST.exec(source.text.slice(span.contentStart, span.contentStart + 200))?.[3];
    return word !== undefined && index.isRootWord(word) ? siteOf(source, span, hasRoot, index) : [];
  });
}

function siteOf(source: SourceText, span: Span, hasRoot: boolean, index: ScanIndex): readonly RootlessSite[] {
  const expression = readExpression(source, span, () => null);
  const match = REST.exec(expression.value);
  if (match === null || /api\/v\d|\s/.test(expression.value)) return [];
  const [whole, base = "", slash] = match;
  const isRelative = base === "";
  if (isRelative && !hasRoot) return [];
  if (!isRelative && slash === "") return [];
  const read = readPath(expression.value, whole.length);
  const path = `/api/v2${read.path}`;
  const listedAs = isRelative ? listedName(source, span.start) : null;
  if (isRelative && listedAs === null && !isRequestPath(source, span)) return [];
  const isLone = isRelative && listedAs === null && slash === "" && !read.path.slice(1).includes("/");
  if (isLone && !takesWord(source, span)) return [];
  if (!isOperationPath(path, index)) return [];
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
      listedAs,
    },
  ];
}

/** Returns whether the call around the string takes a path, so that the string is one even if it is a single word. */
function takesWord(source: SourceText, span: Span): boolean {
  const from = Math.max(0, span.start - 60);
  // The code has no contents of strings, such as the HTTP method in `request("GET", "users")`.
  return (
    TAKES_RELATIVE.test(source.code.slice(from, span.start)) ||
    SENT_BY_CLIENT.test(source.text.slice(from, span.start))
  );
}

/**
 * Returns whether the code sends the string in a request or assigns it to a name such as `url`. Other strings, such as
 * keys of maps, may have nothing to do with the API.
 */
function isRequestPath(source: SourceText, span: Span): boolean {
  const before = source.code.slice(Math.max(0, span.start - 160), span.start);
  return (
    TAKES_RELATIVE.test(before) ||
    TAKES_PATH.test(before) ||
    ASSIGNS_ADDRESS.test(before) ||
    SENDS.test(before.slice(before.lastIndexOf(";") + 1))
  );
}

/** Returns whether the path matches a current or removed operation. A word never matches an id. */
export function isOperationPath(path: string, index: ScanIndex): boolean {
  const parts = path.split("/");
  const { catalogue } = index;
  const [operation] = [...catalogue.findByPath(path), ...catalogue.findRemoved(path)];
  return (
    operation?.path
      .split("/")
      .every(
        (segment, at) => segment === parts[at] || (segment.startsWith("{") && /[{\d]/.test(parts[at] ?? "")),
      ) === true
  );
}
