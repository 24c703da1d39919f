import { ownValue } from "../../core/own-value.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { chooseByVerb, METHOD_OF_VERB } from "../facts/command-verb.ts";
import type { Operation } from "../facts/operation.ts";
import { isTopicName } from "../facts/topic.ts";
import { closestTo, type WantedOperation } from "./closest-operations.ts";
import { fieldWords } from "./field-words.ts";
import { lookUpPath } from "./look-up-path.ts";
import { lookUpTopic } from "./look-up-topic.ts";
import { findOldMethod } from "./old-method-name.ts";
import { found, type OperationLookup } from "./operation-lookup.ts";
import { parseOperationName } from "./operation-name.ts";
import { classifyName, type NameClass } from "./permission-name.ts";

/** Matches `analytics:query` and `routing:queue:view`, but neither `Api::method` nor a call. */
const PERMISSION_OR_SCOPE = /^[a-z][\w-]{0,80}(?::[a-z][\w-]{0,80}){1,2}$/i;
const DOTTED_PERMISSION = /^[a-z]\w{0,80}\.[a-z]\w{0,80}\.[a-z]\w{0,80}$/i;

/** HTTP methods by the first word of an SDK method's name, or by the last word of a CLI command. */
const METHOD_OF_WORD: Readonly<Record<string, string>> = { ...METHOD_OF_VERB, post: "POST", put: "PUT" };

/** Matches suffixes that the SDKs of typed languages add to an operation id. */
const SDK_SUFFIX = /(?:withhttpinfo|async)+$/;

/**
 * Looks an operation up by any of its names: `METHOD path`, path or URL with or without real ids, operation id or SDK
 * method name in any language, words of the official CLI, notification topic. Never guesses: for an unknown name it
 * returns the closest operations.
 */
export function lookUpOperation(catalogue: Catalogue, name: string): OperationLookup {
  if (isTopicName(name.trim())) return lookUpTopic(catalogue, name.trim());
  const parsed = parseOperationName(name);
  switch (parsed.kind) {
    case "path":
      return lookUpPath(catalogue, parsed.path, parsed.method);
    case "identifier": {
      const lookup = lookUpIdentifier(catalogue, parsed.identifier);
      return lookup.kind === "unknown" && lookup.removed === null
        ? (lookUpNamed(catalogue, name.trim()) ?? lookup)
        : lookup;
    }
    case "words":
      return lookUpWords(catalogue, parsed.words);
  }
}

/** Explains that a permission or scope was given instead of an operation; null for any other name. */
function lookUpNamed(catalogue: Catalogue, name: string): OperationLookup | null {
  const text = DOTTED_PERMISSION.test(name) ? name.replaceAll(".", ":") : name;
  if (!PERMISSION_OR_SCOPE.test(text)) return null;
  const found = classifyName(catalogue, text);
  // Names with dots can also be SDK calls.
  if (text !== name && found.kind !== "permission") return null;
  const correction =
    found.kind === "permission"
      ? `\`${found.name}\` is a permission: check it with \`--permission ${found.name}\``
      : found.kind === "scope"
        ? `\`${found.name}\` is an OAuth scope: list its operations with \`genscope catalog search --scope ${found.name}\``
        : found.correction;
  return {
    kind: "unknown",
    closest: [],
    correction,
    isCertain: true,
    removed: null,
    otherNames: found.kind === "invented" ? namesFor(text, found) : [],
  };
}

/** Returns the closest scopes for a name, or the closest permissions if it has three parts or no scope is close. */
function namesFor(
  name: string,
  { closestScopes, closestPermissions }: Extract<NameClass, { kind: "invented" }>,
): readonly string[] {
  const isThreePart = name.split(":").length === 3;
  return isThreePart || closestScopes.length === 0 ? closestPermissions : closestScopes;
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
  const old = findOldMethod(catalogue, identifier);
  if (old !== null) return found(old);
  const removed = Array.from(catalogue.removed()).find(
    ({ operationId }) => operationId.toLowerCase() === plain,
  );
  return {
    kind: "unknown",
    closest: closestTo(catalogue, wantedOf([identifier])),
    correction: removed === undefined ? null : `\`${removed.operationId}\` was removed from the API`,
    isCertain: removed !== undefined,
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
    return {
      kind: "ambiguous",
      candidates: before,
      reason: `\`${verb}\` is not the verb of any of these operations`,
    };
  }
  return {
    kind: "unknown",
    closest: closestTo(catalogue, wantedOf(words)),
    correction: null,
    isCertain: false,
    removed: null,
  };
}

/**
 * Returns the known facts about an operation from its name. A verb at either end determines the method:
 * `getRoutingQueues`, `routing queues list`.
 */
function wantedOf(texts: readonly string[]): WantedOperation {
  const parts = texts.flatMap((text) => text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []);
  const [first = ""] = parts;
  const methodOf = (word: string): string | undefined => ownValue(METHOD_OF_WORD, word.toLowerCase());
  const atStart = methodOf(first);
  const atEnd = parts.length > 1 ? methodOf(parts.at(-1) ?? "") : undefined;
  const start = atStart === undefined ? 0 : 1;
  const named = atStart === undefined && atEnd !== undefined ? parts.slice(start, -1) : parts.slice(start);
  return {
    words: fieldWords(named),
    idCount: null,
    endsInId: null,
    lastWord: null,
    method: atStart ?? atEnd ?? null,
  };
}

function ofSameWords(operations: readonly Operation[]): OperationLookup {
  const [only, ...others] = operations;
  return only !== undefined && others.length === 0
    ? found(only)
    : {
        kind: "ambiguous",
        candidates: operations,
        reason: "several operations have these words; specify the method and path",
      };
}
