import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { COMMON_WORDS, closestTo } from "./closest-operations.ts";
import { fieldWords, likeness, stemOf } from "./field-words.ts";

/** Similarity of two words, one of which can be a part of the other: `wrapup` and `wrapupcodes`. */
const RELATED = 0.65;

/**
 * Guesses the operations that a noun phrase in prose means, such as `conversation details`, best first. `method` is the
 * method that fits the verb of the sentence, or null. Returns the operations that share the most words with the phrase;
 * none when no path of the platform contains any of the words.
 */
export function guessOperations(
  catalogue: Catalogue,
  method: string | null,
  object: string,
): readonly Operation[] {
  const known = fieldWords([joinNames(catalogue, object)]).filter((word) => isPathWord(catalogue, word));
  if (known.every((word) => COMMON_WORDS.has(word))) return [];
  const changesOne = method === "PATCH" || method === "DELETE";
  const found = closestTo(catalogue, {
    words: known,
    idCount: changesOne ? 1 : 0,
    endsInId: changesOne,
    lastWord: null,
    method,
  })
    .filter((operation) => isOfVerb(operation, method))
    .map((operation) => ({ operation, shared: known.filter((word) => contains(operation, word)).length }));
  const most = Math.max(1, ...found.map(({ shared }) => shared));
  return found.filter(({ shared }) => shared === most).map(({ operation }) => operation);
}

/**
 * Returns whether an operation matches a verb. A verb that reads matches a GET, or a POST that only reads; any other
 * verb requires its own method.
 */
function isOfVerb(operation: Operation, method: string | null): boolean {
  if (method === null || method === "GET" || operation.method === method) return true;
  return method === "PATCH" && operation.method === "PUT";
}

/**
 * Joins words that the platform writes as one word: `schedule groups` becomes `schedulegroups` and does not match other
 * groups.
 */
function joinNames(catalogue: Catalogue, object: string): string {
  const words = object.toLowerCase().split(/[^a-z]+/);
  const joined: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [word = "", next = ""] = words.slice(index, index + 2);
    const isOne = word !== "" && next !== "" && isName(catalogue, stemOf(word), stemOf(next));
    joined.push(isOne ? `${word}${next}` : word);
    if (isOne) index += 1;
  }
  return joined.join(" ");
}

/**
 * Returns whether a path has a segment that joins the two words, unless a path also has them as separate segments:
 * `queues/{queueId}/members`.
 */
function isName(catalogue: Catalogue, first: string, second: string): boolean {
  let isSegment = false;
  for (const { path } of catalogue.operations()) {
    const stems = path.split("/").map(stemOf);
    if (stems.includes(first) && stems.includes(second)) return false;
    isSegment ||= stems.includes(`${first}${second}`);
  }
  return isSegment;
}

function isPathWord(catalogue: Catalogue, word: string): boolean {
  for (const operation of catalogue.operations()) if (contains(operation, word)) return true;
  return false;
}

function contains({ path }: Operation, word: string): boolean {
  return path.split("/").some((segment) => likeness(word, stemOf(segment)) >= RELATED);
}
