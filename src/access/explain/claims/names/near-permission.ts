import { fieldWords, likeness } from "../../../../catalogue/lookup/field-words.ts";

/** Similarity at which two words share a meaning. */
const RELATED = 0.65;

/**
 * Returns a function that tests whether a permission can be what a name with three or more parts means: it is of a
 * domain in the name and its entity has at most one further word, or the name contains its entity of several words.
 */
export function isNearWhole(name: string): (permission: string) => boolean {
  const given = fieldWords(name.split(":").slice(0, -1));
  const isGiven = (word: string): boolean => given.some((other) => likeness(other, word) >= RELATED);
  return (permission) => {
    const [domain = "", entity = ""] = permission.split(":");
    const words = fieldWords([entity]);
    const added = words.filter((word) => !isGiven(word)).length;
    if (added === words.length) return false;
    return (added === 0 && words.length > 1) || (added <= 1 && fieldWords([domain]).some(isGiven));
  };
}

/** Actions of permissions by the words that people use for them. */
const ACTIONS: Readonly<Record<string, RegExp>> = {
  read: /^view/,
  list: /^view/,
  get: /^view/,
  write: /^(?:add|edit|create)/,
  update: /^edit/,
  create: /^(?:add|create)/,
  manage: /^(?:add|edit|manage|create)/,
};

/**
 * Returns a function that tests whether a permission can be what a two-part name means: it has the same entity, and an
 * action with the same meaning if the name ends with an action. Neither a shared domain nor a shared action alone is
 * evidence.
 */
export function isNearShort(name: string): (permission: string) => boolean {
  const [object = "", action = ""] = name.toLowerCase().split(":");
  const actions = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  return (permission) => {
    const [, entity = "", verb = ""] = permission.toLowerCase().split(":");
    const isSame = singular(entity) === singular(object);
    return isSame && (verb === action || actions === undefined || actions.test(verb));
  };
}

function singular(word: string): string {
  return word.replace(/[-_]/g, "").replace(/s$/, "");
}
