/** Reads the rows of a finished file, first to last. */
export interface ContentReader {
  /**
   * Calls `visit` for each row.
   * @param columns columns that together form the id passed to `visit`; empty if there are none
   * @throws an error when the content is invalid
   */
  read(path: string, columns: readonly string[], visit: VisitRow): Promise<void>;
}

/** Receives the id of a row; null when the row has none. */
export type VisitRow = (id: string | null) => void;

/** Returns the id of a row from its columns; null when the row lacks one of them. */
export function idOf(values: readonly (string | null)[]): string | null {
  return values.length === 0 || values.includes(null) ? null : values.join("\0");
}
