/** A location in source text that contains a path of the API. */
export interface PathSite {
  /** Start of the path in the source. */
  readonly offset: number;
  /** End of the contiguous part of the path. */
  readonly pathEnd: number;
  /** Start and end (exclusive) of the whole expression or word around the path. */
  readonly start: number;
  readonly end: number;
  /** Path, starting with `/api/v2`, with every placeholder as `{name}`. */
  readonly path: string;
  /** Text of the expression before the path. */
  readonly before: string;
  /** First characters of the expression after the path. */
  readonly after: string;
  /** Text of the whole expression. */
  readonly whole: string;
  /** Scheme and host before the path, or a variable instead; empty when nothing precedes the path. */
  readonly base: string;
  readonly isComment: boolean;
  /**
   * Whether the path continues elsewhere: a placeholder directly follows the last word, or the text ends with a slash.
   */
  readonly isOpenEnded: boolean;
}
