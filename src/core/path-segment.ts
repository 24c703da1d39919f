/** Matches half of a character; `encodeURIComponent` throws for it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Returns text as one percent-encoded segment of a path. Half characters, as an escape in JSON can contain, become U+FFFD. */
export function pathSegment(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, "\u{FFFD}"));
}
