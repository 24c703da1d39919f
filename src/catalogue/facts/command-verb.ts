import { ownValue } from "../../core/own-value.ts";
import type { Operation } from "./operation.ts";
import { readTable } from "./text-table.ts";

/** The method behind each of the official CLI's general verbs; `update` is PATCH where there is no PUT. */
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
 * POST create, PUT update, PATCH update (patch beside a PUT), DELETE delete, HEAD head, GET get or list; an
 * operation with a verb of its own only where no other is left. Where several remain, `list` and `create`
 * mean the collection, every other verb the one that ends in an id.
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
