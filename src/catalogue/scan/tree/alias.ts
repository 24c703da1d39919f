import { certain, methodOfArgument } from "../method/method-evidence.ts";
import { argumentsBetween } from "../text/argument.ts";
import type { SourceText } from "../text/source-text.ts";
import { boundHelpers, type Helper } from "./helper.ts";

/**
 * Matches a name for a function whose first arguments are bound: `put = send.bind(this, "PUT")`,
 * `put: partial(send, "PUT")`.
 */
const ALIAS =
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?::\s*[\w.<>[\], ]{1,40})?[:=]\s*(?:(?:[\w$]+\.)*([A-Za-z_$][\w$]*)\.(bind)\(|(?:[\w$]+\.)*partial(?:method)?\(\s*(?:[\w$]+\.)*([A-Za-z_]\w*)\s*,)/g;

/** Finds the names of functions whose first arguments are bound. */
export function findAliases(source: SourceText): readonly Helper[] {
  if (source.language.mode !== "code") return [];
  return Array.from(source.code.matchAll(ALIAS)).flatMap((match): readonly Helper[] => {
    const [whole, name = "", bound, isBind, partial] = match;
    const callee = bound ?? partial ?? "";
    const end = match.index + whole.length;
    const enclosure = source.enclosureOf(end);
    if (enclosure === null || enclosure.start < match.index) return [];
    const given = argumentsBetween(source, end, enclosure.end).slice(isBind === undefined ? 0 : 1);
    const method = given
      .map(({ start, end: last }) => methodOfArgument(source.text.slice(start, last)))
      .find((known) => known !== null);
    const evidence =
      method === undefined || method === null ? null : certain([method], `an argument bound to \`${name}\``);
    const count = given.filter((argument) => argument.name === null).length;
    return boundHelpers(name, source.file, evidence, (position) => ({
      callee,
      position: count + position,
      key: null,
    }));
  });
}
