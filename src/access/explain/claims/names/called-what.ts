/** Number of characters before a name in which to look for words that describe it. */
export const REACH = 120;
const SCOPE_WORD = /scope/g;
/** Matches words for "permission" in several languages. */
const PERMISSION_WORD =
  /permission|privileg|entitlement|authorit(?:y|ies)|\b(?:access|user|missing|the|these|a) rights?\b|berechtigung|permiso|permiss[aã]o|permess[oi]\b/g;
/**
 * Matches words before a name that call it a role, such as `the role "routing:admin"`. Organizations name their
 * own roles, so a role can have any name.
 */
const ROLE_BEFORE = /\b(?:roles?|rolle|rol|rôle|ruolo|papel)(?: (?:named|called))?\s?[:=]?\s?["'`“]?$/i;
/** Matches words that grant the named permission to a role: `I gave the test role routing:queue:view`. */
const GIVEN_TO_ROLE =
  /\b(?:gave|give|gives|giving|given) (?:the|a|an|our|my|its|this|that) (?:(?!(?:the|a|an|our|my|its|this|that)\b)[\w-]{1,30} ){0,3}roles? ?["'`“]?$/i;
const ROLE_BEHIND = /^["'`”]{0,3} role\b/i;
/** Matches further names of the same list: `recording:write and recording:read scopes`. */
const OTHER_NAMES =
  /^(?:["'`”*]{0,3}(?:,| and| or|, and|, or) ["'`“*]{0,3}[a-z][\w-]{0,40}(?::[\w-]{1,40}){1,3}){1,4}/;
/** Number of characters before a name in which a word that describes it is directly before it. */
const ADJACENT = 20;
/** How a paste classifies a name. */
export type Called = "scope" | "permission" | "role";

/**
 * Determines whether the paste calls a name a role, a scope or a permission; null if none of these. "Role" must be next
 * to the name. For "scope" and "permission", the nearest word before the name in the same sentence decides, or if there
 * is none, the word directly after the name. A "scope" directly after the name also wins over a word before the name
 * that is not adjacent.
 */
export function calledWhat(text: string, index: number, name: string): Called | null {
  const behind = text
    .slice(index + name.length, index + name.length + REACH)
    .toLowerCase()
    .replace(OTHER_NAMES, "")
    .slice(0, 24);
  const before =
    beforeName(text, index)
      .toLowerCase()
      .split(/[.;!?]\s|\n\n/)
      .at(-1) ?? "";
  if (GIVEN_TO_ROLE.test(before)) return "permission";
  if (ROLE_BEFORE.test(before) || ROLE_BEHIND.test(behind)) return "role";
  const [, noun = ""] = /^["'`*]{0,3}\s(?:oauth )?(\w+)/.exec(behind) ?? [];
  const isPermission = noun.search(PERMISSION_WORD) === 0;
  const scope = lastOf(SCOPE_WORD, before);
  const permission = lastOf(PERMISSION_WORD, before);
  const nearest = Math.max(scope, permission);
  // A word directly after the name describes it better than one farther before it.
  if (noun.startsWith("scope") && before.length - nearest > ADJACENT) return "scope";
  if (nearest !== -1) return scope > permission ? "scope" : "permission";
  return noun.startsWith("scope") ? "scope" : isPermission ? "permission" : null;
}

/** Returns the position of the last match, or -1 if none exists. */
function lastOf(pattern: RegExp, text: string): number {
  return Array.from(text.matchAll(pattern), ({ index }) => index).at(-1) ?? -1;
}

/** Returns the text before a name that is close enough to describe it. */
export function beforeName(text: string, index: number): string {
  return text.slice(Math.max(0, index - REACH), index);
}
