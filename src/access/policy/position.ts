/** A position in a text. Lines and columns count from 1; columns are UTF-16 units, as in editors. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A position in a file. */
export interface Location extends Position {
  readonly file: string;
}

/** One problem of a text. */
export interface Problem extends Position {
  readonly message: string;
}
