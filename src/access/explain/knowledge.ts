import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Refusal } from "../../catalogue/facts/refusal.ts";
import { findTopic, topicOperation } from "../../catalogue/facts/topic.ts";
import { callsOfBlock } from "../../catalogue/lookup/block-calls.ts";
import { guessOperations } from "../../catalogue/lookup/guess-operations.ts";
import { lookUpOperation } from "../../catalogue/lookup/look-up-operation.ts";
import { lookUpPath } from "../../catalogue/lookup/look-up-path.ts";
import { findOldMethod } from "../../catalogue/lookup/old-method-name.ts";
import { found, type OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { classifyName, type NameClass } from "../../catalogue/lookup/permission-name.ts";
import { createWordKnowledge } from "./known-words.ts";

/**
 * Everything that an explanation needs to look up. Consists of data and pure functions, so that tests can pass
 * literals.
 */
export interface ExplainKnowledge {
  /**
   * Looks up an operation. `method` is null when the paste shows only a path. `path` is a template or contains
   * ids.
   */
  findOperation(method: string | null, path: string): OperationLookup;
  /**
   * Finds the operation of an SDK method or of an official CLI command, even if it was removed from the API.
   * Null unless exactly one matches.
   */
  findNamed(name: string): OperationLookup | null;
  /**
   * Finds the operations that the Terraform provider may call for a block such as `create resource genesyscloud_user`.
   */
  findBlockCalls(block: string): readonly Operation[];
  /** Finds a notification topic by its name, which may contain ids; null for an unknown topic. */
  findTopic(name: string): Operation | null;
  /** Guesses the operations that a noun in prose refers to, best first; `method` is null without a verb. */
  guessOperations(method: string | null, object: string): readonly Operation[];
  /**
   * Returns the paths of the analytics queries that return a metric, such as `tHandle`; empty for an unknown
   * metric.
   */
  queriesOfMetric(metric: string): readonly string[];
  classifyName(name: string): NameClass;
  /** Whether a name is a permission or scope in the catalog, ignoring case. */
  isNameKnown(name: string): boolean;
  /** Whether the platform's definition, or genscope itself, uses a word (letters only). */
  isKnownWord(word: string): boolean;
  readonly refusals: readonly Refusal[];
  /** Domains of all regions. The API is at `api.<domain>`, OAuth at `login.<domain>`. */
  readonly domains: readonly string[];
  /** The date of the catalog, `YYYY-MM-DD`. An operation missing from it may be newer. */
  readonly catalogueDate: string;
}

/** Builds the knowledge from the catalog, the domains of all regions and the analytics metrics. */
export function createKnowledge(
  catalogue: Catalogue,
  domains: readonly string[],
  queriesOfMetric: ExplainKnowledge["queriesOfMetric"],
): ExplainKnowledge {
  return {
    queriesOfMetric,
    findOperation: (method, path) => lookUpPath(catalogue, path, method),
    findNamed: (name) => findNamed(catalogue, name),
    findBlockCalls: (block) => findBlockCalls(catalogue, block),
    findTopic: (name) => {
      const topic = findTopic(catalogue.topics(), name);
      return topic === null ? null : topicOperation(topic);
    },
    guessOperations: (method, object) => guessOperations(catalogue, method, object),
    classifyName: (name) => classifyName(catalogue, name),
    isNameKnown: (name) =>
      catalogue.permissions().has(name.toLowerCase()) || catalogue.scopes().has(name.toLowerCase()),
    isKnownWord: createWordKnowledge(catalogue),
    refusals: catalogue.refusals(),
    domains,
    catalogueDate: catalogue.date,
  };
}

/**
 * Suffixes that the SDKs append to an operation's name: for asynchronous calls, and for calls that return the whole
 * response.
 */
const SUFFIX = /(?:WithHttpInfo|Async|_with_http_info|_async)+$/;

/** Looks up a name only if the catalog can contain it, because a failed lookup searches for similar names. */
function findNamed(catalogue: Catalogue, name: string): OperationLookup | null {
  const words = name.startsWith("gc ") ? name.split(" ").slice(1) : null;
  if (words === null) {
    const id = name.replace(SUFFIX, "").replaceAll("_", "");
    const isListed = catalogue.findById(id).length > 0;
    if (isListed || isRemoved(catalogue, id)) return onlyOne(catalogue, isListed ? name : id);
    const old = findOldMethod(catalogue, name);
    return old === null ? null : found(old);
  }
  // Arguments can follow the verb without a dash, so shorter commands are tried as well: `gc users get ID`,
  // `gc routing queues list please`.
  for (let length = words.length; length >= 2; length -= 1) {
    if (catalogue.findByWords(words.slice(0, length - 1).join(" ")).length === 0) continue;
    return onlyOne(catalogue, `gc ${words.slice(0, length).join(" ")}`);
  }
  return null;
}

function isRemoved(catalogue: Catalogue, id: string): boolean {
  const given = id.toLowerCase();
  return Array.from(catalogue.removed()).some(({ operationId }) => operationId.toLowerCase() === given);
}

function findBlockCalls(catalogue: Catalogue, named: string): readonly Operation[] {
  const [action = "", block = "", type = ""] = named.split(" ");
  const known = (["create", "read", "update", "delete"] as const).find((each) => each === action) ?? null;
  return callsOfBlock(catalogue, block === "data" ? "data" : "resource", type, known);
}

function onlyOne(catalogue: Catalogue, name: string): OperationLookup | null {
  const lookup = lookUpOperation(catalogue, name);
  if (lookup.kind === "found") return lookup;
  const removed = lookup.kind === "unknown" ? lookup.removed : null;
  // The lookup by path also finds the operations that replace the removed one.
  return removed === null ? null : lookUpPath(catalogue, removed.path, removed.method);
}
