import { methodAround, methodHere } from "../method/find-method.ts";
import { certain, type MethodEvidence, methodOfList } from "../method/method-evidence.ts";
import { readExpressionOf } from "../read/find-expressions.ts";
import { splitArguments } from "../text/argument.ts";
import type { Definition, Parameter } from "../text/definition.ts";
import type { Resolve } from "../text/literal.ts";
import { firstNotBefore, type SourceText } from "../text/source-text.ts";
import { type CallAround, callAround, joinedBefore } from "./call-around.ts";

/** One way in which a helper uses the path that it receives. */
export interface HelperUse {
  /** Text before the path, in which an unknown expression appears as `${source}`. */
  readonly before: string;
  /** Path after the parameter, or an empty string. */
  readonly suffix: string;
  /** Function to which the helper passes the path unchanged; null when it joins the path to other text. */
  readonly call: CallAround | null;
  /** HTTP method that the code sends by default; null when it sends none or the call specifies it. */
  readonly evidence: MethodEvidence | null;
}

/** A function that sends a request to a path that it receives. */
export interface Helper {
  readonly name: string;
  readonly file: string;
  readonly path: Parameter;
  /** Whether the parameter is named like a path. */
  readonly isNamed: boolean;
  /** The parameter that contains the HTTP method; null if absent. */
  readonly method: Parameter | null;
  readonly uses: readonly HelperUse[];
  /** Root of the API that the function contains apart from the path; null if absent. */
  readonly rootBeside: string | null;
}

/** The path is assumed to be among this many first arguments of a function whose HTTP method is bound. */
const MOST_BOUND_POSITIONS = 2;

/**
 * Returns the helpers for a function whose HTTP method is bound: one for each argument that may contain the path.
 * @param callAt returns the call that receives the argument at a position
 */
export function boundHelpers(
  name: string,
  file: string,
  evidence: MethodEvidence | null,
  callAt: (position: number) => CallAround,
): readonly Helper[] {
  return Array.from({ length: MOST_BOUND_POSITIONS }, (_, position) => ({
    name,
    file,
    path: { name: "path", position, isKey: false, fallback: null },
    isNamed: false,
    method: null,
    uses: [{ before: "", suffix: "", call: callAt(position), evidence }],
    rootBeside: null,
  }));
}

/** Matches parameters that may contain a path. */
const PATH_NAME =
  /path|endpoint|ur[li]$|^ur[li]|route|resource|suffix|href|segment|^(?:p|u|ep|target|location|operation|action|api|elem(?:ent)?s?|parts?|rest|tail|relative|where|what|object)$/i;
