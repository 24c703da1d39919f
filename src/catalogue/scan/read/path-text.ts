import { endOfHole } from "../text/quoted.ts";

/** A path as it appears in the source text. */
export interface PathText {
  /** Path, starting with `/api/v2`, with every placeholder as `{name}`, without query and trailing slash. */
  readonly path: string;
  /** End (exclusive) of the path in the text it was read from. */
  readonly end: number;
  /** Whether the path ended with a slash, so that text joined to it elsewhere belongs to it. */
  readonly endsInSlash: boolean;
  /** Whether a placeholder directly followed the last word. It may contain a query string or the rest of the path. */
  readonly hasTail: boolean;
}

/** Matches the beginning of an API path with any version number, so that paths with a wrong version are found too. */
export const API_ANCHOR = /(?<![\w.-])\/?api\/v\d+(?=$|[/"'`?#\s)\\,;}\]>|*&])/g;

const WORD = /[A-Za-z0-9._~\-@+*=!]+/y;
const FORMAT_VERB = /%(?:\(\w+\))?(?:\d+\$)?[-+ 0#]*(?:\.\d+)?[sdvqiu@](?![0-9A-Fa-f]{2})/y;
const PERCENT_NAME = /%(\w+)%/y;
const VARIABLE = /\$(?:this->)?([A-Za-z_][\w]*(?:(?:->|\.)\w+)*)/y;
const ANGLE = /<%?=?\s*([\w .-]+?)\s*%?>/y;
const COLON_NAME = /:([A-Za-z_]\w*)/y;
const OPENERS = ["${{", "$${", "${", "#{", "{{", "\\(", "$(", "{", "("] as const;
/** Matches functions around the name in a placeholder, which are not part of the name: `id.toString()`, `str(id)`. */
const WRAPPERS =
  /\b(?:encodeURIComponent|encodeURI|toString|to_string|to_s|trim|String|str|url|quote|escape|value|Value|text|ToString|urlencode|rawurlencode|PathEscape|QueryEscape|EscapeDataString|Uri)\b/g;

/**
 * Reads the path that begins at `start`, with placeholders of any notation, up to the first character that
 * can't belong to it.
 */
export function readPath(text: string, start: number): PathText {
  let path = text[start] === "/" ? "" : "/";
  let at = start;
  while (at < text.length) {
    const placeholder = placeholderAt(text, at, path.endsWith("/"));
    if (placeholder !== null) {
      // The expression may be a quoted word: `${"purecloud"}`.
      const quoted = /^[$#]?\{\s*(["'`])([\w-]+)\1\s*\}$/.exec(text.slice(at, placeholder.end))?.[2];
      path += quoted ?? `{${placeholder.name}}`;
      at = placeholder.end;
      continue;
    }
    if (text[at] === "/") {
      path += "/";
      at += 1;
      continue;
    }
    const word = matchAt(WORD, text, at);
    if (word === null) break;
    path += word[0];
    at += word[0].length;
  }
  return { ...tidyPath(path), end: at, endsInSlash: path.endsWith("/") };
}

/** Returns the placeholder at `at` with its most readable name; null if absent. */
export function placeholderAt(
  text: string,
  at: number,
  isSegmentStart: boolean,
): { readonly name: string; readonly end: number } | null {
  const character = text[at] ?? "";
  if (character === "%") {
    const verb = matchAt(FORMAT_VERB, text, at);
    if (verb !== null) return { name: /\((\w+)\)/.exec(verb[0])?.[1] ?? "id", end: at + verb[0].length };
    return named(matchAt(PERCENT_NAME, text, at), at);
  }
  if (character === "<") return named(matchAt(ANGLE, text, at), at);
  if (character === ":") return isSegmentStart ? named(matchAt(COLON_NAME, text, at), at) : null;
  const opener = OPENERS.find((known) => text.startsWith(known, at));
  if (opener !== undefined && opener !== "(") {
    const open = at + opener.length - 1 - (opener === "{{" || opener === "${{" ? 1 : 0);
    const end = endOfHole(text, open);
    return end === null ? null : { name: placeholderName(text.slice(open + 1, end - 1)), end };
  }
  return character === "$" ? named(matchAt(VARIABLE, text, at), at) : null;
}

/** Returns the last identifier of an expression, ignoring functions that wrap the value. */
export function placeholderName(expression: string): string {
  const plain = expression.replace(/\[[^[\]]*\]$/, "").replace(WRAPPERS, " ");
  const names = plain.match(/[A-Za-z_]\w*/g) ?? [];
  return names.at(-1) ?? "id";
}

function named(
  match: RegExpExecArray | null,
  at: number,
): { readonly name: string; readonly end: number } | null {
  return match === null ? null : { name: placeholderName(match[1] ?? ""), end: at + match[0].length };
}

function tidyPath(text: string): { readonly path: string; readonly hasTail: boolean } {
  let path = text
    .replace(/(?<![.:,!*])[.:,!*]+$/, (marks) => (marks === "*" ? marks : ""))
    .replace(/(?<=[^/])\/+$/, "");
  // One segment may consist of two placeholders, or of a placeholder and a few letters; the first placeholder is kept.
  path = path.replace(/(?<=\/)(\{\w*\})[^/]+/g, "$1");
  const stem = /(\/[\w.-]+)\{\w*\}$/.exec(path);
  if (stem === null) return { path, hasTail: false };
  return { path: path.slice(0, stem.index + (stem[1]?.length ?? 0)), hasTail: true };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
