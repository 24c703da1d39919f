import type { Catalogue } from "../../catalogue/catalogue.ts";
import { lookUpPath } from "../../catalogue/look-up-path.ts";
import type { OperationLookup } from "../../catalogue/operation-lookup.ts";
import { classifyName, type NameClass } from "../../catalogue/permission-name.ts";
import type { Refusal } from "../../catalogue/refusal.ts";

/** Everything an explanation looks up, as data and pure functions, so that it can be tested with literals. */
export interface ExplainKnowledge {
  /** `method` is null where the paste shows only a path; `path` may hold ids or be the template. */
  findOperation(method: string | null, path: string): OperationLookup;
  classifyName(name: string): NameClass;
  readonly refusals: readonly Refusal[];
  /** Domains of all regions: the API is on `api.<domain>`, OAuth on `login.<domain>`. */
  readonly domains: readonly string[];
}

/** The catalogue with the domains of all regions, as an explanation asks them. */
export function createKnowledge(catalogue: Catalogue, domains: readonly string[]): ExplainKnowledge {
  return {
    findOperation: (method, path) => lookUpPath(catalogue, path, method),
    classifyName: (name) => classifyName(catalogue, name),
    refusals: catalogue.refusals(),
    domains,
  };
}