/** Matches fields that contain a path. */
const FIELD = /^(?:path|endpoint|ur[li]|route|resource)$/i;
/** Matches access to a field after the name of its owner. */
const ACCESS = /(?:\.|->|\?\.)([A-Za-z_]\w*)(?!\w|\()/y;
const METHOD_NAME = /^(?:http_?|request_?|req_?)?(?:method|verb|meth)$/i;
const NO_PATH =
  /^(?:ctx|context|body|payload|data|json|token|params?|query|headers?|opts|options|config|client|http|session|timeout|type|class|klass|id|ids|name|out|in)$|id$/i;
const MOST_USES = 6;
/** Number of characters of a function body to search for the API root. */
const LONGEST_BODY = 1500;
/** Replaces the parameter while its expression is read. No source contains this character. */
const MARK = "\u0002";
/** Matches a name, alone or as a field, and a call on it. */
const PLAIN =
  /^[\s&*.]*[$@]?(?:([\w$]+)(?:\.|->|\?\.))?([A-Za-z_]\w*)(?:\.\.\.|[!?]|(?:\.|\?\.|->)\w+\(.*)?$/s;
/** Matches a call on a name, or around it, in a string: `{path.strip("/")}`, `${encodeURI(path)}`. */
const WRAPPED = /[$#]?\{\s*(?:\w+\()?\$?([A-Za-z_]\w*)\b[^{}]{0,80}\}/g;
/** Matches an expression in a PowerShell string: `$($this.Base)`. */
const SUBEXPRESSION = /\$\(\$?\{?(\w+)\}?((?:\.\w+)*)\)/g;
const BEHIND = /^(?:\/(?:[\w-]+|\$\{[^{}]*\}))+/;
const ROOT_ALONE = /^["'`]?\/?(api\/v2)\/?["'`]?$/;

/** Returns whether a parameter with this name contains the HTTP method. */
export function isMethodName(name: string): boolean {
  return METHOD_NAME.test(name);
}

/** Finds the functions in the file that send a request to a path passed to them. */
export function findHelpers(
  source: SourceText,
  definitions: readonly Definition[],
  resolve: Resolve,
): readonly Helper[] {
  if (source.language.mode !== "code") return [];
  return definitions.flatMap((definition) => {
    const parameters = [...definition.parameters, ...fieldsOf(source, definition)];
    const method = parameters.find(({ name }) => METHOD_NAME.test(name)) ?? null;
    const paths = parameters.filter((other) => other !== method && !NO_PATH.test(other.name));
    const read = (isNamed: boolean): readonly Helper[] =>
      paths
        .filter(({ name }) => PATH_NAME.test(name) === isNamed)
        .flatMap((path) => helperOf(source, definition, path, method, resolve) ?? []);
    const named = read(true);
    return named.length > 0 ? named : read(false);
  });
}

/** Returns the fields of parameters that may contain a path or an HTTP method: `request.path`. */
function fieldsOf(source: SourceText, { parameters, bodyStart, bodyEnd }: Definition): readonly Parameter[] {
  const end = Math.min(bodyEnd, bodyStart + LONGEST_BODY);
  return parameters.flatMap(({ name: owner, position, isKey }) => {
    if (isKey || PATH_NAME.test(owner)) return [];
    const uses = source.usesOf(owner, false);
    const names = new Set<string>();
    for (let use = firstNotBefore(uses, bodyStart); (uses[use] ?? end) < end; use += 1) {
      ACCESS.lastIndex = (uses[use] ?? end) + owner.length;
      const field = ACCESS.exec(source.code)?.[1];
      if (field !== undefined) names.add(field);
    }
    return [...names]
      .filter((name) => FIELD.test(name) || METHOD_NAME.test(name))
      .map((name) => ({ name, position, isKey: true, fallback: null }));
  });
}

function helperOf(
  source: SourceText,
  { name, bodyStart, bodyEnd }: Definition,
  path: Parameter,
  method: Parameter | null,
  resolve: Resolve,
): Helper | null {
  const isSpread = (at: number) => path.isKey || source.code.startsWith("...", at - 3);
  const uses = [
    ...usesBetween(source.usesOf(path.name, false), bodyStart, bodyEnd, () => true),
    ...usesBetween(source.usesOf(path.name, true), bodyStart, bodyEnd, isSpread),
  ].toSorted((left, right) => left - right);
  if (uses.length === 0) return null;
  const marked: Resolve = (expression, offset) => {
    if (isParameter(expression, path)) return { value: MARK, offset };
    return resolve(expression, offset) ?? { value: `\${${expression.trim().replace(/[{}]/g, "")}}`, offset };
  };
  const isNamed = PATH_NAME.test(path.name);
  const found = uses.slice(0, MOST_USES).flatMap((at): readonly HelperUse[] => {
    const expression = readExpressionOf(source, path.name, at, marked);
    if (expression === null) return [];
    const value = expression.value
      .replace(WRAPPED, (hole, name) => (name === path.name ? MARK : hole))
      .replace(SUBEXPRESSION, (_, name, fields) => `\${${name}${fields}}`);
    const mark = value.indexOf(MARK);
    if (mark === -1) return [];
    const joined = mark === 0 ? joinedBefore(source, expression.start, marked) : "";
    const before = `${joined}${value.slice(0, mark)}`;
    const [, behind = ""] = value.split(MARK);
    const call = before === "" ? callAround(source, expression.start) : null;
    if (before === "" && call === null) return [];
    // A parameter that is not named like a path counts only if it follows the API root or an unknown base.
    if (!isNamed && before !== "" && !/(?:api\/v2|\})\/?$/.test(before)) return [];
    // When a parameter specifies the HTTP method, the code around the path does not determine it.
    const read = isNamed || call === null ? methodAround : methodGiven;
    const evidence = method === null ? read(source, expression.start, expression.end) : null;
    return [{ before, suffix: BEHIND.exec(behind)?.[0] ?? "", call, evidence }];
  });
  if (found.length === 0) return null;
  const body = isNamed ? source.text.slice(bodyStart, Math.min(bodyEnd, bodyStart + LONGEST_BODY)) : "";
  return {
    name,
    file: source.file,
    path,
    isNamed,
    method,
    uses: found,
    rootBeside: rootIn(body, bodyStart, resolve),
  };
}

/** Returns whether an expression is the parameter itself, or a call on it: `path.strip("/")`. */
function isParameter(expression: string, { name, isKey }: Parameter): boolean {
  const [, owner, own] = PLAIN.exec(expression) ?? [];
  return own === name && (isKey || owner === undefined);
}

/**
 * Returns the HTTP method among the arguments of the call around an expression. Searches nothing else, because most
 * parameters whose names do not suggest a path have nothing to do with requests.
 */
function methodGiven(source: SourceText, start: number, end: number): MethodEvidence | null {
  const enclosure = source.enclosureOf(start);
  if (enclosure?.open !== "(") return methodHere(source, start, end);
  const method = methodOfList(splitArguments(source, enclosure.start + 1, enclosure.end));
  return method === null ? null : certain([method], "an argument beside the path");
}

/**
 * Returns the first uses of a name between two offsets. Never copies the whole list: generated files use a name like
 * `a` thousands of times, in thousands of functions.
 */
function usesBetween(
  uses: readonly number[],
  start: number,
  end: number,
  counts: (at: number) => boolean,
): readonly number[] {
  const found: number[] = [];
  for (let index = firstNotBefore(uses, start); index < uses.length && found.length < MOST_USES; index += 1) {
    const at = uses[index] as number;
    if (at >= end) break;
    if (counts(at)) found.push(at);
  }
  return found;
}

/**
 * Returns the root of the API in a function that joins the root to its parameter in a way that the scan can't follow.
 */
function rootIn(body: string, offset: number, resolve: Resolve): string | null {
  for (const { index, 0: text } of body.matchAll(
    /["'`]\/?api\/v2\/?["'`]|(?<![\w.])(?:\w+\.)?\w*(?:api|base|root|prefix|version)\w*(?![\w(])/gi,
  )) {
    const value = /^["'`]/.test(text) ? text : (resolve(text, offset + index)?.value ?? "");
    const root = ROOT_ALONE.exec(value)?.[1];
    if (root !== undefined) return `/${root}`;
  }
  return null;
}
