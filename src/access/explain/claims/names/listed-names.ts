/** A name in the text, with its position. */
export interface NamePlace {
  readonly name: string;
  readonly index: number;
}

/** Matches a two-part name with a verb that no scope of the platform has: `webchat:read`. */
const MADE_UP = /^[a-z][a-z-]{2,30}:(?:read|write|view|manage|edit|create|delete|admin)$/i;
const BETWEEN = /^["'`]?(?:,| and| or| &|, and)\s?["'`]?$/;

/** Whether a name looks like a made-up scope. */
export function isMadeUp(name: string): boolean {
  return MADE_UP.test(name);
}

/** Whether two names are next to each other in a list: `webchat:read and conversation:read`. */
export function isListedWith(one: NamePlace, other: NamePlace, text: string): boolean {
  const [first, second] = one.index < other.index ? [one, other] : [other, one];
  return BETWEEN.test(text.slice(first.index + first.name.length, second.index));
}
