/** A place in a source text that contains a path of the API. */
export interface PathSite {
  /** Start of the path in the source. */
  readonly offset: number;
  /** End of the path, as far as it is contiguous. */
  readonly pathEnd: number;
  /** Whole expression or word around the path; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Path from `/api/v2` on, with every placeholder as `{name}`. */
  readonly path: string;
  /** Text of its expression before the path. */
  readonly before: string;
  /** First characters of its expression after the path. */
  readonly after: string;
  /** Text of the whole expression. */
  readonly whole: string;
  /** Scheme and host before the path, or what replaces them; empty when the path stands alone. */
  readonly base: string;
  readonly isComment: boolean;
  /** Whether the path goes on: a placeholder follows the last word directly, or the text ends in a slash. */
  readonly isOpenEnded: boolean;
}
