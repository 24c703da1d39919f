import type { Operation } from "./operation.ts";
import { readTable } from "./text-table.ts";

/**
 * The verbs by which the official CLI calls operations, `METHOD path` to verb, where its rule does not decide:
 * verbs of their own (`join`, `bulkdelete`), and words that several operations share.
 */
export function readCommandVerbs(text: string): ReadonlyMap<string, string> {
  return new Map(
    readTable(text, "genscope-command-verbs").rows.map(([operation = "", verb = ""]) => [operation, verb]),
  );
}

/**
 * The operations among `candidates`, which share their words, that the official CLI means by `verb`:
 * POST create, PUT update, PATCH update (patch beside a PUT), DELETE delete, HEAD head, GET get or list.
 * Where several remain, `list` means the collection, every other verb the one that ends in an id.
 */
export function chooseByVerb(
  candidates: readonly Operation[],
  verb: string,
  ownVerbs: ReadonlyMap<string, string>,
): readonly Operation[] {
  const named = candidates.filter(
    ({ method, path }) => ownVerbs.get(`${method} ${path}`)?.toLowerCase() === verb,
  );
  if (named.length > 0) return named;
  const chosen = chooseByMethod(candidates, verb);
  const preferred = chosen.filter(({ path }) => path.endsWith("}") === (verb !== "list"));
  return preferred.length > 0 ? preferred : chosen;
}

function chooseByMethod(candidates: readonly Operation[], verb: string): readonly Operation[] {
  const of = (method: string): readonly Operation[] =>
    candidates.filter((candidate) => candidate.method === method);
  switch (verb) {
    case "create":
      return of("POST");
    case "delete":
      return of("DELETE");
    case "head":
      return of("HEAD");
    case "get":
    case "list":
      return of("GET");
    case "patch":
      return of("PATCH");
    case "update":
      return of("PUT").length > 0 ? of("PUT") : of("PATCH");
    default:
      return [];
  }
}
