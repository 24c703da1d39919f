import { ownValue } from "../../core/own-value.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { chooseByVerb, METHOD_OF_VERB } from "../facts/command-verb.ts";
import type { Operation } from "../facts/operation.ts";
import { CLOSEST_LIMIT, closestByIdentifier, closestByPath } from "./closest-operations.ts";
import { lookUpPath } from "./look-up-path.ts";
import { found, type OperationLookup } from "./operation-lookup.ts";
import { parseOperationName } from "./operation-name.ts";
import { searchOperations } from "./search-operations.ts";

/** Suffixes that the SDKs of typed languages add to an operation id. */
const SDK_SUFFIX = /(?:withhttpinfo|async)+$/;

/**
 * Looks an operation up by any of its names: `METHOD path`, path or URL with or without real ids, operation
 * id or SDK method name of any language, words of the official CLI. Never guesses: for an unknown name it
 * returns the closest operations.
 */
export function lookUpOperation(catalogue: Catalogue, name: string): OperationLookup {
  const parsed = parseOperationName(name);
  switch (parsed.kind) {
    case "path":
      return lookUpPath(catalogue, parsed.path, parsed.method);
    case "identifier":
      return lookUpIdentifier(catalogue, parsed.identifier);
    case "words":
      return lookUpWords(catalogue, parsed.words);
  }
}

function lookUpIdentifier(catalogue: Catalogue, identifier: string): OperationLookup {
  const plain = identifier.replace(/[_-]/g, "").toLowerCase();
  const bare = plain.replace(SDK_SUFFIX, "");
  const operations = [plain, bare].map((id) => catalogue.findById(id)).find(({ length }) => length > 0) ?? [];
  const [only, ...others] = operations;
  if (only !== undefined && others.length === 0) return found(only);
  const exact = operations.filter((operation) => isSpelled(operation.operationId, identifier));
  const [spelled, ...rivals] = exact;
  if (spelled !== undefined && rivals.length === 0) return found(spelled);
  if (operations.length > 0) {
    return {
      kind: "ambiguous",
      candidates: operations,
      reason: "these operation ids differ only in case, and the given spelling matches neither",
    };
  }
  const byWords = catalogue.findByWords(identifier.toLowerCase());
  if (byWords.length > 0) return ofSameWords(byWords);
  const removed = Array.from(catalogue.removed()).find(
    ({ operationId }) => operationId.toLowerCase() === plain,
  );
  const closest = closestByIdentifier(catalogue, identifier);
  return {
    kind: "unknown",
    closest: closestOrFound(catalogue, closest, [identifier]),
    correction: removed === undefined ? null : `\`${removed.operationId}\` was removed from the API`,
    removed: removed ?? null,
  };
}

/** Returns whether `given` is `operationId` in the spelling of JavaScript and Java, Go and C#, or Python. */
function isSpelled(operationId: string, given: string): boolean {
  if (/[_-]/.test(given)) {
    const snake = operationId.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return given.toLowerCase().replaceAll("-", "_") === snake;
  }
  return `${given.slice(0, 1).toLowerCase()}${given.slice(1)}`.startsWith(operationId);
}

function lookUpWords(catalogue: Catalogue, words: readonly string[]): OperationLookup {
  const verb = words.at(-1) ?? "";
  const before = catalogue.findByWords(words.slice(0, -1).join(" "));
  const chosen = chooseByVerb(before, verb, catalogue.commandVerbs());
  if (chosen.length > 0) return ofSameWords(chosen);
  const all = catalogue.findByWords(words.join(" "));
  if (all.length > 0) return ofSameWords(all);
  if (before.length > 0) {
    return { kind: "ambiguous", candidates: before, reason: `\`${verb}\` is not a verb of these operations` };
  }
  const method = ownValue(METHOD_OF_VERB, verb) ?? null;
  const closest = closestByPath(catalogue, method === null ? words : words.slice(0, -1), method);
  return {
    kind: "unknown",
    closest: closestOrFound(catalogue, closest, words),
    correction: null,
    removed: null,
  };
}

/** Returns the operations with the closest spelling, or the results of a search for the words. */
function closestOrFound(
  catalogue: Catalogue,
  closest: readonly Operation[],
  words: readonly string[],
): readonly Operation[] {
  if (closest.length > 0 || words.every((word) => !/[a-z]/i.test(word))) return closest;
  return searchOperations(catalogue, { words }).slice(0, CLOSEST_LIMIT);
}

function ofSameWords(operations: readonly Operation[]): OperationLookup {
  const [only, ...others] = operations;
  return only !== undefined && others.length === 0
    ? found(only)
    : {
        kind: "ambiguous",
        candidates: operations,
        reason: "these operations share their words; give the method and path",
      };
}
