import type { PathSite } from "../read/path-site.ts";
import type { SourceText } from "../text/source-text.ts";
import { isAnswered } from "./answered-path.ts";
import { methodOfCall } from "./call-method.ts";
import { methodBefore, methodOfCommand } from "./command-method.ts";
import { methodOfMapping, methodsOfDescription } from "./document-method.ts";
import { certain, type MethodEvidence, methodOfArgument } from "./method-evidence.ts";
import { methodOfUses } from "./variable-method.ts";

/** Returns the HTTP method that the code specifies for a path, nearest evidence first; null if absent. */
export function findMethod(source: SourceText, site: PathSite): MethodEvidence | null {
  const described = methodsOfDescription(source, site.pathEnd);
  if (described !== null) return described;
  const before = methodBefore(site.before);
  if (before !== null) return before;
  const { mode } = source.language;
  if (site.isComment || mode === "prose") return onLine(source, site.offset);
  if (mode === "lines") {
    return (
      methodOfMapping(source, site.offset) ??
      onLine(source, site.offset) ??
      methodOfRequestLine(source, site) ??
      methodOfUses(source, site.start, site.end)
    );
  }
  return (
    methodOfSender(source, site.start) ??
    methodOfCall(source, site.start, site.end) ??
    (/\b(?:curl|wget)\s/.test(site.before) ? methodOfCommand(site.whole, site.before.length) : null) ??
    onLine(source, site.offset) ??
    methodOfUses(source, site.start, site.end)
  );
}

/** Returns GET for an address alone on a line of an HTTP file, because the method is optional there. */
function methodOfRequestLine(source: SourceText, { start, base }: PathSite): MethodEvidence | null {
  const isRequest = /\.(?:http|rest)$/i.test(source.file) && base !== "";
  const before = source.text.slice(source.lineStartOf(start), start);
  return isRequest && before.trim() === "" ? certain(["GET"], "a request line without a method") : null;
}

/** Matches a call with one argument that returns the function to which the path is passed: `call("GET")`. */
const SENDER = /[\w$]\(\s*(["'`][A-Za-z]{3,6}["'`])\s*\)\s*$/;
const LONGEST_SENDER = 40;

/**
 * Returns the HTTP method that is passed to a call which returns the sending function: `call("GET")("/api/v2/users")`.
 */
function methodOfSender(source: SourceText, start: number): MethodEvidence | null {
  const enclosure = source.enclosureOf(start);
  if (enclosure?.open !== "(") return null;
  const before = source.text.slice(Math.max(0, enclosure.start - LONGEST_SENDER), enclosure.start);
  const method = methodOfArgument(SENDER.exec(before)?.[1] ?? "");
  return method === null ? null : certain([method], "an argument of the call that returns the function");
}

/**
 * Returns the HTTP method that the code around an expression specifies, even if the expression itself is not a path.
 */
export function methodAround(source: SourceText, start: number, end: number): MethodEvidence | null {
  return methodHere(source, start, end) ?? methodOfUses(source, start, end);
}

/** Returns the HTTP method that the call or line around an expression specifies. Does not follow variables. */
export function methodHere(source: SourceText, start: number, end: number): MethodEvidence | null {
  return methodOfCall(source, start, end) ?? onLine(source, start);
}

/** Matches functions and operators that compare a string, so that a path in it is not called. */
const COMPARES =
  /(?:\b(?:contains?|includes|starts_?with|ends_?with|index_?of|match(?:es)?|has_?prefix|equals|toContain|toBe|toEqual|toMatch|toHaveBeenCalledWith|assert\w*|expect\w*)\s*\(\s*|[!=]==?\s*|\s-(?:match|notmatch|like|notlike|[ic]?eq|[ic]?ne|contains|be(?:like)?(?:exactly)?)\s+)$/i;
/** Matches words of prose before a path, or before the HTTP method that precedes the path. */
const SENTENCE =
  /(?<![a-z])(?:[a-z]{2,}|e\.g\.|i\.e\.)[,:]? [("'`]?(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD) )?$/;

/** Matches characters that continue a regular expression where a path would end. */
const PATTERN = /^(?:\(\?|\[\^|\[\\|\(\[|\(\\|\(\.|\\[wdS])/;

/** Returns whether a regular expression continues where the path seems to end. */
export function isPattern({ after }: PathSite): boolean {
  return PATTERN.test(after);
}

/**
 * Returns whether the code only mentions the path in a string and does not call it: in a sentence, in a comparison, or
 * as a route that it serves.
 */
export function isOnlyMentioned(source: SourceText, { start, before, base }: PathSite): boolean {
  if (base === "" && SENTENCE.test(before) && !/\b(?:curl|wget)\s/.test(before)) return true;
  return COMPARES.test(source.code.slice(Math.max(0, start - 40), start)) || isAnswered(source, start);
}

function onLine(source: SourceText, offset: number): MethodEvidence | null {
  const { start, end } = source.commandAt(offset);
  return methodOfCommand(source.text.slice(start, end), offset - start);
}
