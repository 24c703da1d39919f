/** A position in text. Lines and columns count from 1. Columns are UTF-16 code units, as in editors. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A position in a file. */
export interface Location extends Position {
  readonly file: string;
}

/** One problem in a text file. */
export interface Problem extends Position {
  readonly message: string;
}
