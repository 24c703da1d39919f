import { closest } from "../../core/closest.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { fieldWords, likeness, stemOf } from "./field-words.ts";

const LIMIT = 5;
/** Maximum length of a string to compare. No permission is nearly as long. */
const LONGEST_NAME = 300;
/** Minimum share of the given words that a suggestion must contain. */
const LEAST_SHARE = 0.45;
/** Minimum number of matching words for a permission in another domain, unless the words match its whole entity. */
const LEAST_WORDS = 1.5;
const EXTRA_WORD = 0.05;
const SAME_ENTITY = 0.15;
const OTHER_PLACE = 0.05;
const OTHER_ACTION = 0.3;
/** Deduction for an action that has the right meaning but is not the platform's usual word for it. */
const LESS_USUAL = 0.05;
const MOST_BEHIND = 0.4;

/** Verbs from other systems, as stems, with the corresponding actions of the platform, the usual one first. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  add: ["add", "create"],
  change: ["edit", "update"],
  create: ["add", "create"],
  delete: ["delete", "remove"],
  destroy: ["delete"],
  edit: ["edit", "update"],
  execute: ["execute"],
  get: ["view", "search"],
  insert: ["add", "create"],
  list: ["view", "search"],
  manage: ["manage", "edit", "admin"],
  modify: ["edit", "update"],
  new: ["add"],
  patch: ["edit", "update"],
  post: ["add", "create"],
  put: ["edit", "update"],
  read: ["view", "readonly", "search"],
  readonly: ["view", "readonly", "search"],
  remove: ["delete", "remove"],
  run: ["execute"],
  search: ["search", "view"],
  see: ["view"],
  show: ["view"],
  update: ["edit", "update"],
  view: ["view", "search"],
  write: ["edit", "add", "update"],
};
const VERBS = ["view", "edit", "delete", "create", "read", "write", "update", "remove"];
const READING: ReadonlySet<string> = new Set([
  "get",
  "list",
  "read",
  "readonly",
  "search",
  "see",
  "show",
  "view",
]);
/** Matches actions that read, including longer ones: `viewAll`, `schemaView`. */
const READING_ACTION = /^(?:view|search|read|list)|View$/;

/** Splits a permission, a scope or words into parts: `a:b:c`, `A > B > C`, `a.b.c`, `a/b/c`. */
export function partsOfName(text: string): readonly string[] {
  return text
    .split(/\s*(?:[:>›»→/|.]|->)\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/**
 * Returns the permissions closest to a string, best first. Considers the same words in any order, the platform's
 * actions for the verbs of other systems, and typos. A verb that reads never leads to a permission that changes
 * something.
 */
export function closestPermissions(catalogue: Catalogue, text: string): readonly string[] {
  if (text.length > LONGEST_NAME) return [];
  const parts = partsOfName(text);
  const exact = parts.findLastIndex((part) => Object.hasOwn(ACTIONS, part.toLowerCase()));
  const [near] = closest(parts.at(-1)?.toLowerCase() ?? "", VERBS, 1, 1);
  const at = exact === -1 && near !== undefined && parts.length > 1 ? parts.length - 1 : exact;
  const verb = exact === -1 ? (at === -1 ? null : (near ?? null)) : (parts[exact] ?? "").toLowerCase();
  const named = parts.filter((_, index) => index !== at);
  const words = fieldWords(named);
  if (words.length === 0) return [];
  const scored: { readonly permission: string; readonly score: number }[] = [];
  const compare = new Map<string, number>();
  for (const permission of catalogue.permissions().values()) {
    const score = scoreOf(
      permission,
      { words, verb, named: named.map((part) => part.toLowerCase()), isWhole: parts.length > 2 },
      compare,
    );
    if (score !== null) scored.push({ permission, score });
  }
  const ordered = scored.toSorted(
    (left, right) => right.score - left.score || left.permission.length - right.permission.length,
  );
  const least = (ordered[0]?.score ?? 0) - MOST_BEHIND;
  return ordered
    .slice(0, LIMIT)
    .filter(({ score }) => score >= least)
    .map(({ permission }) => permission);
}

interface WantedPermission {
  readonly words: readonly string[];
  readonly verb: string | null;
  readonly named: readonly string[];
  /** Whether the name has a domain, an entity and an action. */
  readonly isWhole: boolean;
}

function scoreOf(
  permission: string,
  { words, verb, named, isWhole }: WantedPermission,
  compared: Map<string, number>,
): number | null {
  const [domain = "", entity = "", action = ""] = permission.split(":");
  // A legacy permission such as `admin` is only one word, which is common in other names.
  if (entity === "" && named.length > 1) return null;
  if (verb !== null && READING.has(verb) && !READING_ACTION.test(action)) return null;
  const known = [domain.toLowerCase(), ...(entity.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [])].map((word) =>
    stemOf(word.toLowerCase()),
  );
  // Without a known verb, one of the words may be the action itself: `blindTransfer`.
  const all = verb === null ? [...known, stemOf(action.toLowerCase())] : known;
  const best = words.map((word) => Math.max(0, ...all.map((other) => compareOnce(word, other, compared))));
  const share = best.reduce((sum, value) => sum + value, 0) / words.length;
  if (share < LEAST_SHARE) return null;
  const extra = known.filter((other) =>
    words.every((word) => compareOnce(word, other, compared) < 0.8),
  ).length;
  const isEntityNamed =
    named[1] === entity.toLowerCase() ||
    known.slice(1).every((other) => words.some((word) => compareOnce(word, other, compared) >= 0.8));
  const isInPlace = named[0] === domain.toLowerCase();
  // A permission to view objects of another domain is not similar to a name that changes something.
  if (verb !== null && !READING.has(verb) && READING_ACTION.test(action) && !isInPlace) return null;
  // A domain has many permissions, so a name that shares nothing else with one of them is not similar.
  const isShared = (word: string, index: number) =>
    (best[index] ?? 0) >= LEAST_SHARE || known.slice(1).some((other) => other.startsWith(word));
  const sharesEntity = words.slice(1).some((word, index) => isShared(word, index + 1));
  if (isWhole && isInPlace && words.length > 1 && !sharesEntity) return null;
  // One common word, such as "report", does not make names similar.
  if (!isEntityNamed && !isInPlace && share * words.length < LEAST_WORDS) return null;
  return (
    share +
    (isEntityNamed ? SAME_ENTITY : 0) -
    extra * EXTRA_WORD -
    (isInPlace ? 0 : OTHER_PLACE) -
    (verb === null ? 0 : costOfAction(verb, action))
  );
}

function costOfAction(verb: string, action: string): number {
  const place = (ACTIONS[verb] ?? []).indexOf(action);
  return place === -1 ? OTHER_ACTION : place * LESS_USUAL;
}

function compareOnce(word: string, other: string, compared: Map<string, number>): number {
  const key = `${word} ${other}`;
  const known = compared.get(key) ?? likeness(word, other);
  compared.set(key, known);
  return known;
}
