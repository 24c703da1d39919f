/** Where something stands in a text; lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where something stands in a file. */
export interface Location extends Position {
  readonly file: string;
}

/** One thing that is wrong with a text. */
export interface Problem extends Position {
  readonly message: string;
}
