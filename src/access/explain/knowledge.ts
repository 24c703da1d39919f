import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { Refusal } from "../../catalogue/facts/refusal.ts";
import { lookUpPath } from "../../catalogue/lookup/look-up-path.ts";
import type { OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { classifyName, type NameClass } from "../../catalogue/lookup/permission-name.ts";
import { createWordKnowledge } from "./known-words.ts";

/** Everything that an explanation looks up, as data and pure functions, so that tests can pass literals. */
export interface ExplainKnowledge {
  /** `method` is null when the paste shows only a path; `path` contains ids or is the template. */
  findOperation(method: string | null, path: string): OperationLookup;
  classifyName(name: string): NameClass;
  /** Whether a name is a permission or scope of the catalogue, exactly or in another case. */
  isNameKnown(name: string): boolean;
  /** Whether the platform's definition, or genscope itself, uses a word (letters only). */
  isKnownWord(word: string): boolean;
  readonly refusals: readonly Refusal[];
  /** Domains of all regions. The API is at `api.<domain>`, OAuth at `login.<domain>`. */
  readonly domains: readonly string[];
}

/** Builds the knowledge from the catalogue and the domains of all regions. */
export function createKnowledge(catalogue: Catalogue, domains: readonly string[]): ExplainKnowledge {
  return {
    findOperation: (method, path) => lookUpPath(catalogue, path, method),
    classifyName: (name) => classifyName(catalogue, name),
    isNameKnown: (name) =>
      catalogue.permissions().has(name.toLowerCase()) || catalogue.scopes().has(name.toLowerCase()),
    isKnownWord: createWordKnowledge(catalogue),
    refusals: catalogue.refusals(),
    domains,
  };
}
