import type { PathSite } from "../read/path-site.ts";
import { API_ANCHOR, readPath } from "../read/path-text.ts";
import { classifyBase } from "../read/platform-context.ts";
import type { Argument } from "../text/argument.ts";
import { type Expression, sourceOffset } from "../text/expression.ts";

/** Matches an expression before a path that holds only the base of the address, judging by its name: `{baseUrl}`. */
const BASE =
  /^\$?\{[^}]{0,80}(?:base|host|root|api|url|uri|prefix|version|domain|server|v2)\w{0,20}(?:\(\))?\}(?=\/)/i;

/**
 * Returns the location of a path without its root, to which a helper adds text on both sides; null for other
 * text.
 */
export function completedSite(
  expression: Expression,
  argument: Pick<Argument, "start" | "end">,
  prefix: string,
  suffix: string,
): PathSite | null {
  const plain = expression.value.replace(BASE, "");
  if (!/^[\w/{$#<:%]/.test(plain) || /\s/.test(plain.replace(/\$\{[^}]*\}/g, ""))) return null;
  const rest = plain.startsWith("/") ? plain : `/${plain}`;
  const read = readPath(`${prefix}${rest}`, 0);
  const isWhole = read.end >= prefix.length + rest.length;
  const path = isWhole ? readPath(`${read.path}${suffix}`, 0).path : read.path;
  return {
    ...siteAt(expression, argument),
    path,
    isOpenEnded: suffix === "" && (read.hasTail || read.endsInSlash),
  };
}

/** Returns where a variable or function that holds a whole path is used; null when the path belongs to another host. */
export function siteOfValue(expression: Expression): PathSite | null {
  const { value } = expression;
  const anchor = new RegExp(API_ANCHOR.source).exec(value);
  if (anchor === null) return null;
  const { kind } = classifyBase(value.slice(0, anchor.index));
  if (kind === "foreign" || kind === "wrong") return null;
  const { path, hasTail, endsInSlash } = readPath(value, anchor.index);
  return { ...siteAt(expression, expression), path, isOpenEnded: hasTail || endsInSlash };
}

function siteAt(
  expression: Expression,
  { start, end }: Pick<Argument, "start" | "end">,
): Omit<PathSite, "path" | "isOpenEnded"> {
  const offset = Math.max(start, sourceOffset(expression, 0));
  const isInside = offset >= start && offset <= end;
  return {
    offset: isInside ? offset : start,
    pathEnd: end,
    start,
    end,
    before: "",
    after: "",
    whole: expression.value,
    base: "",
    isComment: false,
  };
}
