/** Number of characters before a name in which the word "scope" still refers to it. */
export const REACH = 120;
const SCOPE_WORD = /scope/g;
/** Words for "permission" in the languages of the pastes. */
const PERMISSION_WORD =
  /permission|privileg|entitlement|authorit(?:y|ies)|\b(?:access|user|missing|the|these|a) rights?\b|berechtigung|permiso|permiss[aã]o|permess[oi]\b/g;
/** `the role "routing:admin"`. An organization names its roles, so any name can be one. */
const ROLE_BEFORE = /\b(?:roles?|rolle|rol|rôle|ruolo|papel)(?: (?:named|called))?\s?[:=]?\s?["'`“]?$/i;
const ROLE_BEHIND = /^["'`”]{0,3} role\b/i;
/** The kinds of names that pastes distinguish. */
export type Called = "scope" | "permission" | "role";

/**
 * Finds the word that the paste uses for a name: "role" next to it, or the nearest word for a scope or a
 * permission before it in the same sentence or directly after it.
 */
export function calledWhat(text: string, index: number, name: string): Called | null {
  const behind = text.slice(index + name.length, index + name.length + 24).toLowerCase();
  const before =
    beforeName(text, index)
      .toLowerCase()
      .split(/[.;!?]\s|\n\n/)
      .at(-1) ?? "";
  if (ROLE_BEFORE.test(before) || ROLE_BEHIND.test(behind)) return "role";
  const scope = lastOf(SCOPE_WORD, before);
  const permission = lastOf(PERMISSION_WORD, before);
  if (scope !== -1 || permission !== -1) return scope > permission ? "scope" : "permission";
  const [, noun = ""] = /^["'`*]{0,3}\s(?:oauth )?(\w+)/.exec(behind) ?? [];
  return noun.startsWith("scope") ? "scope" : noun.search(PERMISSION_WORD) === 0 ? "permission" : null;
}

/** Returns the place of the last match; -1 without one. */
function lastOf(pattern: RegExp, text: string): number {
  return Array.from(text.matchAll(pattern), ({ index }) => index).at(-1) ?? -1;
}

/** Returns the text before a name, as far as its words refer to the name. */
export function beforeName(text: string, index: number): string {
  return text.slice(Math.max(0, index - REACH), index);
}
