import { certain, methodOfArgument } from "../method/method-evidence.ts";
import { type Definition, definitionAt, isArrowAt } from "../text/definition.ts";
import type { SourceText } from "../text/source-text.ts";
import { boundHelpers, type Helper, isMethodName } from "./helper.ts";
import { definitionAround } from "./owner.ts";

/** Matches a function without a name that another one returns: `=> async (`, `return function (`, `return func(`. */
const RETURNED = /(?:=>|\breturn)\s*(?:async\s+)?(func\w*\b\s*\w*\s*|fn\s*)?\(/g;
/** Matches a name for the function that a call returns: `get = call("GET")`. */
const NAMED =
  /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?::\s*[^=\n]{1,60})?(?::=|[:=])\s*(?:[\w$]+(?:\.|::|->))*([A-Za-z_$][\w$]*)\(([^()\n]{1,40})\)/g;

/**
 * Finds the functions that a function with a parameter for the method returns. Their name is that of a call: `call()`.
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

/** Finds the names of functions that a call with a method returns. */
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
