import { ownValue } from "../../core/own-value.ts";
import type { Operation } from "./operation.ts";
import { readTable } from "./text/text-table.ts";

/** HTTP method of each general verb of the official CLI; `update` means PATCH if there is no PUT. */
export const METHOD_OF_VERB: Readonly<Record<string, string>> = {
  create: "POST",
  delete: "DELETE",
  get: "GET",
  head: "HEAD",
  list: "GET",
  patch: "PATCH",
  update: "PUT",
};

const COLLECTION_VERBS: ReadonlySet<string> = new Set(["create", "list"]);

/**
 * Returns the official CLI's verbs that do not follow its general rule, by `METHOD path`: special verbs (`join`,
 * `bulkdelete`), and verbs that distinguish operations with the same words in their paths.
 */
export function readCommandVerbs(text: string): ReadonlyMap<string, string> {
  return new Map(
    readTable(text, "genscope-command-verbs").rows.map(([operation = "", verb = ""]) => [operation, verb]),
  );
}

/**
 * Returns the operations that the official CLI calls for `verb`, among `candidates` with the same words in their paths.
 * POST is create; PUT is update; PATCH is update, or patch if there is also a PUT; DELETE is delete; HEAD is head; GET
 * is get or list. An operation with a special verb matches a general verb only when no other operation does. Among
 * several matches, `list` and `create` select the collection, and every other verb selects the path that ends in an id.
 */
export function chooseByVerb(
  candidates: readonly Operation[],
  verb: string,
  ownVerbs: ReadonlyMap<string, string>,
): readonly Operation[] {
  const ownVerbOf = ({ method, path }: Operation) => ownVerbs.get(`${method} ${path}`)?.toLowerCase();
  const named = candidates.filter((candidate) => ownVerbOf(candidate) === verb);
  if (named.length > 0) return named;
  const general = candidates.filter((candidate) => ownVerbOf(candidate) === undefined);
  const byMethod = [general, candidates].map((choices) => chooseByMethod(choices, verb));
  const chosen = byMethod.find(({ length }) => length > 0) ?? [];
  const preferred = chosen.filter(({ path }) => path.endsWith("}") !== COLLECTION_VERBS.has(verb));
  return preferred.length > 0 ? preferred : chosen;
}

function chooseByMethod(candidates: readonly Operation[], verb: string): readonly Operation[] {
  const of = (method: string | undefined): readonly Operation[] =>
    candidates.filter((candidate) => candidate.method === method);
  const chosen = of(ownValue(METHOD_OF_VERB, verb));
  return chosen.length === 0 && verb === "update" ? of("PATCH") : chosen;
}
