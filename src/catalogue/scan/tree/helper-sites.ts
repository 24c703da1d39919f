import { certain, likely, type MethodEvidence, methodOfArgument } from "../method/method-evidence.ts";
import type { PathSite } from "../read/path-site.ts";
import { type Argument, argumentsBetween, argumentsOf } from "../text/argument.ts";
import type { Parameter } from "../text/definition.ts";
import type { Expression } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import type { SourceText } from "../text/source-text.ts";
import { evaluate } from "./evaluate.ts";
import type { LinkedHelper } from "./link-helpers.ts";
import { completedSite, siteOfValue } from "./reached-site.ts";
import { definitionsIn } from "./reference-sites.ts";
import { methodOfTrailingBlock } from "./trailing-block.ts";
import type { TreeFacts } from "./tree-facts.ts";
import { directoryOf, stemOf } from "./value-table.ts";

/** A path that a helper completes, or that is joined from the values of names. */
export interface HelperSite {
  readonly site: PathSite;
  readonly evidence: MethodEvidence | null;
  /** Keys of the named paths in the path. */
  readonly definitions: readonly string[];
}

/** The facts that the helpers of a tree add to the calls in one file. */
export interface HelperCalls {
  /** Paths that a helper or another name completes, each with the HTTP method that the code sends. */
  readonly sites: readonly HelperSite[];
  /** HTTP methods of calls whose argument is a whole path, by the start of the path's expression. */
  readonly methods: ReadonlyMap<number, MethodEvidence>;
  /** Starts of the values in this file that are passed to helpers. */
  readonly used: ReadonlySet<number>;
}

const NAME = /(?<![\w-])[A-Za-z_][\w-]*/g;
const DEFINES =
  /(?:function\*?|def|func|fun|fn|sub)[ \t]+(?:<[^<>()]{0,80}>\s*)?(?:\([^()]{0,160}\)[ \t]*)?(?:self\.)?$/i;
/**
 * Matches names that many libraries use. A helper with such a name is recognized only in files that are linked to its
 * file.
 */
const GENERIC =
  /^(?:get|post|put|patch|delete|del|head|request|_request|send|fetch|call|execute|query|load|invoke|do|run|make_?request)$/i;
/** Matches receivers that store values and send no requests. */
const KEEPS_VALUES =
  /(?:cache|map|store|storage|params|headers?|session|redis|config|settings|dict|query|args|env|router|app|server)\s*(?:\.|->|::)$/i;
