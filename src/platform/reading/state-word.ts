/** Matches a state in any of the spellings that the platform uses. */
const STATE_WORD = /^[a-z][a-z _-]{0,39}$/i;

/** Number of consecutive responses without a readable state after which a job counts as lost. */
export const MOST_UNREADABLE_STATES = 3;

/**
 * Returns the state of a job as the service spells it. The platform may add states, so an unknown word is
 * returned too, and callers treat it as running. Null for anything else, such as a number or an object.
 */
export function asStateWord(value: unknown): string | null {
  return typeof value === "string" && STATE_WORD.test(value) ? value : null;
}
