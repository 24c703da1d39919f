/** A location in source text that contains a path of the API. */
export interface PathSite {
  /** Start of the path in the source. */
  readonly offset: number;
  /** End of the contiguous part of the path. */
  readonly pathEnd: number;
  /** Whole expression or word around the path; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Path, starting with `/api/v2`, with every placeholder as `{name}`. */
  readonly path: string;
  /** Text of its expression before the path. */
  readonly before: string;
  /** First characters of its expression after the path. */
  readonly after: string;
  /** Text of the whole expression. */
  readonly whole: string;
  /** Scheme and host before the path, or what replaces them; empty when nothing precedes the path. */
  readonly base: string;
  readonly isComment: boolean;
  /**
   * Whether the path continues: a placeholder directly follows the last word, or the text ends with a slash.
   */
  readonly isOpenEnded: boolean;
}
