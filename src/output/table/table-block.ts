/** A table: aligned columns on a terminal, tab-separated lines in a pipe. */
export interface TableBlock {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /**
   * How a terminal shows a cell that is longer than its column: wrapped (the default) or truncated. `whole` shows every
   * cell and every column in full, on one line per row that may be longer than the terminal.
   */
  readonly longCells?: "wrap" | "cut" | "whole";
  /** The flag that shows the columns that do not fit. */
  readonly shownBy?: string;
  /** Columns that are omitted at any width. The note below the table lists them with the columns that do not fit. */
  readonly leftOut?: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** Whether the column is never omitted, because it identifies the row or the user asked for it. */
  readonly isKey?: boolean;
  /** Whether the values are numbers, which are right-aligned. */
  readonly isNumber?: boolean;
  /** Width that the column keeps as long as other columns can be omitted. */
  readonly least?: number;
  /** Whether part of a value is useless, so that the column is either shown in full or omitted. */
  readonly isIndivisible?: boolean;
  /** When columns do not fit, the columns with the highest rank are omitted first, from the right (default 0). */
  readonly rank?: number;
}

/** A table as text for a terminal. */
export interface TableText {
  /** The values that are the same in every row; null when there are none. */
  readonly above: string | null;
  readonly table: string;
  /** The columns that did not fit; null when all did. */
  readonly below: string | null;
}
