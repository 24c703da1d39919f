import { methodAround } from "../method/find-method.ts";
import type { MethodEvidence } from "../method/method-evidence.ts";
import { readExpressionOf } from "../read/find-expressions.ts";
import type { PathSite } from "../read/path-site.ts";
import type { Expression } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import { calleeBefore } from "../text/operand.ts";
import type { SourceText } from "../text/source-text.ts";
import type { NamedValue } from "./named-value.ts";
import { completedSite, siteOfValue } from "./reached-site.ts";
import { fillNamed } from "./resolve-values.ts";
import type { ValueTable } from "./value-table.ts";

/** A path that the code sends by a name that is defined elsewhere. */
export interface ReferenceSite {
  readonly site: PathSite;
  readonly evidence: MethodEvidence;
  /** Start of the value in this file; negative when another file contains it. */
  readonly valueAt: number;
  /** Keys of the named paths in the path. */
  readonly definitions: readonly string[];
}

/** The uses of named paths in a file. */
export interface References {
  readonly sites: readonly ReferenceSite[];
  /** Whole paths that are passed to a function whose HTTP method is unknown. */
  readonly unclear: readonly { readonly start: number; readonly definitions: readonly string[] }[];
}

const NAME = /(?<![\w-])[A-Za-z_]\w*/g;
const MOST_SITES = 5_000;
const FORMAT = ".format(";
/** Matches functions that print or compare their argument. */
const SENDS_NOTHING =
  /(?:log|print\w*|puts|echo|warn|info|error|debug|assert\w*|expect|equals?|includes|contains|starts_?with|ends_?with|match(?:es)?|test)$/i;
/** Matches code that gives the name a value or defines a function of that name. */
const DEFINED = /^\s*(?::\s*[\w.<>[\]]+\s*)?(?::?=(?!=)|:(?!:))/;

/**
 * Finds the requests whose path is a name or function that another file defines, or a name whose value is a path
 * without its root. The latter count only where a client adds the root (`isRelative`).
 */
export function findReferences(
  source: SourceText,
  values: { readonly table: ValueTable; readonly own: readonly NamedValue[] },
  resolve: Resolve,
  isRelative: boolean,
): References {
  if (source.language.mode !== "code") return { sites: [], unclear: [] };
  const own = new Set(values.own.map(({ name }) => name));
  const found = new Map<number, ReferenceSite>();
  const unclear: { start: number; definitions: readonly string[] }[] = [];
  // Without a client that adds the root, only whole paths of other files count.
  const isOfInterest = (name: string): boolean =>
    isRelative ? own.has(name) || values.table.has(name) : !own.has(name) && values.table.mayBeWhole(name);
  let readTo = 0;
  for (const { index, 0: name } of source.text.matchAll(NAME)) {
    if (index < readTo || !isOfInterest(name)) continue;
    if (found.size >= MOST_SITES) break;
    if (/[\w)\]]\[:?$/.test(source.code.slice(Math.max(0, index - 3), index))) continue;
    if (DEFINED.test(source.code.slice(index + name.length, index + name.length + 60))) continue;
    const expression = filledBehind(source, readExpressionOf(source, name, index, resolve));
    // Skips the other names in the same expression, which has been read as a whole.
    if (expression !== null) readTo = Math.max(readTo, expression.end);
    if (expression === null || found.has(expression.start) || expression.start > index) continue;
    const hasValue = expression.pieces.some(
      ({ isLiteral, text }) => !isLiteral && /^(?:\/|[a-z]|https?:)/.test(text),
    );
    if (!hasValue) continue;
    const isWhole = /api\/v\d/.test(expression.value);
    // A whole path that this file itself names is found with the paths of the file, so it is not reported again.
    if (isWhole ? own.has(name) : !isRelative) continue;
    const site = isWhole ? siteOfValue(expression) : completedSite(expression, expression, "/api/v2", "");
    const evidence = site === null ? null : methodAround(source, expression.start, expression.end);
    const valueAt = expression.pieces.find(({ namedAt }) => namedAt !== null)?.namedAt ?? -1;
    const definitions = definitionsIn(expression);
    if (site !== null && evidence?.isCertain === true) {
      found.set(expression.start, { site, evidence, valueAt, definitions });
    } else if (isWhole && isArgument(source, expression.start)) {
      unclear.push({ start: expression.start, definitions });
    }
  }
  return { sites: [...found.values()], unclear };
}

/** Returns the keys of the named paths in an expression. */
export function definitionsIn({ pieces }: Expression): readonly string[] {
  return pieces.flatMap(({ definition }) => definition ?? []);
}

/** Returns whether the code passes the expression to a function that may send a request. */
function isArgument(source: SourceText, start: number): boolean {
  const enclosure = source.enclosureOf(start);
  return enclosure?.open === "(" && !SENDS_NOTHING.test(calleeBefore(source, enclosure.start));
}

/** Fills the placeholders of a constant with the words that the `format` call after it receives by name. */
function filledBehind(source: SourceText, expression: Expression | null): Expression | null {
  if (expression === null || !source.code.startsWith(FORMAT, expression.end)) return expression;
  const end = source.closerOf(expression.end + FORMAT.length - 1);
  return { ...expression, value: fillNamed(expression.value, source.text.slice(expression.end, end + 1)) };
}
