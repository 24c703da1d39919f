import { certain, methodOfArgument } from "../method/method-evidence.ts";
import { type Definition, definitionAt, isArrowAt } from "../text/definition.ts";
import type { SourceText } from "../text/source-text.ts";
import { boundHelpers, type Helper, isMethodName } from "./helper.ts";
import { definitionAround } from "./owner.ts";

/** Matches an anonymous function that another function returns: `=> async (`, `return function (`, `return func(`. */
const RETURNED = /(?:=>|\breturn)\s*(?:async\s+)?(func\w*\b\s*\w*\s*|fn\s*)?\(/g;
/** Matches the assignment of a function that a call returns: `get = call("GET")`. */
const NAMED =
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?::\s*[^=\n]{1,60})?(?::=|[:=])\s*(?:[\w$]+(?:\.|::|->))*([A-Za-z_$][\w$]*)\(([^()\n]{1,40})\)/g;

/**
 * Finds functions that are returned by a function whose parameter is the HTTP method. A function that `call("GET")`
 * returns gets the name `call()`.
 */
export function findReturnedFunctions(
  source: SourceText,
  definitions: readonly Definition[],
): readonly Definition[] {
  if (!definitions.some(takesMethod)) return [];
  const unnamed = Array.from(source.code.matchAll(RETURNED)).flatMap((match): readonly Definition[] => {
    const open = match.index + match[0].length - 1;
    const around = definitionAround(definitions, open);
    const isFunction = match[1] !== undefined || isArrowAt(source, source.closerOf(open) + 1);
    if (around === null || !takesMethod(around) || !isFunction) return [];
    return [definitionAt(source, `${around.name}()`, match.index, open)];
  });
  const named = definitions.flatMap((inner): readonly Definition[] => {
    const outer = definitionAround(definitions, inner.start);
    if (outer === null || outer === inner || !takesMethod(outer)) return [];
    const behind = source.code.slice(inner.bodyEnd, outer.bodyEnd);
    const isReturned = new RegExp(`\\breturn\\s+${inner.name}\\b(?!\\()`).test(behind);
    return isReturned ? [{ ...inner, name: `${outer.name}()` }] : [];
  });
  return [...unnamed, ...named];
}

function takesMethod({ parameters }: Definition): boolean {
  return parameters.some(({ name }) => isMethodName(name));
}

/** Finds the names that are assigned a function returned by a call: `get` in `get = call("GET")`. */
export function findNamedSenders(source: SourceText): readonly Helper[] {
  if (source.language.mode !== "code") return [];
  return Array.from(source.code.matchAll(NAMED)).flatMap((match): readonly Helper[] => {
    const [whole, name = "", callee = "", masked = ""] = match;
    const end = match.index + whole.length - 1;
    const method = methodOfArgument(source.text.slice(end - masked.length, end));
    if (method === null) return [];
    const evidence = certain([method], `an argument bound to \`${name}\``);
    return boundHelpers(name, source.file, evidence, (position) => ({
      callee: `${callee}()`,
      position,
      key: null,
    }));
  });
}
