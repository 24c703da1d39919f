import { methodAround } from "../method/find-method.ts";
import type { MethodEvidence } from "../method/method-evidence.ts";
import { readExpressionOf } from "../read/find-expressions.ts";
import { type Definition, findDefinitions, type Parameter } from "../text/definition.ts";
import { calleeBefore } from "../text/expression.ts";
import type { Resolve } from "../text/literal.ts";
import { firstNotBefore, type SourceText } from "../text/source-text.ts";

/** How a helper uses the path that it receives. */
export type HelperTarget =
  /** Appends the path to a path of the API. */
  | { readonly kind: "root"; readonly prefix: string }
  /** Appends the path to a host, because the path is complete. */
  | { readonly kind: "host" }
  /** Appends the path to a name from another file. */
  | { readonly kind: "name"; readonly name: string }
  /** Passes the path on to another function. */
  | { readonly kind: "call"; readonly callee: string; readonly position: number };

/** A function that sends a request to a path that it receives. */
export interface Helper {
  readonly name: string;
  readonly file: string;
  readonly path: Parameter;
  /** The parameter that contains the method; null if absent. */
  readonly method: Parameter | null;
  readonly target: HelperTarget;
  /** Path after the parameter, or an empty string. */
  readonly suffix: string;
  /** Method that the function sends by default; null when it sends none or the call specifies it. */
  readonly evidence: MethodEvidence | null;
}

/** Matches parameters that may contain a path. */
const PATH_NAME =
  /path|endpoint|ur[li]$|^ur[li]|route|resource|suffix|href|^(?:p|u|ep|target|location|operation|action|api)$/i;
const METHOD_NAME = /^(?:http_?|request_?)?(?:method|verb)$/i;
const MOST_USES = 6;
/** Replaces the parameter while its expression is read. No source contains this character. */
const MARK = "\u0002";
const BEFORE = /\/?(api\/v2(?:\/[\w.-]+|\/\$?\{[^{}]{0,80}\})*\/?)$/;
const NAME_ALONE = /^\$?\{(?:[\w$@]+(?:\.|->|::))*([A-Za-z_]\w*)(?:\(\))?\}\/?$/;
const BEHIND = /^(?:\/[\w-]+)+/;
const ROOT_IN_BODY = /["'`]\/?api\/v2\/?["'`]/;

/** Finds the functions in the text that send a request to a path that they receive. */
export function findHelpers(source: SourceText, resolve: Resolve): readonly Helper[] {
  if (source.language.mode !== "code") return [];
  return findDefinitions(source).flatMap((definition) => {
    const method = definition.parameters.find(({ name }) => METHOD_NAME.test(name)) ?? null;
    return definition.parameters
      .filter(({ name }) => PATH_NAME.test(name))
      .flatMap((path) => helperOf(source, definition, path, method, resolve) ?? []);
  });
}

function helperOf(
  source: SourceText,
  { name, bodyStart, bodyEnd }: Definition,
  path: Parameter,
  method: Parameter | null,
  resolve: Resolve,
): Helper | null {
  const own = new RegExp(`^[\\s&*]*[$@]?${path.name}(?:[!?]|(?:\\.|\\?\\.|->)\\w+\\(.*)?$`, "s");
  // Matches a call on the parameter, or around it: `{path.strip("/")}`, `${encodeURI(path)}`.
  const wrapped = new RegExp(`[$#]?\\{\\s*(?:\\w+\\()?\\$?${path.name}\\b[^{}]{0,80}\\}`);
  const marked: Resolve = (expression, offset) =>
    own.test(expression) ? { value: MARK, offset } : resolve(expression, offset);
  const uses = source.usesOf(path.name, false);
  const first = firstNotBefore(uses, bodyStart + 1);
  const found = uses
    .slice(first, first + MOST_USES)
    .filter((at) => at < bodyEnd)
    .flatMap((at): readonly Omit<Helper, "name" | "file" | "path" | "method">[] => {
      const expression = readExpressionOf(source, path.name, at, marked);
      if (expression === null) return [];
      const value = expression.value.replace(wrapped, MARK);
      const target = targetOf(source, value, expression.start);
      const [, behind = ""] = value.split(MARK);
      const around = methodAround(source, expression.start, expression.end);
      // When a parameter specifies the method, the code around the path does not determine it.
      const evidence = method === null ? around : null;
      return target === null ? [] : [{ target, suffix: BEHIND.exec(behind)?.[0] ?? "", evidence }];
    });
  const [best] = found.toSorted((left, right) => RANK[left.target.kind] - RANK[right.target.kind]);
  if (best === undefined) return null;
  // When the body also contains the root of the API, the function joins it to the parameter in a way that can't be
  // followed.
  const isBeside = best.target.kind === "call" && ROOT_IN_BODY.test(source.text.slice(bodyStart, bodyEnd));
  const target: HelperTarget = isBeside ? { kind: "root", prefix: "/api/v2" } : best.target;
  return { ...best, target, name, file: source.file, path, method };
}

const RANK: Readonly<Record<HelperTarget["kind"], number>> = { root: 0, host: 1, name: 2, call: 3 };

function targetOf(source: SourceText, value: string, start: number): HelperTarget | null {
  const at = value.indexOf(MARK);
  if (at === -1) return null;
  const before = value.slice(0, at);
  const prefix = BEFORE.exec(before)?.[1];
  if (prefix !== undefined) return { kind: "root", prefix: `/${prefix.replace(/\/$/, "")}` };
  const name = NAME_ALONE.exec(before)?.[1];
  if (name !== undefined) return { kind: "name", name };
  if (/^https?:\/\/[^/\s]*\/?$/.test(before)) return { kind: "host" };
  if (before !== "") return null;
  const enclosure = source.enclosureOf(start);
  if (enclosure?.open !== "(") return null;
  const callee = nameOf(calleeBefore(source, enclosure.start));
  const position = source.code.slice(enclosure.start + 1, start).split(",").length - 1;
  return callee === null ? null : { kind: "call", callee, position };
}

/** Returns the last name of an expression, without receivers, sigil and calls on it. */
function nameOf(expression: string): string | null {
  return (
    /^[\s$@&*]*(?:[\w$]+(?:\.|->|::))*?([A-Za-z_]\w*)(?:[!?]|(?:\.|\?\.|->)\w+\(.*|)$/s.exec(
      expression,
    )?.[1] ?? null
  );
}
