import type { Remedy } from "../../verdict/verdict.ts";
import { findReported, reports } from "../assertion/asserted.ts";
import { isAboutHolding } from "../paste/text/sentences.ts";

/** Maximum number of characters to search. People comment on a response near the beginning of the text. */
const LONGEST_TEXT = 40_000;
/** Matches a report that a role holds what the message names: `but the role clearly has it`. */
const HAS_IT =
  /(?<!\b(?:another|other|maybe|perhaps|probably|should|could|might|if|whether|does|do|did|which|what|make sure|ensure|check)\b[^.?!\n]{0,40})\b(?:role|client|user|account)\b(?: (?:clearly|definitely|already|actually|does|do|certainly|also)){0,2} (?:has|have|holds?|includes?|contains?) (?:it|them|that|this|(?:that|this|the|exactly that|exactly this) permission)\b|(?<!\b(?:wenn|falls|ob)\b[^.?!\n]{0,40})\bRolle (?:hat|besitzt|enthält) (?:die|das|diese|dieses|sie) (?:Berechtigung|Recht)|(?<!\b(?:si|se)\b[^.?!\n]{0,40})\b(?:rol|papel|função|ruolo|rôle) (?:ya |já |già |sí )?(?:tiene|tem|ha|a bien) (?:ese|este|el|esse|essa|esta|o|a|il|questo|la|cette|ce) (?:permiso|permissão|permesso|permission)\b/i;
/**
 * Returns the refused permission that the text around the response reports as held: `the role has Analytics >
 * Conversation Detail > View`. Null when the text reports no such thing.
 */
export function findHeldInProse(refused: readonly string[], text: string): string | null {
  if (refused.length === 0) return null;
  for (const sentence of text.slice(0, LONGEST_TEXT).split(/\n|(?<=[.!?])\s/)) {
    if (!isAboutHolding(sentence)) continue;
    const letters = lettersOf(sentence);
    const held = refused.find((permission) => letters.includes(lettersOf(permission)));
    if (held !== undefined) return held;
  }
  return reports(HAS_IT, text.slice(0, LONGEST_TEXT)) ? (refused[0] ?? null) : null;
}

/**
 * Returns the remedy for a permission that a role already holds: check that the token's user or OAuth client has
 * the role.
 */
export function checkPrincipal(permission: string): Remedy {
  return {
    kind: "check-live",
    summary: `see whose token was sent: the role that holds \`${permission}\` must be assigned to that OAuth client or user, in the same organization`,
    command: "genscope whoami",
  };
}

/** Matches `has "Quality > Evaluation Form > View" in division "Sales" only`. */
const ONE_DIVISION =
  /\b(?:only (?:in|for) (?:the )?(?:division )?|(?:in|for) (?:the )?division )["'“]?([A-Z][\w &-]{0,40}?)["'”]? ?(?:only|division|division only)?(?=[.,;)\n]|$)/m;

/**
 * Returns the only division where a role is held, according to the text around the response. Null if the text names
 * none.
 */
export function findLimitInProse(text: string): string | null {
  const [all = "", name = null] = findReported(ONE_DIVISION, text.slice(0, LONGEST_TEXT)) ?? [];
  return /\bonly\b/.test(all) && /\bdivision\b/i.test(text) ? name : null;
}

/**
 * Returns the remedy for a permission that is held in one division only: assign the role in the object's
 * division.
 */
export function extendDivision(division: string): Remedy {
  return {
    kind: "add-division",
    summary: `if the object belongs to a division other than \`${division}\`, assign the role there too`,
  };
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
}
