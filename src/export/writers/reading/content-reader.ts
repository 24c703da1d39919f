/** Reads the rows of a finished file, first to last. */
export interface ContentReader {
  /**
   * Calls `visit` for each row.
   * @param column of the id to pass to `visit`; null for none
   * @throws an error when the content is not of the format
   */
  read(path: string, column: string | null, visit: VisitRow): Promise<void>;
}

/** Receives the id of a row; null when the row has none. */
export type VisitRow = (id: string | null) => void;