/** Matches the beginning of a call that binds arguments of the function named next: `partial(`. */
const BINDS = /\bpartial(?:method)?\(\s*(?:[\w$]+\.)*$/;
/** Matches an object of options, with the name of its type. */
const OBJECT = /^&?(?:new\s+)?[\w.]*\s*[{(]/;
const MOST_CALLS = 5_000;

export function findHelperCalls(source: SourceText, { helpers }: TreeFacts, resolve: Resolve): HelperCalls {
  const sites: HelperSite[] = [];
  const methods = new Map<number, MethodEvidence>();
  const used = new Set<number>();
  const calls = { sites, methods, used };
  if (helpers.size === 0 || source.language.mode === "prose") return calls;
  let count = 0;
  for (const { index, 0: name } of source.code.matchAll(NAME)) {
    const known = (source.code[index - 1] === "$" ? helpers.get(`$${name}`) : undefined) ?? helpers.get(name);
    if (known === undefined || DEFINES.test(source.code.slice(Math.max(0, index - 200), index))) continue;
    if (KEEPS_VALUES.test(source.code.slice(Math.max(0, index - 40), index))) continue;
    if (source.language.mode === "lines" && source.commentAt(index) !== null) continue;
    const given = argumentsAt(source, index, name);
    const helper = given === null ? null : chooseHelper(source, known, given);
    if (helper === null || given === null) continue;
    if (++count > MOST_CALLS) break;
    const argument = argumentFor(source, given, helper.path);
    const expression = argument === null ? null : evaluate(source, argument, resolve);
    if (argument === null || expression === null) continue;
    const evidence = methodOfTrailingBlock(source, index) ?? methodOf(source, helper, given);
    const definitions = definitionsIn(expression);
    if (/api\/v\d/.test(expression.value)) {
      const site = siteOfValue(expression);
      const isLiteral = expression.pieces.some(({ text, isLiteral: own }) => own && /api\/v\d/.test(text));
      if (evidence !== null) methods.set(expression.start, evidence);
      if (site !== null && !isLiteral) {
        sites.push({ site, evidence, definitions });
        addUsed(expression, used);
      }
    } else if (helper.prefix !== null || helper.isBased) {
      const site = completedSite(expression, argument, helper.prefix ?? "/api/v2", helper.suffix);
      if (site !== null) sites.push({ site, evidence, definitions });
    }
  }
  return calls;
}

function addUsed({ pieces }: Expression, used: Set<number>): void {
  for (const { namedAt } of pieces) {
    if (namedAt !== null && namedAt >= 0) used.add(namedAt);
  }
}

/** Returns the arguments of a call to the name at `index`, or those that the code binds to it for a later call. */
function argumentsAt(source: SourceText, index: number, name: string): readonly Argument[] | null {
  const end = index + name.length;
  if (BINDS.test(source.code.slice(Math.max(0, index - 60), index))) {
    const comma = /^\s*,/.exec(source.code.slice(end, end + 20));
    const enclosure = source.enclosureOf(index);
    return comma === null || enclosure === null
      ? null
      : argumentsBetween(source, end + comma[0].length, enclosure.end);
  }
  return argumentsOf(source, end);
}

/**
 * Returns the helper that a file calls; null when several candidates differ, or when the name may refer to something
 * else.
 */
function chooseHelper(
  source: SourceText,
  known: readonly LinkedHelper[],
  given: readonly Argument[],
): LinkedHelper | null {
  const fitting = known.filter(
    (helper) => isLinked(source, helper) && argumentFor(source, given, helper.path) !== null,
  );
  const own = fitting.filter(({ file }) => file === source.file);
  const beside = fitting.filter(({ file }) => source.mentions(stemOf(file)));
  const candidates = own.length > 0 ? own : beside.length > 0 ? beside : fitting;
  const rooted = candidates.filter(({ prefix }) => prefix !== null);
  const [first, ...others] = rooted.length > 0 ? rooted : candidates;
  const isOne = others.every(
    ({ prefix, suffix, path }) =>
      prefix === first?.prefix && suffix === first.suffix && path.position === first.path.position,
  );
  if (first === undefined || !isOne) return null;
  const evidence = others.every((other) => other.evidence?.methods.join() === first.evidence?.methods.join());
  return evidence ? first : { ...first, evidence: null };
}

/**
 * Returns whether a file may call a helper. A name that many libraries have refers to a helper only in the helper's own
 * file, in its package, and in files that mention its module or a type in it.
 */
function isLinked(source: SourceText, { name, file, types }: LinkedHelper): boolean {
  if (!GENERIC.test(name) || file === source.file) return true;
  const isPackage = file.endsWith(".go") && directoryOf(file) === directoryOf(source.file);
  const module = stemOf(file);
  return (
    isPackage ||
    (module.length > 2 && source.mentions(module)) ||
    types.some(
      (type) => source.mentions(type) || source.mentions(`${type[0]?.toLowerCase()}${type.slice(1)}`),
    )
  );
}

function argumentFor(source: SourceText, given: readonly Argument[], parameter: Parameter): Argument | null {
  if (parameter.isKey) return keyIn(source, given[parameter.position], parameter.name);
  const named = given.find(({ name }) => name === parameter.name.toLowerCase());
  if (named !== undefined) return named;
  const plain = given.filter(({ name }) => name === null);
  return plain[parameter.position] ?? null;
}

/** Returns the value of a key in an object that is passed: `{ path: "/users" }`. */
function keyIn(source: SourceText, object: Argument | undefined, key: string): Argument | null {
  if (object === undefined || !OBJECT.test(source.code.slice(object.start, object.end))) return null;
  const text = source.code.slice(object.start, object.end);
  const found = new RegExp(`(?<![\\w.])${key}["']?\\s*(?::|=>|=(?![=>]))\\s*`).exec(text);
  if (found === null) return null;
  const start = object.start + found.index + found[0].length;
  const [value] = argumentsBetween(source, start, object.end);
  if (value === undefined) return null;
  const end = value.end === object.end ? value.end - 1 : value.end;
  return {
    name: null,
    start: value.start,
    end: value.start + source.text.slice(value.start, end).trimEnd().length,
  };
}

/** Returns the HTTP method that a call passes to its helper, or that the helper sends by default. */
function methodOf(
  source: SourceText,
  helper: LinkedHelper,
  given: readonly Argument[],
): MethodEvidence | null {
  const { method, evidence, name } = helper;
  const argument = method === null ? null : argumentFor(source, given, method);
  if (argument !== null) {
    const text = source.text.slice(argument.start, argument.end);
    const named =
      methodOfArgument(text) ?? (source.language.hasCommands ? methodOfArgument(text.toUpperCase()) : null);
    return named === null ? null : certain([named], `argument of \`${name}\``);
  }
  const byDefault = method?.fallback == null ? null : methodOfArgument(method.fallback);
  if (byDefault !== null) return certain([byDefault], `the default of \`${name}\``);
  const [only, ...others] = evidence?.methods ?? [];
  if (evidence === null || only === undefined || others.length > 0) return null;
  // Another argument may contain an HTTP method that the helper prefers.
  const isOpen =
    given.length > 1 && source.language.mode === "code" && given.some((other) => isOpaque(source, other));
  return evidence.isCertain && !isOpen
    ? certain([only], `what \`${name}\` sends`)
    : likely(only, `what \`${name}\` sends`);
}

function isOpaque({ code }: SourceText, { start, end }: Argument): boolean {
  return (
    /^(?:\.\.\.|[A-Za-z_$][\w$.]*(?:opts|options|config|init)?$|\{[^}]*\.\.\.)/i.test(
      code.slice(start, end),
    ) && /opt|config|init|\.\.\./i.test(code.slice(start, end))
  );
}
