/** A place in a source text that holds a path of the API. */
export interface PathSite {
  /** Where the path begins in the source. */
  readonly offset: number;
  /** Where it ends, as far as it stands in one piece. */
  readonly pathEnd: number;
  /** The whole expression or word it is part of; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** From `/api/v2` on, every placeholder as `{name}`. */
  readonly path: string;
  /** The text of its expression before the path. */
  readonly before: string;
  /** The few characters of its expression behind the path. */
  readonly after: string;
  /** The text of its expression. */
  readonly whole: string;
  /** Scheme and host before the path, or what stands in their place; empty when the path stands alone. */
  readonly base: string;
  readonly isComment: boolean;
  /** A placeholder is attached to the last word, or the text ends in a slash. */
  readonly isOpenEnded: boolean;
}
