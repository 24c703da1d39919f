import { isTransparent } from "../method/callee-method.ts";
import { certain, likely, type MethodEvidence, methodOfArgument } from "../method/method-evidence.ts";
import type { PathSite } from "../read/path-site.ts";
import { readPath } from "../read/path-text.ts";
import { type Argument, argumentsOf } from "../text/argument.ts";
import type { Parameter } from "../text/definition.ts";
import { calleeBefore, type Expression, readExpression, sourceOffset } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { LinkedHelper, TreeFacts } from "./tree-facts.ts";

/** The facts that the helpers of a tree add to the calls in one file. */
export interface HelperCalls {
  /** Paths without the root of the API that a helper completes, each with the method that it sends. */
  readonly sites: readonly { readonly site: PathSite; readonly evidence: MethodEvidence | null }[];
  /** Methods of calls whose argument is a whole path, by the start of the path's expression. */
  readonly methods: ReadonlyMap<number, MethodEvidence>;
}

const NAME = /(?<![\w-])[A-Za-z_][\w-]*/g;
const DEFINES = /(?:function\*?|def|func|fun|fn|sub)[ \t]+(?:\([^()]{0,160}\)[ \t]*)?(?:self\.)?$/i;
/**
 * Matches names that many libraries use. A helper with such a name is recognized only in files that are linked to its
 * file.
 */
const GENERIC =
  /^(?:get|post|put|patch|delete|del|head|request|_request|send|fetch|call|execute|query|load|invoke|do|run|make_?request)$/i;
/** Matches receivers that store values and send no requests. */
const KEEPS_VALUES =
  /(?:cache|map|store|storage|params|headers?|session|redis|config|settings|dict|query|args|env|router|app|server)\s*(?:\.|->|::)$/i;
const MOST_CALLS = 5_000;

/** Finds the calls of helpers in a file. */
export function findHelperCalls(source: SourceText, { helpers }: TreeFacts, resolve: Resolve): HelperCalls {
  const sites: { site: PathSite; evidence: MethodEvidence | null }[] = [];
  const methods = new Map<number, MethodEvidence>();
  if (helpers.size === 0 || source.language.mode === "prose") return { sites, methods };
  let count = 0;
  for (const { index, 0: name } of source.code.matchAll(NAME)) {
    const known = helpers.get(name);
    if (known === undefined || DEFINES.test(source.code.slice(Math.max(0, index - 200), index))) continue;
    if (KEEPS_VALUES.test(source.code.slice(Math.max(0, index - 40), index))) continue;
    if (source.language.mode === "lines" && source.commentAt(index) !== null) continue;
    const given = argumentsOf(source, index + name.length);
    const helper = given === null ? null : chooseHelper(source, known, given);
    if (helper === null || given === null) continue;
    if (++count > MOST_CALLS) break;
    const argument = argumentFor(source, given, helper.path);
    const expression = argument === null ? null : expressionAt(source, argument, resolve);
    if (argument === null || expression === null) continue;
    const evidence = methodOf(source, helper, given);
    if (/api\/v\d/.test(expression.value)) {
      if (evidence !== null) methods.set(expression.start, evidence);
    } else if (helper.prefix !== null) {
      const site = siteOf(expression, argument, helper.prefix, helper.suffix);
      if (site !== null) sites.push({ site, evidence });
    }
  }
  return { sites, methods };
}

/**
 * Returns the helper that a file calls; null when several differ, or when the name may refer to something else.
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
  const [first, ...others] = own.length > 0 ? own : fitting;
  const isOne = others.every(
    ({ prefix, suffix, path }) =>
      prefix === first?.prefix && suffix === first.suffix && path.position === first.path.position,
  );
  if (first === undefined || !isOne) return null;
  const evidence = others.every((other) => other.evidence?.methods.join() === first.evidence?.methods.join());
  return evidence ? first : { ...first, evidence: null };
}

/**
 * Returns whether a file may call a helper. A name that many libraries have refers to a helper only in the
 * helper's own file, in its package, and in files that mention its module.
 */
function isLinked(source: SourceText, { name, file }: LinkedHelper): boolean {
  if (!GENERIC.test(name) || file === source.file) return true;
  const isPackage = file.endsWith(".go") && directoryOf(file) === directoryOf(source.file);
  const stem = (file.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
  const module = /^(?:index|mod|lib|main|__init__)$/i.test(stem) ? (file.split("/").at(-2) ?? stem) : stem;
  return isPackage || (module.length > 2 && source.text.includes(module));
}

function directoryOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
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
  if (object === undefined || source.code[object.start] !== "{") return null;
  const text = source.code.slice(object.start, object.end);
  const found = new RegExp(`(?<![\\w.])${key}\\s*:\\s*`).exec(text);
  if (found === null) return null;
  const start = object.start + found.index + found[0].length;
  const end = /[,}]/.exec(source.code.slice(start, object.end))?.index ?? object.end - start;
  return { name: null, start, end: start + end };
}

/** Reads an argument that is a string, a name with a known value, or a word of a command. */
function expressionAt(source: SourceText, { start, end }: Argument, resolve: Resolve): Expression | null {
  const string = stringIn(source, start, end);
  if (string !== null) {
    const expression = readExpression(source, string, resolve);
    return expression.start >= start && expression.end <= end ? expression : null;
  }
  const text = source.text.slice(start, end);
  const isWord = source.language.hasCommands && !/^[$({@]/.test(text);
  const named = isWord ? null : resolve(text, start);
  const value = isWord ? text.replace(/^["']|["']$/g, "") : named?.value;
  if (value === undefined || value === "") return null;
  const piece = { text: value, offset: start, isLiteral: isWord, namedAt: named?.offset ?? null };
  return { start, end, value, pieces: [piece], pieceStarts: [0] };
}

/**
 * Returns the string in an argument, directly or inside a call that formats or wraps it:
 * `&format!("/users/{}", id)`.
 */
function stringIn(source: SourceText, start: number, end: number): Span | null {
  const code = source.code.slice(start, end);
  const quote = code.search(/["'`]/);
  if (quote === -1) return null;
  const before = code.slice(0, quote).replace(/[a-z$@]{1,2}$/i, "");
  const isOwn =
    /^&?$/.test(before) ||
    (before.endsWith("(") && isTransparent(calleeBefore(source, start + before.length - 1)));
  return isOwn ? source.stringAt(start + quote) : null;
}

function siteOf(expression: Expression, argument: Argument, prefix: string, suffix: string): PathSite | null {
  const plain = expression.value.replace(/^(?:\$\{[^}]{0,80}\})?(?=\/)/, "");
  if (!/^[\w/{$#<:%]/.test(plain) || /\s/.test(plain)) return null;
  const rest = plain.startsWith("/") ? plain : `/${plain}`;
  const read = readPath(`${prefix}${rest}`, 0);
  const isWhole = read.end >= prefix.length + rest.length;
  const path = isWhole ? readPath(`${read.path}${suffix}`, 0).path : read.path;
  return {
    offset: sourceOffset(expression, 0),
    pathEnd: argument.end,
    start: argument.start,
    end: argument.end,
    path,
    before: "",
    after: "",
    whole: expression.value,
    base: "",
    isComment: false,
    isOpenEnded: suffix === "" && (read.hasTail || read.endsInSlash),
  };
}

/** Returns the method that a call passes to its helper, or that the helper sends by default. */
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
  // Another argument may contain a method that the helper prefers.
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
